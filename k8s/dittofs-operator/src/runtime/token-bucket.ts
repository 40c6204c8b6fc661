import type { Clock } from "./clock.ts";

export type TokenBucketSize = {
  /** How many tokens there are at most, and at the start. */
  readonly burst: number;
  readonly tokensPerSecond: number;
  /** No reservation waits longer than this: the debt of the bucket is bounded. */
  readonly longestWaitMs: number;
};

/** Limits a rate and lets a burst pass; the algorithm of golang.org/x/time/rate, with a bounded debt. */
export class TokenBucket {
  readonly #size: TokenBucketSize;
  readonly #clock: Clock;
  #tokens: number;
  #countedAtMs: number;

  constructor(size: TokenBucketSize, clock: Clock) {
    this.#size = size;
    this.#clock = clock;
    this.#tokens = size.burst;
    this.#countedAtMs = clock.monotonicMs();
  }

  /** Takes a token that may still have to be filled in, and answers in how many milliseconds it is there. */
  reserveMs(): number {
    this.#refill();
    const lowest = -(this.#size.longestWaitMs / 1_000) * this.#size.tokensPerSecond;
    this.#tokens = Math.max(lowest, this.#tokens - 1);
    return Math.max(0, (-this.#tokens / this.#size.tokensPerSecond) * 1_000);
  }

  /** Takes a token if one is there. */
  tryTake(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  #refill(): void {
    const nowMs = this.#clock.monotonicMs();
    const filledIn = ((nowMs - this.#countedAtMs) / 1_000) * this.#size.tokensPerSecond;
    this.#tokens = Math.min(this.#size.burst, this.#tokens + filledIn);
    this.#countedAtMs = nowMs;
  }
}
