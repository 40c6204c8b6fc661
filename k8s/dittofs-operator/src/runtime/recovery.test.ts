import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import { ManualClock } from "./manual-clock.ts";
import { Recovery } from "./recovery.ts";

/** Two waits of half a minute, of which the second began 10 s later. */
async function twoWaits(fractions: readonly [number, number]) {
  const clock = new ManualClock();
  const draws = [...fractions];
  const recovery = new Recovery(clock, { fraction: () => draws.shift() ?? 0 });
  const stopping = new AbortController();
  const ended: string[] = [];
  const wait = (name: string): void => {
    const pause = recovery.pause({ durationMs: 30_000, leastMs: 800 }, stopping.signal);
    void pause.then((isCut) => ended.push(`${name} at ${clock.monotonicMs() - beganMs}${isCut ? ", cut" : ""}`));
  };
  const beganMs = clock.monotonicMs();
  wait("first");
  await clock.advance(10_000);
  wait("second");
  return { clock, recovery, stopping, ended };
}

describe("those who wait for one server", () => {
  test("wait their time when nobody gets through", async () => {
    const { clock, ended } = await twoWaits([0, 0]);
    await clock.advance(60_000);
    assert.deepEqual(ended, ["first at 30000", "second at 40000"]);
  });

  test("return soon when one gets through, each after a time of its own, and one that has just failed not at once", async () => {
    const { clock, recovery, ended } = await twoWaits([0.1, 0.2]);
    recovery.announce();
    await clock.advance(30_000);
    assert.deepEqual(ended, ["first at 10080, cut", "second at 10800, cut"]);
    assert.equal(clock.timerCount, 0);
  });

  test("never wait longer because one got through", async () => {
    const { clock, recovery, ended } = await twoWaits([0.99, 0.99]);
    await clock.advance(19_999);
    recovery.announce();
    await clock.advance(1);
    assert.deepEqual(ended, ["first at 30000, cut"]);
  });

  test("end at once when they are stopped, and leave nothing behind", async () => {
    const { clock, stopping, ended } = await twoWaits([0, 0]);
    stopping.abort();
    await clock.advance(0);
    assert.deepEqual(ended, ["first at 10000", "second at 10000"]);
    assert.equal(clock.timerCount, 0);
    assert.equal(getEventListeners(stopping.signal, "abort").length, 0);
  });

  test("begin no wait once they are stopped", async () => {
    const clock = new ManualClock();
    const recovery = new Recovery(clock, { fraction: () => 0 });
    assert.equal(await recovery.pause({ durationMs: 1_000, leastMs: 0 }, AbortSignal.abort()), false);
  });
});
