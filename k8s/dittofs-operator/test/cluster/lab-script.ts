import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the lab's scripts are. */
export const labScripts = fileURLToPath(new URL("../../lab/", import.meta.url));

/** Where a running lab keeps its state. */
export const labDirectory = process.env["LAB_DIR"] ?? "/var/lib/dittofs-lab";

/** Runs a script of the lab, shows its progress, and rejects with its last sentence when it fails. */
export async function runLabScript(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const script = spawn(join(labScripts, name), args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  let said = "";
  script.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-2000);
    process.stderr.write(text);
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  script.on("error", reject).on("close", resolve);
  const code = await promise;
  if (code !== 0) throw new Error(said.trim().split("\n").at(-1) || `lab/${name} ended with code ${code}`);
}
