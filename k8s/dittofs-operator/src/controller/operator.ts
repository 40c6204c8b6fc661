import type { DittoFs, DittoFsTarget } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import { type RunningController, startController } from "../runtime/controller.ts";
import type { Events } from "../runtime/event-recorder.ts";
import type { Instruments } from "../runtime/instruments.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { Log } from "../runtime/log.ts";
import { WorkQueue } from "../runtime/queue.ts";
import type { Random } from "../runtime/random.ts";
import { RateLimiter } from "../runtime/rate-limiter.ts";
import { type Reflector, startReflector } from "../runtime/reflector.ts";
import { createAskDittoFs } from "./ask-dittofs.ts";
import { createClusterStores, type Watched, watched } from "./cluster-stores.ts";
import { DittoFsFindings } from "./dittofs-findings.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { Sessions } from "./provision/sessions.ts";
import { createReconcile } from "./reconcile.ts";
import { createSecretReader } from "./secret-reader.ts";
import { type ServerKey, serverKeyOf } from "./server-key.ts";
import { serversToLookAt } from "./watches.ts";

export type OperatorOptions = {
  readonly api: KubernetesApi;
  readonly dittofs: DittoFs;
  readonly dittofsAddress: DittoFsTarget | undefined;
  readonly events: Events;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly instruments: Instruments;
  readonly workers: number;
};

/** DittoFS servers that are asked at the same time: each waits on the network most of its time. */
const askers = 16;
const longestPassMs = 120_000;
/** A stop is part of a rollout of the operator: Kubernetes allows 30 s in all. */
const patienceMs = 15_000;

/** The operator as one process runs it: it reads from its start on, and acts between `startActing` and `stop`. */
export type Operator = {
  readonly reflectors: readonly Reflector[];
  hasSynced(): boolean;
  /** Begins to work on every server; only once the stores have synced, and only as the leader until `leadership` aborts. */
  startActing(leadership: AbortSignal): void;
  /**
   * Lets the passes under way come to their end, then ends the watches. `abandoned`: something of this process may still
   * write, so the leadership must not be handed over.
   */
  stop(): Promise<"drained" | "abandoned">;
};

export function startOperator(options: OperatorOptions): Operator {
  const { clock, random, log, instruments } = options;
  const stores = createClusterStores();
  const queue = (name: string): WorkQueue<ServerKey> =>
    new WorkQueue({ name, clock, instruments, limiter: new RateLimiter(clock, random) });
  const looks = queue("dittoserver");
  const questions = queue("dittofs");
  const parts: OperatorParts = {
    ...options,
    stores,
    secretReader: createSecretReader(options.api),
    findings: new DittoFsFindings(),
    sessions: new Sessions(),
    askDittoFs: (key) => questions.add(key),
    look: (key) => looks.add(key),
  };
  let isActing = false;
  const follow = ({ store, resource, shape, labelSelector }: Watched): Reflector =>
    startReflector({
      api: options.api,
      resource,
      query: { shape, ...(labelSelector !== undefined && { labelSelector }) },
      store: stores[store],
      clock,
      random,
      log,
      onChange: (_, before, after) => {
        if (!isActing) return;
        for (const key of serversToLookAt(store, { before, after }, stores)) looks.add(key);
      },
    });
  const reflectors = watched.map(follow);
  let controllers: readonly RunningController[] = [];
  return {
    reflectors,
    hasSynced: () => reflectors.every((reflector) => reflector.hasSynced()),
    startActing: (leadership) => {
      isActing = true;
      const shared = { clock, log, instruments, leadership, timeoutMs: longestPassMs };
      controllers = [
        startController({
          ...shared,
          name: "dittoserver",
          queue: looks,
          workers: options.workers,
          reconcile: createReconcile(parts),
        }),
        startController({
          ...shared,
          name: "dittofs",
          queue: questions,
          workers: askers,
          reconcile: createAskDittoFs(parts),
        }),
      ];
      for (const server of stores.dittoServers.all()) looks.add(serverKeyOf(server));
    },
    stop: async () => {
      const ends = await Promise.all(controllers.map(async (controller) => await controller.stop(patienceMs)));
      await Promise.all(reflectors.map(async (reflector) => await reflector.stop()));
      return ends.includes("abandoned") ? "abandoned" : "drained";
    },
  };
}
