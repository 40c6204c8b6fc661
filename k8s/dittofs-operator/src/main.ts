import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection } from "./kubernetes/connection.ts";
import { inClusterConnection, inClusterEnvironment } from "./kubernetes/in-cluster.ts";
import { kubeconfigConnection } from "./kubernetes/kubeconfig.ts";
import { OperatorProcess } from "./operator-process.ts";
import { type Options, parseOptions } from "./options.ts";
import { loopDefects, watchEventLoop } from "./runtime/event-loop.ts";
import { startHealthServer } from "./runtime/health.ts";
import { createMetrics } from "./runtime/metrics.ts";
import { createPinoLog } from "./runtime/pino-log.ts";
import { systemClock } from "./runtime/system-clock.ts";
import { systemRandom } from "./runtime/system-random.ts";

const parsed = parseOptions(process.argv.slice(2));
switch (parsed.kind) {
  case "waitForPostgres":
    await waitForDatabase();
    break;
  case "help":
    process.stdout.write(`${parsed.text}\n`);
    break;
  case "wrong":
    process.stderr.write(`${parsed.problems.join("\n")}\n`);
    process.exitCode = 2;
    break;
  case "options":
    await run(parsed.options);
}

/** Another program in the same image, loaded only here: what it needs is no load for the operator. */
async function waitForDatabase(): Promise<void> {
  const { waitForPostgres } = await import("./postgres/wait-for-postgres.ts");
  process.once("SIGTERM", () => process.exit(1));
  const exitCode = await waitForPostgres({
    environment: process.env,
    toldFile: join(tmpdir(), "wait-for-postgres"),
    lastWordsFile: "/dev/termination-log",
    say: (line) => process.stdout.write(`${line}\n`),
    clock: systemClock,
  });
  process.exit(exitCode);
}

async function run(options: Options): Promise<void> {
  const log = createPinoLog({
    clock: systemClock,
    levelSwitch: { level: options.log.level },
    format: options.log.format,
  });
  // A defect that nobody handled leaves unknown state behind: a new process starts from the cluster's.
  const die = (message: string) => (err: unknown) => {
    log.error(message, { err });
    process.exit(1);
  };
  process.on("uncaughtException", die("uncaught exception, ending"));
  process.on("unhandledRejection", die("unhandled rejection, ending"));
  const connection = await connect(options).catch(die("no way to the Kubernetes API"));
  if (connection === undefined) return;
  log.info("starting", { server: connection.serverUrl.host, namespace: connection.namespace });
  const metrics = createMetrics(systemClock);
  const loop = watchEventLoop(systemClock, log);
  const operator = new OperatorProcess({
    options,
    connection,
    clock: systemClock,
    random: systemRandom,
    log,
    instruments: metrics.instruments,
    onLost: () => {
      log.error("leadership is lost, ending: another process may act now");
      process.exit(1);
    },
  });
  const health = {
    ...options.health,
    log,
    defects: () => loopDefects(loop),
    missing: () => operator.missing(),
    metrics: async () => await metrics.page(),
  };
  await startHealthServer(health).catch(die("the address of --health cannot be had"));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log.info("stopping", { signal });
      void operator.stop().then(() => process.exit(0));
    });
  }
}

/** A kubeconfig that is asked for, else the pod's service account, else the kubeconfig that kubectl would use. */
async function connect({ kubeconfig, context }: Options): Promise<Connection> {
  const pod = inClusterEnvironment(process.env);
  if (kubeconfig === undefined && context === undefined && pod !== undefined)
    return await inClusterConnection(pod, systemClock);
  return await kubeconfigConnection({ file: kubeconfig, context, environment: process.env, clock: systemClock });
}
