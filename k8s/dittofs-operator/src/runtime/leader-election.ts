import { boundedCall } from "./bounded-call.ts";
import type { Clock } from "./clock.ts";
import { type Instant, instantOf, longestElapsedMs } from "./instant.ts";
import type { Instruments } from "./instruments.ts";
import type { ApiAnswer, ApiFailure, KubernetesApi, KubernetesObject } from "./kubernetes-api.ts";
import type { Leadership } from "./leadership.ts";
import { claimedLease, LEASES, type LeaseRecord, leaseRecord, newLease, releasedLease } from "./lease.ts";
import type { Log } from "./log.ts";
import { pause } from "./pause.ts";
import type { Random } from "./random.ts";

export type ElectionTiming = {
  /** How long the others wait for a silent leader. */
  readonly leaseDurationMs: number;
  /** A leader that could not renew for so long leads no more. The difference to the lease duration is for writes on their way. */
  readonly renewDeadlineMs: number;
  /** Between two tries, with up to a fifth on top. */
  readonly retryPeriodMs: number;
  /** For one call to the API. */
  readonly callTimeoutMs: number;
};

/** The defaults of client-go and controller-runtime. */
export const ELECTION_TIMING: ElectionTiming = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
  callTimeoutMs: 4_000,
};

const MOST_RELEASE_TRIES = 3;

export type ElectionOptions = {
  /** With a connection of its own, so that no queue of other requests delays a renewal. */
  readonly api: Pick<KubernetesApi, "get" | "create" | "replace">;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly instruments: Instruments;
  readonly namespace: string;
  readonly name: string;
  /** Of this process alone, see `leaseIdentity`. */
  readonly identity: string;
  readonly fieldManager: string;
  readonly timing?: ElectionTiming;
  readonly onLeading: () => void;
  /** A call got through after one that failed. */
  readonly onRecovered: () => void;
  /** Leadership is lost for good: the process has to end, because it cannot prove that nothing of it still writes. */
  readonly onLost: () => void;
};

type State =
  | { readonly kind: "candidate" }
  | { readonly kind: "leading"; readonly renewedAt: Instant }
  | { readonly kind: "ended" };

type Observed = { readonly lease: KubernetesObject; readonly record: LeaseRecord; readonly sinceMs: number };

/**
 * Elects one of several processes by a Lease, with client-go's algorithm:
 *
 *     candidate ──Lease free, or silent for its holder's duration──► leading ──release──► ended
 *                                                          renewal too old │ another holds it
 *                                                                          ▼
 *                                                                    ended, onLost
 *
 * Others' timestamps are never compared with this machine's clock: a candidate counts from when it saw the Lease change.
 * Leadership counts from when the last successful renewal was sent, which is before anybody else can have seen it.
 */
