import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { adminConnection } from "./admin-connection.ts";
import { auditLog } from "./audit-log.ts";
import { clusterClient } from "./cluster-client.ts";
import { firstObjects } from "./first-objects.ts";
import type { Lab, LabForm } from "./lab.ts";
import { type LabPool, labPool } from "./lab-pool.ts";
import { labDirectory, labName, labScripts, runLabScript } from "./lab-script.ts";

type EnterOptions = {
  /** The lab's name where the environment has none; without one the program has a lab of its own. */
  readonly name?: string;
  /** For the controller manager's --controllers, when this program plays some of them. */
  readonly controllers?: string;
  /** The operator's kind is there before the cluster's own controllers, as where it was installed long ago. */
  readonly hasKind?: boolean;
  /** The node of the full form enforces NetworkPolicies. */
  readonly enforcesPolicies?: boolean;
  /** The lab stays up when the program ends well. */
  readonly staysUp?: boolean;
};

/** What shells answer for a program that Ctrl-C ended. */
const interrupted = 130;
const kindFolder = fileURLToPath(new URL("../../config/crd/", import.meta.url));
const keptLogs = fileURLToPath(new URL("../../.cache/lab-log/", import.meta.url));

/**
 * Brings a lab up and lets this program run within it. A process cannot move into a network namespace, so that outside this call never
 * returns: it starts the same program again inside, with the same arguments, output and exit code, and ends the lab after it.
 * Rejects when the machine cannot run a lab; nothing is skipped silently. Call it before anything else.
 */
export async function enterLab(form: LabForm, options: EnterOptions = {}): Promise<Lab> {
  const name = labName();
  if (name === undefined || !isInsideLab()) return await runInside(form, options);
  const directory = labDirectory(name);
  const running = readFileSync(join(directory, "form"), "utf8").trim();
  if (running !== form) throw new Error(`the lab that is up has the ${running} form, and this needs the ${form} form`);
  const stopProcess: Lab["stopProcess"] = (name) => runLabScript("process.sh", ["stop", name]);
  const startProcess: Lab["startProcess"] = (name) => runLabScript("process.sh", ["start", name]);
  const shared = labPool()?.firstObjectsOf(name);
  const controllers = "controller-manager";
  if (shared !== undefined)
    await firstObjects(shared, { stop: () => stopProcess(controllers), start: () => startProcess(controllers) });
  const connection = adminConnection(directory);
  return {
    name,
    form,
    cluster: clusterClient(connection),
    audit: auditLog(join(directory, "log", "audit.jsonl"), connection),
    directory,
    stopProcess,
    startProcess,
  };
}

/** Whether this program runs in the lab's network: a network namespace is one inode, seen through its name and through its processes. */
export function isInsideLab(): boolean {
  const name = labName();
  if (name === undefined) return false;
  const namespace = statSync(join(labDirectory(name), "net", "lab"), { throwIfNoEntry: false });
  return namespace !== undefined && namespace.ino === statSync("/proc/self/ns/net").ino;
}

async function runInside(form: LabForm, options: EnterOptions): Promise<never> {
  const { name = `test-${process.pid}`, staysUp = false } = options;
  const pool = form === "light" && process.env["LAB"] === undefined ? labPool() : undefined;
  const description = JSON.stringify(options);
  const taken = pool?.take(description);
  const directory = labDirectory((process.env["LAB"] ??= taken ?? name));
  const interruption = new AbortController();
  const { signal } = interruption;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interruption.abort());
  try {
    if (taken === undefined) await start(form, { ...options, owner: pool?.owner ?? String(process.pid), signal });
    if (taken === undefined) pool?.add(basename(directory), description);
  } catch (error) {
    if (signal.aborted) process.exit(interrupted);
    throw error;
  }
  const code = await inside(signal);
  if (code !== 0 && !signal.aborted) keepLogs(directory);
  if (staysUp && code === 0) rmSync(join(directory, "owner"));
  else if (pool === undefined || code !== 0 || !(await isLeft(pool, basename(directory)))) {
    await runLabScript("down.sh", []);
    pool?.forget(basename(directory));
  }
  process.exit(signal.aborted ? interrupted : code);
}

async function start(
  form: LabForm,
  {
    owner,
    controllers,
    hasKind = false,
    enforcesPolicies = false,
    signal,
  }: EnterOptions & { readonly owner: string; readonly signal: AbortSignal },
): Promise<void> {
  const env = {
    LAB_OWNER: owner,
    ...(controllers !== undefined && { LAB_CONTROLLERS: controllers }),
    ...(hasKind && { LAB_KINDS: kindFolder }),
    ...(enforcesPolicies && { LAB_POLICIES: "yes" }),
  };
  await runLabScript("setup.sh", [form], { env, signal });
  signal.throwIfAborted();
  await runLabScript("up.sh", [form], { env, signal });
}

/** Leaves the lab to the next program, unless something of it was killed and not started again. */
async function isLeft(pool: LabPool, lab: string): Promise<boolean> {
  try {
    await runLabScript("again.sh", []);
  } catch {
    return false; // the script has said why
  }
  pool.giveBack(lab);
  return true;
}

/** Runs this program again within the lab's network and answers its exit code. */
async function inside(signal: AbortSignal): Promise<number> {
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn(join(labScripts, "exec.sh"), program, { stdio: "inherit" });
  signal.addEventListener("abort", () => void child.kill("SIGKILL"), { once: true });
  if (signal.aborted) child.kill("SIGKILL");
  return await exitCode(child);
}

function exitCode(child: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on("error", reject).on("exit", (code) => resolve(code ?? 1));
  return promise;
}

function keepLogs(directory: string): void {
  const kept = join(keptLogs, basename(process.argv[1] ?? "", ".ts"));
  rmSync(kept, { recursive: true, force: true });
  cpSync(join(directory, "log"), kept, { recursive: true });
  process.stderr.write(`The lab's logs are in ${kept}\n`);
}
