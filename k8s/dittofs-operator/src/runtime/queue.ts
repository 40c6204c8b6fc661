import type { Clock } from "./clock.ts";
import { DelayHeap } from "./delay-heap.ts";
import type { Instruments, QueueInstruments, QueueLoad } from "./instruments.ts";
import type { RateLimiter } from "./rate-limiter.ts";

/** Node's longest timer, about 25 days. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

type Running = {
  readonly sinceMs: number;
  /** When the key was added during its pass; that asks for one more pass afterwards. */
  addedAgainMs: number | undefined;
};

type Taker<Key> = (key: Key | undefined) => void;

/**
 * Keys that need work, with the semantics of client-go's work queue:
 *
 *     add ──► ready ──take──► running ──done──► gone
 *      ▲                         │ add
 *   delayed                      ▼
 *                      running, added again ──done──► ready, behind all others
 *
 * A key is in work at most once at a time, however often it is added; an addition during its pass is never lost; many
 * additions before a pass are one; and a key that is added all the time gets its turn only after every other ready key.
 */
export class WorkQueue<Key extends string> {
  readonly #clock: Clock;
  readonly #limiter: RateLimiter<Key>;
  readonly #instruments: QueueInstruments;
  /** In the order of their turn, each with the time since when it waits. */
  readonly #ready = new Map<Key, number>();
  readonly #running = new Map<Key, Running>();
  readonly #delayed = new DelayHeap<Key>();
  readonly #takers: Taker<Key>[] = [];
  #alarm: { readonly dueMs: number; readonly cancel: () => void } | undefined;
  #isClosed = false;

  constructor(options: {
    readonly name: string;
    readonly clock: Clock;
    readonly limiter: RateLimiter<Key>;
    readonly instruments: Instruments;
  }) {
    this.#clock = options.clock;
    this.#limiter = options.limiter;
    this.#instruments = options.instruments.queue(options.name, () => this.load());
  }

  /** The key needs a pass, now. It supersedes a delayed addition, because that pass decides anew when to look again. */
  add(key: Key): void {
    if (this.#isClosed) return;
    this.#addNow(key);
    this.#setAlarm();
  }

  /** The key needs a pass after a while, or earlier if it is added earlier. Of several delays the earliest end counts. */
  addAfter(key: Key, delayMs: number): void {
    if (!(delayMs > 0)) {
      this.add(key);
    } else if (!this.#isClosed && !this.#hasPassAhead(key)) {
      this.#delayed.keepEarliest(key, this.#clock.monotonicMs() + Math.min(delayMs, LONGEST_DELAY_MS));
      this.#setAlarm();
    }
  }

  /** Counts a failure of the key, adds it after its back-off or after `leastMs` where that is longer, and answers the wait. */
  addRateLimited(key: Key, leastMs = 0): number {
    if (this.#isClosed) return leastMs;
    this.#instruments.retried();
    const delayMs = Math.max(leastMs, this.#limiter.delayMs(key));
    this.addAfter(key, delayMs);
    return delayMs;
  }

  /** The key has no failures any more. */
  forget(key: Key): void {
    this.#limiter.forget(key);
  }

  /** Failures of the key in a row. */
  failures(key: Key): number {
    return this.#limiter.failures(key);
  }

  /** The next key, when there is one; it counts as running until `done`. `undefined` once the queue is closed. */
  take(): Promise<Key | undefined> {
    return new Promise((resolve) => {
      this.#takers.push(resolve);
      this.#serveTakers();
    });
  }

  /** The pass of the key is over. */
  done(key: Key): void {
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#running.delete(key);
    this.#instruments.finished(this.#clock.monotonicMs() - running.sinceMs);
    if (running.addedAgainMs !== undefined && !this.#isClosed) {
      this.#ready.set(key, running.addedAgainMs);
      this.#serveTakers();
    }
  }

  /** Ends the intake: keys that wait are dropped, takers get `undefined`, running passes go on until their `done`. */
  close(): void {
    this.#isClosed = true;
    this.#ready.clear();
    this.#delayed.clear();
    this.#setAlarm();
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  /** What is in the queue at this moment. */
  load(): QueueLoad & { readonly delayed: number } {
    const nowMs = this.#clock.monotonicMs();
    const runningMs = [...this.#running.values()].map((running) => nowMs - running.sinceMs);
    return { depth: this.#ready.size, delayed: this.#delayed.size, runningMs };
  }

  #hasPassAhead(key: Key): boolean {
    return this.#ready.has(key) || this.#running.get(key)?.addedAgainMs !== undefined;
  }

  #addNow(key: Key): void {
    this.#delayed.remove(key);
    if (this.#hasPassAhead(key)) return;
    this.#instruments.added();
    const running = this.#running.get(key);
    if (running !== undefined) {
      running.addedAgainMs = this.#clock.monotonicMs();
    } else {
      this.#ready.set(key, this.#clock.monotonicMs());
      this.#serveTakers();
    }
  }

  #serveTakers(): void {
    if (this.#isClosed) for (const taker of this.#takers.splice(0)) taker(undefined);
    for (const [key, readySinceMs] of this.#ready) {
      const taker = this.#takers.shift();
      if (taker === undefined) return;
      const nowMs = this.#clock.monotonicMs();
      this.#ready.delete(key);
      this.#running.set(key, { sinceMs: nowMs, addedAgainMs: undefined });
      this.#instruments.started(nowMs - readySinceMs);
      taker(key);
    }
  }

  /** Keeps one timer, for the key that is due first. */
  #setAlarm(): void {
    const dueMs = this.#delayed.first()?.dueMs;
    if (dueMs === this.#alarm?.dueMs) return;
    this.#alarm?.cancel();
    this.#alarm = undefined;
    if (dueMs === undefined) return;
    const cancel = this.#clock.after(dueMs - this.#clock.monotonicMs(), () => this.#addDue());
    this.#alarm = { dueMs, cancel };
  }

  #addDue(): void {
    this.#alarm = undefined;
    const nowMs = this.#clock.monotonicMs();
    for (
      let first = this.#delayed.first();
      first !== undefined && first.dueMs <= nowMs;
      first = this.#delayed.first()
    ) {
      this.#addNow(first.key);
    }
    this.#setAlarm();
  }
}
