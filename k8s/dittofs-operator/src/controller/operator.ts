import type { OptionalKind } from "../domain/optional-kinds.ts";
import type { Platform } from "../domain/world.ts";
import type { DittoFsTarget } from "../outside/dittofs-target.ts";
import type { DittoFs } from "../outside.ts";
import type { Clock } from "../runtime/clock.ts";
import { type RunningController, startController } from "../runtime/controller.ts";
import type { Events } from "../runtime/event-recorder.ts";
import type { Instruments } from "../runtime/instruments.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { Log } from "../runtime/log.ts";
import { startOptionalReflector } from "../runtime/optional-reflector.ts";
import { WorkQueue } from "../runtime/queue.ts";
import type { Random } from "../runtime/random.ts";
import { RateLimiter } from "../runtime/rate-limiter.ts";
import type { Recovery } from "../runtime/recovery.ts";
import { type Reflector, type ReflectorOptions, startReflector } from "../runtime/reflector.ts";
import { DittoFsAsker } from "./ask-dittofs.ts";
import { createClusterStores, type Watched, watched } from "./cluster-stores.ts";
import { DittoFsFindings } from "./dittofs-findings.ts";
import { Drains } from "./drains.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { Sessions } from "./provision/sessions.ts";
import { Reconciler } from "./reconcile.ts";
import { createSecretReader } from "./secret-reader.ts";
import { type ServerKey, serverKeyOf } from "./server-key.ts";
import { serversToLookAt } from "./watches.ts";

export type OperatorOptions = {
  readonly api: KubernetesApi;
  readonly dittofs: DittoFs;
  readonly dittofsAddress: DittoFsTarget | undefined;
  readonly operatorImage: string;
  readonly events: Events;
  readonly clock: Clock;
  readonly random: Random;
  readonly recovery: Recovery;
  readonly log: Log;
  readonly instruments: Instruments;
  readonly workers: number;
  /** Where the operator runs. */
  readonly operatorNamespace: string;
  /** Those that it serves; absent: all of them. */
  readonly namespaces: readonly string[] | undefined;
};

/** DittoFS servers that are asked at the same time: each waits on the network most of its time. */
const askers = 16;
const longestPassMs = 120_000;
/** A stop is part of a rollout of the operator: Kubernetes allows 30 s in all. */
const patienceMs = 15_000;

/** The operator as one process runs it: it reads from its start on, and acts between `startActing` and `stop`. */
export class Operator {
  readonly reflectors: readonly Reflector[];
  readonly #options: OperatorOptions;
  readonly #stores = createClusterStores();
  readonly #servedKinds = new Set<OptionalKind>();
  readonly #looks: WorkQueue<ServerKey>;
  readonly #questions: WorkQueue<ServerKey>;
  #controllers: readonly RunningController[] = [];
  #asker: DittoFsAsker | undefined;

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#looks = this.#queue("dittoserver");
    this.#questions = this.#queue("dittofs");
    const { namespaces } = options;
    const all = namespaces ?? [undefined];
    const readable = watched.filter(({ resource }) => resource.isNamespaced || namespaces === undefined);
    this.reflectors = readable.flatMap((each) => all.map((namespace) => this.#follow(each, namespace)));
  }

  /** Begins to work on every server; only once the stores have synced, and only as the leader until `leadership` aborts. */
  startActing(leadership: AbortSignal, platform: Platform): void {
    const { clock, log, instruments, workers } = this.#options;
    const parts = this.#parts(platform);
    const shared = { clock, log, instruments, leadership, timeoutMs: longestPassMs };
    const reconciler = new Reconciler(parts);
    const asker = new DittoFsAsker(parts);
    this.#asker = asker;
    this.#controllers = [
      startController({
        ...shared,
        name: "dittoserver",
        queue: this.#looks,
        workers,
        reconcile: async (key, signal) => await reconciler.pass(key, signal),
      }),
      startController({
        ...shared,
        name: "dittofs",
        queue: this.#questions,
        workers: askers,
        reconcile: async (key, signal) => await asker.pass(key, signal),
      }),
    ];
    this.#lookAtAll();
  }

  /**
   * Lets the passes under way come to their end, then ends the watches. `abandoned`: something of this process may still
   * write, so the leadership must not be handed over.
   */
  async stop(): Promise<"drained" | "abandoned"> {
    const ends = await Promise.all(this.#controllers.map(async (controller) => await controller.stop(patienceMs)));
    await Promise.all(this.reflectors.map(async (reflector) => await reflector.stop()));
    return ends.includes("abandoned") ? "abandoned" : "drained";
  }

  #queue(name: string): WorkQueue<ServerKey> {
    const { clock, instruments, random } = this.#options;
    return new WorkQueue({ name, clock, instruments, limiter: new RateLimiter(clock, random) });
  }

  #parts(platform: Platform): OperatorParts {
    const parts = {
      ...this.#options,
      platform,
      stores: this.#stores,
      servedKinds: this.#servedKinds,
      secretReader: createSecretReader(this.#options.api),
      findings: new DittoFsFindings(),
      sessions: new Sessions(),
      askDittoFs: (key: ServerKey) => this.#questions.add(key),
      look: (key: ServerKey) => this.#looks.add(key),
    };
    return { ...parts, drains: new Drains(parts) };
  }

  #follow({ store, resource, shape, labelSelector, optional }: Watched, namespace: string | undefined): Reflector {
    const { api, clock, random, recovery, log } = this.#options;
    const options: ReflectorOptions = {
      api,
      recovery,
      resource,
      query: {
        shape,
        ...(labelSelector !== undefined && { labelSelector }),
        ...(namespace !== undefined && { namespace }),
      },
      store: this.#stores[store],
      clock,
      random,
      log,
      onChange: (_, before, after) => {
        // Before it acts nobody takes keys, and its start adds every server.
        if (this.#controllers.length === 0) return;
        for (const key of serversToLookAt(store, { before, after }, this.#stores)) {
          if (store === "pods") this.#asker?.seePod(key);
          this.#looks.add(key);
        }
      },
    };
    if (optional === undefined) return startReflector(options);
    return startOptionalReflector({
      ...options,
      api,
      definitions: namespace === undefined ? "watched" : "asked",
      onServed: (isServed) => this.#serve(optional, isServed),
    });
  }

  #serve(kind: OptionalKind, isServed: boolean): void {
    this.#options.log.info(isServed ? "the cluster serves a kind" : "the cluster no longer serves a kind", { kind });
    if (isServed) this.#servedKinds.add(kind);
    else this.#servedKinds.delete(kind);
    if (this.#controllers.length > 0) this.#lookAtAll();
  }

  #lookAtAll(): void {
    for (const server of this.#stores.dittoServers.all()) this.#looks.add(serverKeyOf(server));
  }
}
