import assert from "node:assert/strict";
import { test } from "node:test";
import { loopDefects, watchEventLoop } from "./event-loop.ts";
import { ManualClock } from "./manual-clock.ts";
import { RecordingLog } from "./testing/recording-log.ts";

test("a loop that turns has no lag and nothing to tell", async () => {
  const clock = new ManualClock();
  const log = new RecordingLog();
  const loop = watchEventLoop(clock, log);
  await clock.advance(60_000);
  assert.deepEqual([loop.lagMs(), loop.longestLagMs(), log.lines], [0, 0, []]);
});

test("a stall is seen while it lasts, told when it is over, and remembered for a minute", async () => {
  const clock = new ManualClock();
  const log = new RecordingLog();
  const loop = watchEventLoop(clock, log);
  clock.stall(12_500);
  assert.equal(loop.lagMs(), 12_000);
  await clock.advance(10_000);
  assert.equal(loop.lagMs(), 0);
  assert.equal(loop.longestLagMs(), 12_000);
  assert.deepEqual(log.notable, ["warn: the process stood still"]);
  await clock.advance(60_000);
  assert.equal(loop.longestLagMs(), 0);
});

test("a process that stood still for more than ten seconds is dead, one that was slow is not", () => {
  assert.deepEqual(loopDefects({ lagMs: () => 10_000 }), []);
  assert.deepEqual(loopDefects({ lagMs: () => 12_000 }), ["the process stood still for 12 s"]);
});

test("a short delay is no news", async () => {
  const clock = new ManualClock();
  const log = new RecordingLog();
  const loop = watchEventLoop(clock, log);
  clock.stall(900);
  await clock.advance(0);
  assert.deepEqual([loop.lagMs(), log.lines], [400, []]);
});

test("a stopped watch leaves no timer", async () => {
  const clock = new ManualClock();
  const loop = watchEventLoop(clock, new RecordingLog());
  await clock.advance(5_000);
  loop.stop();
  assert.equal(clock.timerCount, 0);
});
