import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { backoffMs } from "./backoff.ts";
import { ManualClock } from "./manual-clock.ts";
import type { Random } from "./random.ts";
import { RateLimiter, RETRY_BACKOFF } from "./rate-limiter.ts";
import { TokenBucket } from "./token-bucket.ts";

const noJitter: Random = { fraction: () => 0.5, bytes: (count) => new Uint8Array(count) };

test("the wait starts at 5 ms, doubles, and ends at 5 minutes, also after a million failures", () => {
  const rows = [
    [1, 5],
    [2, 10],
    [3, 20],
    [16, 163_840],
    [17, 300_000],
    [1_000_000, 300_000],
  ] as const;
  for (const [failures, waitMs] of rows) assert.equal(backoffMs(RETRY_BACKOFF, failures, 0.5), waitMs);
});

test("jitter moves a wait by at most a tenth, to both sides", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (failures, fraction) => {
        const plainMs = backoffMs(RETRY_BACKOFF, failures, 0.5);
        const waitMs = backoffMs(RETRY_BACKOFF, failures, fraction);
        assert.ok(waitMs >= plainMs * 0.9 - 1e-9 && waitMs <= plainMs * 1.1 + 1e-9);
      },
    ),
  );
  assert.ok(backoffMs(RETRY_BACKOFF, 1, 0) < 5);
  assert.ok(backoffMs(RETRY_BACKOFF, 1, 0.99) > 5);
});

test("each key has failures of its own, and a forgotten key starts again", () => {
  const limiter = new RateLimiter<string>(new ManualClock(), noJitter);
  assert.deepEqual([limiter.delayMs("a"), limiter.delayMs("a"), limiter.delayMs("b")], [5, 10, 5]);
  limiter.forget("a");
  assert.equal(limiter.delayMs("a"), 5);
  assert.equal(limiter.failures("a"), 1);
  limiter.forget("a");
  limiter.forget("b");
  assert.equal(limiter.size, 0);
});

test("all keys together retry 10 times a second after a burst of 100", async () => {
  const clock = new ManualClock();
  const limiter = new RateLimiter<number>(clock, noJitter);
  const waits = Array.from({ length: 150 }, (_, key) => limiter.delayMs(key));
  assert.ok(
    waits.slice(0, 100).every((waitMs) => waitMs === 5),
    "the burst waits only for its own back-off",
  );
  assert.equal(waits[100], 100);
  assert.equal(waits[149], 5_000);
  await clock.advance(20_000);
  assert.equal(limiter.delayMs(200), 5, "a calm time fills the bucket again");
});

test("ten thousand keys that fail at once wait 5 minutes at most for the others", () => {
  const limiter = new RateLimiter<number>(new ManualClock(), noJitter);
  const waits = Array.from({ length: 10_000 }, (_, key) => limiter.delayMs(key));
  assert.equal(Math.max(...waits), 300_000);
});

test("a bucket gives its burst, then one token per interval, and never more than the burst", async () => {
  const clock = new ManualClock();
  const bucket = new TokenBucket({ burst: 3, tokensPerSecond: 1 / 300, longestWaitMs: 0 }, clock);
  const take = (tries: number): boolean[] => Array.from({ length: tries }, () => bucket.tryTake());
  assert.deepEqual(take(4), [true, true, true, false]);
  await clock.advance(299_000);
  assert.deepEqual(take(1), [false]);
  await clock.advance(2_000);
  assert.deepEqual(take(2), [true, false]);
  await clock.advance(3_600_000);
  assert.deepEqual(take(4), [true, true, true, false]);
});
