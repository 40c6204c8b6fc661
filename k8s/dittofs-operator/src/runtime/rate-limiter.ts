import { type Backoff, backoffMs } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";
import { TokenBucket, type TokenBucketSize } from "./token-bucket.ts";

/** client-go's default except for the cap: after 1,000 s nobody believes that the operator still tries. */
export const RETRY_BACKOFF: Backoff = { firstMs: 5, longestMs: 300_000, jitter: 0.1 };

/** client-go's default: all keys together retry 10 times a second, after a burst of 100. */
export const RETRY_RATE: TokenBucketSize = { burst: 100, tokensPerSecond: 10, longestWaitMs: RETRY_BACKOFF.longestMs };

/** How long a failed key waits: by its own failures in a row, and by how much all keys together retry. */
export class RateLimiter<Key> {
  readonly #failures = new Map<Key, number>();
  readonly #random: Random;
  readonly #all: TokenBucket;

  constructor(clock: Clock, random: Random) {
    this.#random = random;
    this.#all = new TokenBucket(RETRY_RATE, clock);
  }

  /** Counts one more failure of the key and answers how long it has to wait. */
  delayMs(key: Key): number {
    const failures = this.failures(key) + 1;
    this.#failures.set(key, failures);
    return Math.max(backoffMs(RETRY_BACKOFF, failures, this.#random.fraction()), this.#all.reserveMs());
  }

  /** The key succeeded, or is given up: its next failure is a first one. */
  forget(key: Key): void {
    this.#failures.delete(key);
  }

  /** Failures of the key since it was last forgotten. */
  failures(key: Key): number {
    return this.#failures.get(key) ?? 0;
  }

  /** Keys with failures; for leak tests. */
  get size(): number {
    return this.#failures.size;
  }
}
