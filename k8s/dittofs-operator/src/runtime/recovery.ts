import type { Clock } from "./clock.ts";
import { pause } from "./pause.ts";
import type { Random } from "./random.ts";

export type CutPause = {
  readonly durationMs: number;
  /** Not even a recovery makes it shorter than this. */
  readonly leastMs: number;
};

/** Those who wait do not return as one. */
const SPREAD_MS = 800;

/**
 * Shared by all who talk to one server: who gets through after a failure ends the others' waits, which by then may last for half a
 * minute. It is told by those who failed themselves, so that one that fails for ever is not woken by those who never did.
 */
export class Recovery {
  readonly #clock: Clock;
  readonly #random: Pick<Random, "fraction">;
  readonly #waits = new Set<() => void>();

  constructor(clock: Clock, random: Pick<Random, "fraction">) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The caller failed the last time, and now it did not. */
  announce(): void {
    for (const cut of this.#waits) cut();
  }

  /** Waits for a time, and less when somebody recovers or the signal is aborted. Answers whether somebody did. Never rejects. */
  async pause({ durationMs, leastMs }: CutPause, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const startedMs = this.#clock.monotonicMs();
    const wait = new AbortController();
    const cut = (): void => wait.abort();
    this.#waits.add(cut);
    signal.addEventListener("abort", cut, { once: true });
    await pause(this.#clock, durationMs, wait.signal);
    this.#waits.delete(cut);
    signal.removeEventListener("abort", cut);
    if (!wait.signal.aborted || signal.aborted) return false;

    const elapsedMs = this.#clock.monotonicMs() - startedMs;
    const spreadMs = SPREAD_MS * this.#random.fraction();
    const restMs = Math.min(durationMs - elapsedMs, Math.max(leastMs - elapsedMs, spreadMs));
    await pause(this.#clock, restMs, signal);
    return true;
  }
}
