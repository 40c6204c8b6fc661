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

test("a pass that is done is not repeated until the next event", async () => {
  const { clock, passes, queue } = aController(async () => done);
  queue.add("a");
  await clock.advance(3_600_000);
  queue.add("a");
  await clock.advance(0);
  assert.deepEqual(passes, ["a at 0", "a at 3600000"]);
});

test("a pass can ask for a later look, and an event before that takes its place", async () => {
  const { clock, passes, queue } = aController(async () => ({ kind: "lookAgain", afterMs: 60_000 }));
  queue.add("a");
  await clock.advance(60_000);
  assert.deepEqual(passes, ["a at 0", "a at 60000"]);
  await clock.advance(10_000);
  queue.add("a");
  await clock.advance(59_999);
  assert.deepEqual(passes.slice(2), ["a at 70000"]);
  await clock.advance(1);
  assert.deepEqual(passes.slice(3), ["a at 130000"]);
});

test("a pass that asks for a later look has succeeded: its failures are forgotten", async () => {
  const outcomes: Outcome[] = [{ kind: "retry", reason: "unreachable" }];
  const { clock, limiter, queue } = aController(async () => outcomes.shift() ?? { kind: "lookAgain", afterMs: 60_000 });
  queue.add("a");
  await clock.advance(5);
  assert.equal(limiter.size, 0);
});

test("a failed pass comes back after 5, 10, 20 ms, and after a success the next failure is a first one again", async () => {
  const outcomes: Outcome[] = [
    { kind: "retry", reason: "unreachable" },
    { kind: "retry", reason: "unreachable" },
    { kind: "retry", reason: "unreachable" },
    done,
    { kind: "retry", reason: "unreachable" },
  ];
  const { clock, limiter, log, passes, queue } = aController(async () => outcomes.shift() ?? done);
  queue.add("a");
  await clock.advance(1_000);
  assert.deepEqual(passes, ["a at 0", "a at 5", "a at 15", "a at 35"]);
  queue.add("a");
  await clock.advance(1_000);
  assert.deepEqual(passes.slice(4), ["a at 1000", "a at 1005"]);
  assert.equal(limiter.size, 0);
  assert.deepEqual(log.notable.slice(3, 4), ["info: pass succeeded after failures"]);
});

test("a Retry-After of the server is waited for", async () => {
  const outcomes: Outcome[] = [{ kind: "retry", reason: "tooManyRequests", afterMs: 7_000 }];
  const { clock, passes, queue } = aController(async () => outcomes.shift() ?? done);
  queue.add("a");
  await clock.advance(60_000);
  assert.deepEqual(passes, ["a at 0", "a at 7000"]);
});

test("a terminal outcome is not tried again until an event", async () => {
  const { clock, limiter, passes, queue } = aController(async () => ({ kind: "terminal", reason: "invalid" }));
  queue.add("a");
  await clock.advance(24 * 3_600_000);
  assert.deepEqual(passes, ["a at 0"]);
  assert.equal(limiter.size, 0);
});

test("a conflict is tried again and appears in no log above debug", async () => {
  const outcomes: Outcome[] = [{ kind: "conflict" }, { kind: "conflict" }];
  const { clock, log, passes, queue } = aController(async () => outcomes.shift() ?? done);
  queue.add("a");
  await clock.advance(1_000);
  assert.equal(passes.length, 3);
  assert.deepEqual(log.notable, []);
});

test("a pass that throws, rejects, or throws what is no error backs off alone: other keys and the process go on", async () => {
  const { clock, log, passes, queue } = aController((key) => {
    if (key === "throws") throw new TypeError("at once");
    if (key === "rejects") return Promise.reject(new Error("later"));
    // eslint-disable-next-line typescript/prefer-promise-reject-errors -- what is under test
    if (key === "odd") return Promise.reject(undefined);
    return Promise.resolve(done);
  });
  for (const key of ["throws", "rejects", "odd", "good"]) queue.add(key);
  await clock.advance(4);
  assert.deepEqual(passes, ["throws at 0", "rejects at 0", "odd at 0", "good at 0"]);
  queue.add("good");
  await clock.advance(60_000);
  assert.deepEqual(
    passes.filter((pass) => pass.startsWith("good")),
    ["good at 0", "good at 4"],
  );
  assert.equal(
    passes.filter((pass) => pass.startsWith("throws")).length,
    14,
    "5 ms doubled 13 times is under a minute",
  );
  assert.deepEqual(new Set(log.notable), new Set(["error: pass failed"]));
  assert.ok(log.fields[0]?.["err"] instanceof TypeError);
});

test("a pass that takes too long is aborted and comes back later", async () => {
  const { clock, log, passes, queue } = aController((_, signal) => untilAborted(signal));
  queue.add("a");
  await clock.advance(120_004);
  assert.deepEqual(passes, ["a at 0"]);
  await clock.advance(1);
  assert.deepEqual(passes, ["a at 0", "a at 120005"]);
  assert.deepEqual(log.fields[0]?.["reason"], "timed out");
});

test("a pass that ignores its signal holds its key and not its worker, is told once, and is heard when it comes back", async () => {
  let comeBack = (_: Outcome): void => {};
  const hanging = new Promise<Outcome>((resolve) => (comeBack = resolve));
  const { clock, log, passes, queue } = aController((key) => (key === "hangs" ? hanging : Promise.resolve(done)), {
    workers: 1,
  });
  queue.add("hangs");
  queue.add("good");
  await clock.advance(125_000);
  assert.deepEqual(passes, ["hangs at 0", "good at 125000"]);
  queue.add("hangs");
  queue.add("good");
  await clock.advance(3_600_000);
  assert.deepEqual(passes.slice(2), ["good at 125000"], "never a second pass of the same key beside the hanging one");
  assert.deepEqual(log.notable, ["error: pass ignores its signal and is left to itself"]);
  comeBack(done);
  await clock.advance(0);
  assert.deepEqual(passes.slice(3), ["hangs at 3725000"], "the event during the hanging pass is not lost");
});

test("a key that events make fail a thousand times a minute is told once per step of its back-off", async () => {
  const { clock, log, queue } = aController(async () => ({ kind: "retry", reason: "unreachable" }));
  for (let event = 0; event < 10_000; event++) {
    queue.add("a");
    await clock.advance(60);
  }
  assert.ok(log.notable.length <= 20, `${log.notable.length} lines in ten minutes`);
});

test("another reason for failing is told at once", async () => {
  const outcomes: Outcome[] = Array.from({ length: 12 }, () => ({ kind: "retry", reason: "unreachable" }));
  const { clock, log, queue } = aController(async () => outcomes.shift() ?? { kind: "terminal", reason: "invalid" });
  queue.add("a");
  await clock.advance(15_000);
  outcomes.length = 0;
  queue.add("a");
  await clock.advance(1);
  assert.equal(log.fields.at(-1)?.["reason"], "invalid");
});

test("passes that never wait for anything let timers run in between", async () => {
  const timerSawPasses: number[] = [];
  const { clock, passes, queue } = aController(async () => {
    clock.stall(6);
    return done;
  });
  clock.after(1, () => timerSawPasses.push(passes.length));
  for (let key = 0; key < 1_000; key++) queue.add(`key-${key}`);
  await clock.advance(10_000);
  assert.equal(passes.length, 1_000);
  const [seen] = timerSawPasses;
  assert.ok(seen !== undefined && seen < 10, `the timer fired after ${seen} passes`);
});
