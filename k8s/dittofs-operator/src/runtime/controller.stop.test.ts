import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome } from "./outcome.ts";
import { aController } from "./testing/a-controller.ts";

const done: Outcome = { kind: "done" };

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("aborted")), { once: true });
  });
}

test("a stop starts nothing new and lets running passes finish", async () => {
  let finish = (_: Outcome): void => {};
  const running = new Promise<Outcome>((resolve) => (finish = resolve));
  const { clock, controller, passes, queue } = aController(() => running, { workers: 1 });
  queue.add("running");
  queue.add("waiting");
  await clock.advance(0);
  const stopped = controller.stop(10_000);
  queue.add("late");
  await clock.advance(9_000);
  finish({ kind: "retry", reason: "unreachable" });
  await clock.advance(0);
  assert.equal(await stopped, "drained");
  await clock.advance(3_600_000);
  assert.deepEqual(passes, ["running at 0"]);
  assert.equal(clock.timerCount, 0);
});

test("a key that a worker just took is not started any more when the stop comes in the same moment", async () => {
  const { clock, controller, passes, queue } = aController(async () => done);
  await clock.advance(1_000);
  queue.add("a");
  const stopped = controller.stop(10_000);
  await clock.advance(1_000);
  assert.equal(await stopped, "drained");
  assert.deepEqual(passes, []);
  assert.deepEqual(queue.load().runningMs, []);
});

test("a stop aborts what is still running at the end of its patience, without calling that a failure", async () => {
  const { clock, controller, log, queue } = aController((_, signal) => untilAborted(signal));
  queue.add("slow");
  await clock.advance(0);
  const stopped = controller.stop(10_000);
  await clock.advance(10_000);
  assert.equal(await stopped, "drained");
  assert.deepEqual(log.notable, []);
});

test("a stop says when a pass ignores everything, so that no Lease is released under it", async () => {
  const { clock, controller, log, queue } = aController(() => new Promise<Outcome>(() => {}));
  queue.add("deaf");
  await clock.advance(0);
  const stopped = controller.stop(10_000);
  await clock.advance(15_000);
  assert.equal(await stopped, "abandoned");
  assert.deepEqual(log.fields.at(-1), { keys: ["deaf"] });
});

test("lost leadership aborts all passes at once and starts nothing more", async () => {
  const leadership = new AbortController();
  const { clock, log, passes, queue } = aController((_, signal) => untilAborted(signal), {
    leadership: leadership.signal,
    workers: 2,
  });
  for (const key of ["a", "b", "c"]) queue.add(key);
  await clock.advance(1_000);
  leadership.abort();
  queue.add("a");
  await clock.advance(3_600_000);
  assert.deepEqual(passes, ["a at 0", "b at 0"]);
  assert.deepEqual(log.notable, [], "a pass that ends because of that has not failed");
});

test("a controller that never led starts nothing", async () => {
  const { clock, passes, queue } = aController(async () => done, { leadership: AbortSignal.abort() });
  queue.add("a");
  await clock.advance(1_000);
  assert.deepEqual(passes, []);
});