export class LeaderElection implements Leadership {
  readonly #options: ElectionOptions;
  readonly #timing: ElectionTiming;
  readonly #log: Log;
  readonly #reportLeader: (isLeader: boolean) => void;
  readonly #end = new AbortController();
  #state: State = { kind: "candidate" };
  #observed: Observed | undefined;
  #cancelDeadline: () => void = () => {};
  #trouble: ApiFailure["code"] | undefined;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: ElectionOptions) {
    this.#options = options;
    this.#timing = checkedTiming(options.timing ?? ELECTION_TIMING);
    this.#log = options.log.child({ lease: `${options.namespace}/${options.name}` });
    this.#reportLeader = options.instruments.leader(options.name);
    this.#reportLeader(false);
  }

  /** Runs for leadership until it is lost or given up. */
  start(): void {
    this.#loop = this.#run();
  }

  isHeld(): boolean {
    if (this.#state.kind !== "leading") return false;
    if (this.#elapsedMs(this.#state.renewedAt) < this.#timing.renewDeadlineMs) return true;
    this.#lose("the last renewal is too old");
    return false;
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Gives leadership up so that another process can lead at once. Call it only when nothing of this process can write any more. */
  async release(): Promise<void> {
    const isHolder = this.isHeld();
    await this.abandon();
    if (isHolder) await this.#freeLease();
  }

  /** Stops without a word; the others wait until the Lease is old. */
  async abandon(): Promise<void> {
    this.#finish();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (this.#state.kind !== "ended") {
      await this.#tryOnce();
      await pause(this.#options.clock, this.#untilNextTryMs(), this.signal);
    }
  }

  async #tryOnce(): Promise<void> {
    const observed = this.#observed;
    if (this.isHeld() && observed !== undefined) {
      const answer = await this.#claim(observed.lease);
      if (answer.ok || (answer.failure.code !== "conflict" && answer.failure.code !== "notFound")) return;
    }
    await this.#readAndClaim();
  }

  async #readAndClaim(): Promise<void> {
    const { api, namespace, name, identity, clock } = this.#options;
    const read = await this.#call((signal) => api.get(LEASES, { namespace, name }, signal));
    if (!read.ok) {
      if (read.failure.code === "notFound") await this.#claim(newLease({ namespace, name }));
      else this.#report(read.failure);
      return;
    }
    const { record, sinceMs } = this.#observe(read.value);
    if (record.holder === identity) {
      await this.#claim(read.value);
    } else if (this.#state.kind === "leading") {
      this.#lose("another process holds the Lease");
    } else if (record.holder === "" || clock.monotonicMs() > sinceMs + this.#durationMs(record)) {
      await this.#claim(read.value);
    }
  }

  /** Creates or replaces the Lease, at exactly the version that was read. */
  async #claim(live: KubernetesObject): Promise<ApiAnswer<KubernetesObject>> {
    const { api, clock, fieldManager, identity } = this.#options;
    const sentAt = instantOf(clock);
    const wanted = claimedLease(live, { identity, durationMs: this.#timing.leaseDurationMs, wallMs: sentAt.wallMs });
    const isNew = live.metadata.resourceVersion === undefined;
    const answer = await this.#call((signal) =>
      isNew
        ? api.create(LEASES, wanted, { fieldManager, signal })
        : api.replace(LEASES, wanted, { fieldManager, signal }),
    );
    if (answer.ok) {
      this.#observe(answer.value);
      this.#renewed(sentAt);
    } else {
      this.#report(answer.failure);
    }
    return answer;
  }

  #renewed(sentAt: Instant): void {
    if (this.#trouble !== undefined) this.#options.onRecovered();
    this.#trouble = undefined;
    const wasLeading = this.isHeld();
    const isInTime = this.#elapsedMs(sentAt) < this.#timing.renewDeadlineMs;
    if (this.#state.kind === "ended" || !isInTime) return;
    this.#state = { kind: "leading", renewedAt: sentAt };
    this.#watchDeadline();
    if (wasLeading) return;
    this.#reportLeader(true);
    this.#log.info("this process leads", { identity: this.#options.identity });
    this.#options.onLeading();
  }

  /** Loses leadership in time also while a renewal hangs. */
  #watchDeadline(): void {
    this.#cancelDeadline();
    if (this.#state.kind !== "leading") return;
    const remainingMs = this.#timing.renewDeadlineMs - this.#elapsedMs(this.#state.renewedAt);
    this.#cancelDeadline = this.#options.clock.after(remainingMs, () => {
      if (this.isHeld()) this.#watchDeadline();
    });
  }

  #lose(why: string): void {
    this.#log.error("leadership is lost", {
      why,
      identity: this.#options.identity,
      holder: this.#observed?.record.holder,
    });
    this.#finish();
    this.#options.onLost();
  }

  #finish(): void {
    this.#state = { kind: "ended" };
    this.#cancelDeadline();
    this.#reportLeader(false);
    this.#end.abort();
  }

  /** Keeps the time of the last change, by this machine's clock. */
  #observe(lease: KubernetesObject): Observed {
    const record = leaseRecord(lease);
    const known = this.#observed;
    const isChanged = known?.record.fingerprint !== record.fingerprint;
    this.#observed = { lease, record, sinceMs: isChanged ? this.#options.clock.monotonicMs() : known.sinceMs };
    if (known?.record.holder !== record.holder) this.#log.info("the Lease has a holder", { holder: record.holder });
    return this.#observed;
  }

  async #freeLease(): Promise<void> {
    const { api, clock, fieldManager, identity, namespace, name } = this.#options;
    const bound = { clock, limitMs: this.#timing.callTimeoutMs, signal: new AbortController().signal };
    // A renewal that was cut off may still arrive, so the version at hand can be one too old, even twice.
    for (let tries = 0; tries < MOST_RELEASE_TRIES; tries++) {
      const read = await boundedCall(bound, (signal) => api.get(LEASES, { namespace, name }, signal));
      if (!read.ok || leaseRecord(read.value).holder !== identity) return;
      const freed = releasedLease(read.value, clock.wallMs());
      const answer = await boundedCall(bound, (signal) => api.replace(LEASES, freed, { fieldManager, signal }));
      if (answer.ok) this.#log.info("the Lease is released");
      if (answer.ok || answer.failure.code !== "conflict") return;
    }
  }

  #call<T>(call: (signal: AbortSignal) => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> {
    const { callTimeoutMs, renewDeadlineMs } = this.#timing;
    const leftMs =
      this.#state.kind === "leading" ? renewDeadlineMs - this.#elapsedMs(this.#state.renewedAt) : callTimeoutMs;
    const limitMs = Math.max(0, Math.min(callTimeoutMs, leftMs));
    return boundedCall({ clock: this.#options.clock, limitMs, signal: this.signal }, call);
  }

  #report(failure: ApiFailure): void {
    if (this.#state.kind === "ended") return;
    const fields = { code: failure.code, reason: failure.message };
    // Another process was faster: the API works.
    const isLost = failure.code === "conflict" || failure.code === "alreadyExists";
    if (isLost || this.#trouble === failure.code) this.#log.debug("the Lease call failed", fields);
    else this.#log.warn("the Lease call failed, trying again", fields);
    if (!isLost) this.#trouble = failure.code;
  }

  /** A candidate is awake when the Lease runs out, rather than up to a period later. */
  #untilNextTryMs(): number {
    const { clock, random } = this.#options;
    const periodMs = this.#timing.retryPeriodMs * (1 + 0.2 * random.fraction());
    if (this.#state.kind !== "candidate" || this.#observed === undefined) return periodMs;
    const { record, sinceMs } = this.#observed;
    const untilOldMs = sinceMs + this.#durationMs(record) - clock.monotonicMs();
    return untilOldMs > 0 ? Math.min(periodMs, untilOldMs + periodMs / 10) : periodMs;
  }

  #durationMs(record: LeaseRecord): number {
    return record.durationMs ?? this.#timing.leaseDurationMs;
  }

  #elapsedMs(since: Instant): number {
    return longestElapsedMs(since, instantOf(this.#options.clock));
  }
}

function checkedTiming(timing: ElectionTiming): ElectionTiming {
  const { leaseDurationMs, renewDeadlineMs, retryPeriodMs } = timing;
  if (leaseDurationMs > renewDeadlineMs && renewDeadlineMs > 1.2 * retryPeriodMs && retryPeriodMs > 0) return timing;
  throw new Error("leader election needs leaseDuration > renewDeadline > 1.2 x retryPeriod > 0");
}
