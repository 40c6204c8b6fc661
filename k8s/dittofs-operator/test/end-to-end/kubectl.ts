import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { labScripts } from "../cluster/lab-script.ts";

const timeoutMs = 60_000;

/** kubectl as the cluster's administrator; answers what it printed, rejects with what it complained about. */
export async function kubectl(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(labScripts, "kubectl"), args, { timeout: timeoutMs });
  return stdout.trim();
}
