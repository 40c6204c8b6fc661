import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { ManualClock } from "./manual-clock.ts";

test("timers fire in the order of their due times, whatever the order in which they were set", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1_000)), async (delays) => {
      const clock = new ManualClock();
      const firedAtMs: number[] = [];
      for (const delayMs of delays) {
        clock.after(delayMs, () => {
          assert.equal(clock.monotonicMs(), delayMs, "a timer sees its own due time");
          firedAtMs.push(delayMs);
        });
      }
      await clock.advance(1_000);
      assert.deepEqual(
        firedAtMs,
        delays.toSorted((a, b) => a - b),
      );
      assert.equal(clock.timerCount, 0);
    }),
  );
});

test("timers of one instant fire in the order in which they were set", async () => {
  const clock = new ManualClock();
  const fired: string[] = [];
  clock.after(5, () => fired.push("first"));
  clock.after(5, () => fired.push("second"));
  await clock.advance(5);
  assert.deepEqual(fired, ["first", "second"]);
});

test("promises settle between two timers, and a timer set by one of them still fires in the same advance", async () => {
  const clock = new ManualClock();
  const seen: string[] = [];
  const wait = (delayMs: number): Promise<void> => new Promise((resolve) => void clock.after(delayMs, resolve));
  const chain = async (): Promise<void> => {
    await wait(10);
    await Promise.resolve();
    seen.push(`chain at ${clock.monotonicMs()}`);
    await wait(10);
    seen.push(`chain at ${clock.monotonicMs()}`);
  };
  const done = chain();
  clock.after(11, () => seen.push("timer at 11"));
  await clock.advance(20);
  await done;
  assert.deepEqual(seen, ["chain at 10", "timer at 11", "chain at 20"]);
});

test("a cancelled timer does not fire, also when it is cancelled by another timer of the same instant", async () => {
  const clock = new ManualClock();
  clock.after(5, () => cancel());
  const cancel = clock.after(5, () => assert.fail("fired although cancelled"));
  await clock.advance(5);
  assert.equal(clock.timerCount, 0);
});

test("a stall fires nothing until time is driven again", async () => {
  const clock = new ManualClock();
  let firedAtMs: number | undefined;
  clock.after(10, () => (firedAtMs = clock.monotonicMs()));
  clock.stall(60_000);
  assert.equal(firedAtMs, undefined);
  await clock.advance(0);
  assert.equal(firedAtMs, 60_000);
});

test("a jump of the date leaves durations alone", async () => {
  const clock = new ManualClock({ wallMs: 1_000 });
  clock.jumpWall(-3_600_000);
  await clock.advance(5);
  assert.equal(clock.wallMs(), 1_000 - 3_600_000 + 5);
  assert.equal(clock.monotonicMs(), 5);
});

test("code that re-arms a timer without a delay fails instead of hanging the test", async () => {
  const clock = new ManualClock();
  const again = (): void => void clock.after(0, again);
  again();
  await assert.rejects(clock.advance(1), /again and again/);
});
