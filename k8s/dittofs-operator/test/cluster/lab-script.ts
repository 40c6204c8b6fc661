import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the lab's scripts are. */
export const labScripts = fileURLToPath(new URL("../../lab/", import.meta.url));

/** The one that the scripts mean where nothing names another. */
export const defaultLab = "main";

/** The lab that the environment names for this program and for the scripts that it runs. */
export function labName(): string | undefined {
  return process.env["LAB"];
}

/** Where a running lab keeps its state. */
export function labDirectory(name: string): string {
  return join("/var/lib/dittofs-labs", name);
}

type ScriptOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Asks the script to end; it is waited for, because it tidies up. */
  readonly signal?: AbortSignal;
};

/** Runs a script of the lab, shows its progress, and rejects with its last sentence when it fails. */
export async function runLabScript(
  name: string,
  args: readonly string[],
  { env = {}, signal }: ScriptOptions = {},
): Promise<void> {
  const script = spawn(join(labScripts, name), args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
    // A group of its own: Ctrl-C must not reach a script that tidies up.
    detached: true,
  });
  const end = (): void => {
    if (script.pid !== undefined && script.exitCode === null) process.kill(-script.pid, "SIGTERM");
  };
  signal?.addEventListener("abort", end, { once: true });
  let said = "";
  script.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
    process.stderr.write(text);
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  script.on("error", reject).on("close", resolve);
  const code = await promise.finally(() => signal?.removeEventListener("abort", end));
  if (code !== 0) throw new Error(said.trim().split("\n").at(-1) || `lab/${name} ended with code ${code}`);
}
