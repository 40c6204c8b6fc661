import { hostname } from "node:os";
import { FIELD_MANAGER, GROUP } from "./api/group.ts";
import { fencedDittoFs } from "./controller/fenced-dittofs.ts";
import { Operator } from "./controller/operator.ts";
import { readPlatform } from "./controller/read-platform.ts";
import { dittoFsClient } from "./dittofs/dittofs-client.ts";
import type { Platform } from "./domain/world.ts";
import type { Connection } from "./kubernetes/connection.ts";
import { createKubernetesApi } from "./kubernetes/rest-client.ts";
import type { Options } from "./options.ts";
import type { Clock } from "./runtime/clock.ts";
import { EventRecorder } from "./runtime/event-recorder.ts";
import type { Instruments } from "./runtime/instruments.ts";
import type { KubernetesApi } from "./runtime/kubernetes-api.ts";
import { ELECTION_TIMING, LeaderElection } from "./runtime/leader-election.ts";
import { type Leadership, undisputedLeadership } from "./runtime/leadership.ts";
import { leaseIdentity } from "./runtime/lease.ts";
import type { Log } from "./runtime/log.ts";
import type { Random } from "./runtime/random.ts";
import { Recovery } from "./runtime/recovery.ts";
import { waitForSync } from "./runtime/wait-for-sync.ts";

export type StartOptions = {
  readonly options: Options;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly instruments: Instruments;
  /** Leadership is lost for good: the process has to end. */
  readonly onLost: () => void;
};

const leaseName = `${FIELD_MANAGER}-leader`;
const version = "0.1.0";
/** How often a start that does not get on says what it lacks. */
const syncComplaintMs = 30_000;

/** Joins the adapters to the controllers: reads at once, and acts as soon as it has read everything and leads. */
export class OperatorProcess {
  readonly operator: Operator;
  readonly #start: StartOptions;
  readonly #election: LeaderElection | undefined;
  readonly #leadership: Leadership;
  readonly #events: EventRecorder;
  readonly #ending = new AbortController();
  readonly #api: KubernetesApi;
  #platform: Platform = "kubernetes";
  readonly #recovery: Recovery;

  constructor(start: StartOptions) {
    this.#start = start;
    const { options, clock, random, log, instruments } = start;
    this.#recovery = new Recovery(clock, random);
    const identity = leaseIdentity(hostname(), random);
    this.#election = options.leaderElection === "on" ? this.#electionAs(identity) : undefined;
    this.#leadership = this.#election ?? undisputedLeadership();
    const isLeading = (): boolean => this.#leadership.isHeld();
    const api = createKubernetesApi({ ...this.#client(), mayWrite: isLeading });
    this.#api = api;
    const reporter = { controller: `${GROUP}/operator`, instance: identity };
    this.#events = new EventRecorder({ api, clock, random, log, instruments, reporter, fieldManager: FIELD_MANAGER });
    this.operator = new Operator({
      ...start,
      api,
      recovery: this.#recovery,
      dittofs: fencedDittoFs(dittoFsClient(clock), isLeading),
      dittofsAddress: options.dittofsAddress,
      operatorImage: options.image,
      events: this.#events,
      workers: options.workers,
      operatorNamespace: start.connection.namespace,
      namespaces: options.namespaces,
    });
    void this.#actWhenReady();
  }

  /** What this process still lacks before it can serve; empty when it is ready. A replica that waits to lead is ready too. */
  missing(): readonly string[] {
    if (this.#ending.signal.aborted) return ["the process is stopping"];
    return this.operator.reflectors
      .filter((each) => !each.hasSynced())
      .map(({ resource }) => `${resource.plural} are not read yet`);
  }

  /** Ends everything in the order in which nothing is lost, and hands leadership over when nothing can write any more. */
  async stop(): Promise<void> {
    this.#ending.abort();
    const end = await this.operator.stop();
    await this.#events.stop();
    // Something that may still write must not meet a new leader: then the others wait until the Lease is old.
    await (end === "drained" ? this.#election?.release() : this.#election?.abandon());
  }

  #client() {
    const { connection, clock, instruments } = this.#start;
    return { connection, clock, instruments, userAgent: `dittofs-operator/${version}` };
  }

  #electionAs(identity: string): LeaderElection {
    const { options, connection, onLost } = this.#start;
    return new LeaderElection({
      ...this.#start,
      // Its own connection and less patience: no other request stands before a renewal.
      api: createKubernetesApi({ ...this.#client(), deadlineMs: ELECTION_TIMING.callTimeoutMs }),
      namespace: options.leaseNamespace ?? connection.namespace,
      name: leaseName,
      identity,
      fieldManager: FIELD_MANAGER,
      onLeading: () => this.#act(),
      onRecovered: () => this.#recovery.announce(),
      onLost,
    });
  }

  #act(): void {
    this.#start.log.info("acting", { workers: this.#start.options.workers });
    this.operator.startActing(this.#leadership.signal, this.#platform);
  }

  async #actWhenReady(): Promise<void> {
    const { clock, log } = this.#start;
    const { signal } = this.#ending;
    for (;;) {
      const missing = await waitForSync(this.operator.reflectors, { clock, deadlineMs: syncComplaintMs, signal });
      if (signal.aborted) return;
      if (missing.length === 0) break;
      log.error("cannot read what the operator needs, trying on", { missing });
    }
    this.#platform = await readPlatform({ api: this.#api, clock, log, signal });
    if (signal.aborted) return;
    log.info("everything is read", { platform: this.#platform });
    if (this.#election === undefined) this.#act();
    else this.#election.start();
  }
}
