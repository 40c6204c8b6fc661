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
  const variables = Array.from(dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm), ([, name = "", value = ""]) => [
    name,
    value,
  ]);
  const words: unknown = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? "[]");
  if (!Array.isArray(words) || words[0] !== "node" || !String(words.at(-1)).endsWith("/operator.mjs")) {
    throw new Error(`the Dockerfile's entrypoint does not start node with the bundle: ${JSON.stringify(words)}`);
  }
  return { environment: Object.fromEntries(variables), nodeFlags: words.slice(1, -1).map(String) };
}
