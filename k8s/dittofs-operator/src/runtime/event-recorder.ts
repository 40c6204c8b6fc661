import { backoffMs } from "./backoff.ts";
import { boundedCall } from "./bounded-call.ts";
import type { Clock } from "./clock.ts";
import { EVENTS, eventObject, type NewEvent, type Reporter, seriesPatch } from "./event-object.ts";
import { EventSorter, type Series } from "./event-sorter.ts";
import type { EventInstruments, Instruments } from "./instruments.ts";
import type { ApiAnswer, ApiFailure, KubernetesApi, KubernetesObject, ObjectKey } from "./kubernetes-api.ts";
import type { Log } from "./log.ts";
import { pause } from "./pause.ts";
import type { Random } from "./random.ts";

/** Tells users what happened. Never waits, never throws; an event that cannot be written is dropped and counted. */
export interface Events {
  record(event: NewEvent): void;
}

export type EventRecorderOptions = {
  /** Behind the fence of leadership, so that a process that was paused tells nothing when it wakes. */
  readonly api: Pick<KubernetesApi, "create" | "patch">;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly instruments: Instruments;
  readonly reporter: Reporter;
  readonly fieldManager: string;
};

const LONGEST_QUEUE = 1_000;
const SERIES_WRITE_EVERY_MS = 60_000;
const CALL_LIMIT_MS = 5_000;
const FLUSH_LIMIT_MS = 2_000;
const MOST_TRIES = 3;
/** A longer Retry-After costs this event, not all that wait behind it. */
const LONGEST_WAIT_MS = 30_000;
const RETRY = { firstMs: 1_000, longestMs: 5_000, jitter: 0.1 };
const PASSING: ReadonlySet<ApiFailure["code"]> = new Set(["unreachable", "timeout", "serverError", "tooManyRequests"]);

/** Where a series stands in the API: written once, and whether its repetitions still have to be told. */
type Written = { readonly key: ObjectKey; writtenMs: number; cancelUpdate: (() => void) | undefined };

/**
 * Writes events (events.k8s.io/v1) in the background, one after the other. What repeats within ten minutes is one event whose
 * count is brought up to date once a minute at most.
 */
export class EventRecorder implements Events {
  readonly #options: EventRecorderOptions;
  readonly #sorter: EventSorter;
  readonly #instruments: EventInstruments;
  readonly #queue: Series[] = [];
  readonly #written = new WeakMap<Series, Written>();
  readonly #updatesAhead = new Set<Series>();
  readonly #stop = new AbortController();
  #sending: Promise<void> | undefined;
  #lastFailure: ApiFailure["code"] | undefined;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#sorter = new EventSorter(options.clock);
    this.#instruments = options.instruments.events();
  }

  record(event: NewEvent): void {
    if (this.#stop.signal.aborted) return;
    const sorted = this.#sorter.sorted(event);
    switch (sorted.kind) {
      case "spam":
        return this.#instruments.dropped("spam");
      case "repetition":
        return this.#scheduleUpdate(sorted.series);
      case "first":
        return this.#enqueue(sorted.series);
    }
  }

  /** Writes what is waiting, for two seconds at most. Call it while leadership is still held. */
  async stop(): Promise<void> {
    for (const series of this.#updatesAhead) {
      this.#written.get(series)?.cancelUpdate?.();
      this.#enqueue(series);
    }
    this.#updatesAhead.clear();
    const cancel = this.#options.clock.after(FLUSH_LIMIT_MS, () => this.#stop.abort());
    await this.#sending;
    cancel();
    this.#stop.abort();
  }

  #scheduleUpdate(series: Series): void {
    const written = this.#written.get(series);
    if (written === undefined || written.cancelUpdate !== undefined) return;
    const { clock } = this.#options;
    const dueMs = written.writtenMs + SERIES_WRITE_EVERY_MS;
    this.#updatesAhead.add(series);
    written.cancelUpdate = clock.after(dueMs - clock.monotonicMs(), () => {
      this.#updatesAhead.delete(series);
      this.#enqueue(series);
    });
  }

  #enqueue(series: Series): void {
    if (this.#queue.length >= LONGEST_QUEUE) {
      this.#sorter.forget(series);
      return this.#instruments.dropped("queueFull");
    }
    this.#queue.push(series);
    this.#sending ??= this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    for (let series = this.#queue.shift(); series !== undefined; series = this.#queue.shift()) {
      const answer = await this.#send(series);
      if (answer.ok) this.#tellWritten();
      else this.#drop(series, answer.failure);
    }
    this.#sending = undefined;
  }

  async #send(series: Series): Promise<ApiAnswer<unknown>> {
    const written = this.#written.get(series);
    return written === undefined ? await this.#create(series) : await this.#update(series, written);
  }

  async #create(series: Series): Promise<ApiAnswer<unknown>> {
    const { api, clock, fieldManager, random, reporter } = this.#options;
    const suffix = Buffer.from(random.bytes(8)).toString("hex");
    const object = eventObject(series.event, { reporter, wallMs: series.lastWallMs, suffix });
    const answer = await this.#tryCall((signal) => api.create(EVENTS, object, { fieldManager, signal }));
    // Nobody else has this name: an earlier try arrived although its answer did not.
    if (!answer.ok && answer.failure.code !== "alreadyExists") return answer;
    const { name, namespace = "default" } = object.metadata;
    this.#written.set(series, { key: { name, namespace }, writtenMs: clock.monotonicMs(), cancelUpdate: undefined });
    if (series.count > 1) this.#scheduleUpdate(series);
    return { ok: true, value: object };
  }

  async #update(series: Series, written: Written): Promise<ApiAnswer<unknown>> {
    const { api, clock, fieldManager } = this.#options;
    written.cancelUpdate = undefined;
    written.writtenMs = clock.monotonicMs();
    const patch = seriesPatch(series.count, series.lastWallMs);
    return await this.#tryCall((signal) => api.patch(EVENTS, written.key, patch, { fieldManager, signal }));
  }

  async #tryCall(
    call: (signal: AbortSignal) => Promise<ApiAnswer<KubernetesObject>>,
  ): Promise<ApiAnswer<KubernetesObject>> {
    const { clock, random } = this.#options;
    const { signal } = this.#stop;
    for (let tries = 1; ; tries++) {
      const answer = await boundedCall({ clock, limitMs: CALL_LIMIT_MS, signal }, call);
      if (answer.ok || !PASSING.has(answer.failure.code) || tries === MOST_TRIES || signal.aborted) return answer;
      const waitMs = answer.failure.retryAfterMs ?? backoffMs(RETRY, tries, random.fraction());
      await pause(clock, Math.min(waitMs, LONGEST_WAIT_MS), signal);
    }
  }

  #tellWritten(): void {
    this.#lastFailure = undefined;
    this.#instruments.written();
  }

  /** Told once per kind of failure: with the API away, each event would be a line. */
  #drop(series: Series, failure: ApiFailure): void {
    this.#sorter.forget(series);
    this.#instruments.dropped("failed");
    const isExpected = failure.code === "namespaceTerminating" || failure.code === "notFound";
    const level = isExpected || this.#lastFailure === failure.code ? "debug" : "warn";
    this.#lastFailure = failure.code;
    const { reason, regarding } = series.event;
    this.#options.log[level]("an event could not be written", {
      event: reason,
      regarding,
      code: failure.code,
      reason: failure.message,
    });
  }
}
