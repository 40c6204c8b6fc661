import type { Clock } from "./clock.ts";
import { DelayHeap } from "./delay-heap.ts";

/** So many timers at one instant mean that the code under test re-arms a timer without waiting: fail instead of hanging. */
const MOST_TIMERS_AT_ONE_INSTANT = 100_000;

type Timer = { readonly callback: () => void };

/**
 * Time for tests and simulations: it moves only when told to. Timers fire in the order of their due times, those of one
 * instant in the order in which they were set, and everything that a timer sets off in promises runs before the next fires.
 * Delays are whole milliseconds, rounded up, so that code that waits for the rest of a fraction makes progress.
 */
export class ManualClock implements Clock {
  #monotonicMs = 0;
  #wallOffsetMs: number;
  readonly #timers = new DelayHeap<Timer>();

  /** `wallMs` is the date at the start; the default is a fixed day, so that printed times repeat. */
  constructor(options: { readonly wallMs?: number } = {}) {
    this.#wallOffsetMs = options.wallMs ?? Date.UTC(2026, 0, 1);
  }

  wallMs(): number {
    return this.#wallOffsetMs + this.#monotonicMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  uptimeMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer: Timer = { callback };
    this.#timers.keepEarliest(timer, this.#monotonicMs + Math.ceil(Math.max(0, delayMs)));
    return () => this.#timers.remove(timer);
  }

  /** Timers that are set and have not fired; for leak tests. */
  get timerCount(): number {
    return this.#timers.size;
  }

  /** Moves time forward, firing what falls due. With 0 it fires what is due now and lets promises settle. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#monotonicMs + durationMs;
    let firedAtThisInstant = 0;
    await settlePromises();
    for (let timer = this.#timers.first(); timer !== undefined && timer.dueMs <= endMs; timer = this.#timers.first()) {
      firedAtThisInstant = timer.dueMs > this.#monotonicMs ? 0 : firedAtThisInstant + 1;
      if (firedAtThisInstant > MOST_TIMERS_AT_ONE_INSTANT)
        throw new Error("timers are set again and again without a delay");
      this.#monotonicMs = Math.max(this.#monotonicMs, timer.dueMs);
      this.#timers.remove(timer.key);
      timer.key.callback();
      await settlePromises();
    }
    this.#monotonicMs = Math.max(this.#monotonicMs, endMs);
  }

  /** Time passes but nothing runs, as for a blocked event loop or a stopped process. Overdue timers fire at the next `advance`. */
  stall(durationMs: number): void {
    this.#monotonicMs += durationMs;
  }

  /** The date is corrected, by hand or by NTP; durations are not affected. */
  jumpWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }
}

/** `setImmediate` runs only when no promise job is left, so one turn is enough. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
