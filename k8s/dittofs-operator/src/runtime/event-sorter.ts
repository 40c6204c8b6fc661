import type { Clock } from "./clock.ts";
import type { NewEvent } from "./event-object.ts";
import { LruMap } from "./lru-map.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The same after a longer silence is news again. */
const SERIES_GAP_MS = 600_000;
const MOST_OBJECTS = 1_024;
/** client-go's spam filter: an object gets 25 events, then one every five minutes. */
const SPAM_BUCKET = { burst: 25, tokensPerSecond: 1 / 300, longestWaitMs: 0 };

/** One event of the API, and how often it happened. */
export type Series = {
  readonly event: NewEvent;
  count: number;
  lastMs: number;
  lastWallMs: number;
};

export type Sorted =
  | { readonly kind: "first"; readonly series: Series }
  | { readonly kind: "repetition"; readonly series: Series }
  | { readonly kind: "spam" };

/** Tells news from repetitions and from spam; a smaller form of client-go's event correlator. */
export class EventSorter {
  readonly #clock: Clock;
  readonly #series = new LruMap<string, Series>(4 * MOST_OBJECTS);
  readonly #buckets = new LruMap<string, TokenBucket>(MOST_OBJECTS);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sorted(event: NewEvent): Sorted {
    const nowMs = this.#clock.monotonicMs();
    const key = seriesKey(event);
    const known = this.#series.get(key);
    if (known !== undefined && nowMs - known.lastMs < SERIES_GAP_MS) {
      known.count += 1;
      known.lastMs = nowMs;
      known.lastWallMs = this.#clock.wallMs();
      return { kind: "repetition", series: known };
    }
    if (!this.#bucket(event).tryTake()) return { kind: "spam" };
    const series: Series = { event, count: 1, lastMs: nowMs, lastWallMs: this.#clock.wallMs() };
    this.#series.set(key, series);
    return { kind: "first", series };
  }

  /** The event of the series is not in the API (any more): when it happens again it is a first one. */
  forget(series: Series): void {
    this.#series.delete(seriesKey(series.event));
  }

  #bucket({ regarding }: NewEvent): TokenBucket {
    const key = regarding.uid ?? `${regarding.kind}/${regarding.namespace ?? ""}/${regarding.name}`;
    const bucket = this.#buckets.get(key) ?? new TokenBucket(SPAM_BUCKET, this.#clock);
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

function seriesKey({ regarding, type, reason, action, note }: NewEvent): string {
  return JSON.stringify([regarding, type, reason, action, note]);
}
