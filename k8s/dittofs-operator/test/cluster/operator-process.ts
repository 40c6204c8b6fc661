import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { operatorToken } from "./install-operator.ts";
import type { Lab } from "./lab.ts";
import { type ProcessUsage, processUsage } from "./process-usage.ts";
import { writeServiceAccountVolume } from "./service-account-volume.ts";

type OperatorOptions = {
  /** Its host name, like a pod's; one operator per name. */
  readonly name?: string;
  /** The program; the sources by default. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

/** How a process ended: a code, or the signal that killed it. */
export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type OperatorProcess = {
  readonly pid: number;
  /** Which token it has, as the audit log names it. */
  readonly tokenId: () => string;
  /** When it ends by itself, or by a signal. */
  readonly ending: () => Promise<Ending>;
  /** What it wrote since its start, both streams. */
  readonly log: () => string;
  readonly usage: () => ProcessUsage;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** SIGTERM, or the signal given, and its end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ending>;
  /** Gives it another token at the same path, as a kubelet does before the old one ends. */
  readonly renewToken: () => Promise<void>;
};

const root = fileURLToPath(new URL("../../", import.meta.url));
const sources = [process.execPath, "src/main.ts"];

/**
 * Starts the operator as a container would: as the service account that the installation made, with the two variables and the mounted
 * folder of in-cluster credentials, a host name and a mount namespace of its own, and none of this program's environment. It does not keep
 * this program alive, and ends with the lab at last.
 */
export async function startOperator(lab: Lab, options: OperatorOptions = {}): Promise<OperatorProcess> {
  const { name = "dittofs-operator-0", command = sources, args = [], env = {} } = options;
  const folder = join(lab.directory, "operators", name);
  const volume = join(folder, "service-account");
  mkdirSync(volume, { recursive: true });
  const renewToken = async (): Promise<void> => {
    const caFile = readFileSync(join(lab.directory, "pki", "ca.crt"), "utf8");
    writeServiceAccountVolume(volume, { ...(await operatorToken(lab.cluster)), "ca.crt": caFile });
  };
  await renewToken();

  const logFile = join(lab.directory, "log", `${name}.log`);
  const log = openSync(logFile, "a");
  const logStart = readFileSync(logFile).length;
  const child = spawn("unshare", ["--mount", "--uts", "sh", "-c", asContainer, name, volume, ...command, ...args], {
    cwd: root,
    stdio: ["ignore", log, log],
    // By its mark the lab ends what is left of it.
    env: { ...containerEnvironment, DITTOFS_LAB: `${lab.name}/operator`, ...env },
  });
  const ended = endingOf(child);
  const ending = (): Promise<Ending> => {
    child.ref();
    return ended;
  };
  const pid = await startedPid(child);
  child.unref();
  return {
    pid,
    tokenId: () => tokenId(readFileSync(join(volume, "token"), "utf8")),
    ending,
    renewToken,
    log: () => readFileSync(logFile).toString("utf8", logStart),
    usage: () => processUsage(pid),
    signal: (signal) => void child.kill(signal),
    stop: (signal = "SIGTERM") => {
      child.kill(signal);
      return ending();
    },
  };
}

/** The `jti` of a JSON Web Token, as the API server's audit log writes it. */
function tokenId(token: string): string {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  const { jti } = JSON.parse(payload) as { readonly jti: string }; // the API server signed it
  return `JTI=${jti}`;
}

/** $0 is the host name, $1 the service account's folder, the rest the program, which takes the place of the shell. */
const asContainer = `set -e
echo "$0" > /proc/sys/kernel/hostname
mount -t tmpfs -o mode=755 run /run
mkdir -p /var/run/secrets/kubernetes.io/serviceaccount
mount --bind "$1" /var/run/secrets/kubernetes.io/serviceaccount
shift
exec "$@"`;

const containerEnvironment = {
  PATH: process.env["PATH"] ?? "",
  KUBERNETES_SERVICE_HOST: "10.251.0.1",
  KUBERNETES_SERVICE_PORT: "6443",
};

function endingOf(child: ChildProcess): Promise<Ending> {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  child.on("exit", (code, signal) => resolve({ code, signal }));
  return promise;
}

function startedPid(child: ChildProcess): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.on("error", reject).on("spawn", () => resolve(child.pid as number)); // a child that was spawned has a pid
  return promise;
}
