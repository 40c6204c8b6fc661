import { readFileSync } from "node:fs";

/** What the Dockerfile says of the operator's process: tests run it as its image would. */
export type OperatorImage = {
  readonly environment: Readonly<Record<string, string>>;
  /** Node's flags, between `node` and the bundle. */
  readonly nodeFlags: readonly string[];
};

/** Throws when the Dockerfile has no entrypoint that starts Node with the bundle. */
export function operatorImage(): OperatorImage {
  const dockerfile = readFileSync(new URL("../../Dockerfile", import.meta.url), "utf8");
  const environment: Record<string, string> = {};
  for (const [, name = "", value = ""] of dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm)) environment[name] = value;
  const flags = /^ENTRYPOINT \["node", (.*)"[^"]*\/operator\.mjs"\]$/m.exec(dockerfile)?.[1];
  if (flags === undefined) throw new Error("the Dockerfile's entrypoint does not start node with the bundle");
  const nodeFlags = Array.from(flags.matchAll(/"([^"]*)"/g), ([, flag = ""]) => flag);
  return { environment, nodeFlags };
}
