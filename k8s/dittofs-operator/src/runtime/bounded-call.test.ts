import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { boundedCall } from "./bounded-call.ts";
import type { ApiAnswer } from "./kubernetes-api.ts";
import { ManualClock } from "./manual-clock.ts";

function aBound() {
  const clock = new ManualClock();
  const stop = new AbortController();
  return { clock, stop, bound: { clock, limitMs: 4_000, signal: stop.signal } };
}

test("an answer in time is the answer, and nothing is left behind", async () => {
  const { bound, clock, stop } = aBound();
  assert.deepEqual(await boundedCall(bound, async () => ({ ok: true, value: 1 })), { ok: true, value: 1 });
  assert.equal(clock.timerCount, 0);
  assert.equal(getEventListeners(stop.signal, "abort").length, 0);
});

test("a call that ignores its signal is left after the limit; it may have happened", async () => {
  const { bound, clock } = aBound();
  let told: AbortSignal | undefined;
  const answer = boundedCall(bound, (signal) => {
    told = signal;
    return new Promise<ApiAnswer<number>>(() => {});
  });
  await clock.advance(4_000);
  const { ok, failure } = { failure: undefined, ...(await answer) };
  assert.ok(!ok && failure?.code === "timeout" && failure.mayHaveHappened);
  assert.ok(told?.aborted);
});

test("a call is left at once when it is no longer wanted, and not begun when it never was", async () => {
  const { bound, stop } = aBound();
  const answer = boundedCall(bound, () => new Promise<ApiAnswer<number>>(() => {}));
  stop.abort();
  assert.ok(!(await answer).ok);
  assert.ok(!(await boundedCall(bound, () => assert.fail("asked although it is over"))).ok);
});

test("a call that throws is an answer too", async () => {
  const { bound, clock } = aBound();
  assert.ok(!(await boundedCall(bound, () => Promise.reject(new Error("socket hang up")))).ok);
  assert.equal(clock.timerCount, 0);
});
