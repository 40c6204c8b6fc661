import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { afterInSteps, LONGEST_TIMER_MS, systemClock } from "./system-clock.ts";
import { systemRandom } from "./system-random.ts";

/** A timer that records its delays and fires when told. */
function recordedTimers(): {
  readonly delaysMs: number[];
  readonly fire: () => void;
  readonly set: Parameters<typeof afterInSteps>[0];
} {
  const delaysMs: number[] = [];
  let pending: (() => void) | undefined;
  const set = (delayMs: number, callback: () => void): (() => void) => {
    delaysMs.push(delayMs);
    pending = callback;
    return () => (pending = undefined);
  };
  const fire = (): void => {
    const callback = pending;
    pending = undefined;
    callback?.();
  };
  return { delaysMs, fire, set };
}

test("a wait longer than Node's longest timer is split into steps and fires once, at its end", () => {
  const timers = recordedTimers();
  let fired = 0;
  afterInSteps(timers.set, { delayMs: 2 * LONGEST_TIMER_MS + 5, callback: () => fired++ });
  timers.fire();
  timers.fire();
  assert.equal(fired, 0);
  timers.fire();
  assert.equal(fired, 1);
  assert.deepEqual(timers.delaysMs, [LONGEST_TIMER_MS, LONGEST_TIMER_MS, 5]);
});

test("a long wait can be cancelled in any of its steps", () => {
  const timers = recordedTimers();
  const cancel = afterInSteps(timers.set, {
    delayMs: 2 * LONGEST_TIMER_MS,
    callback: () => assert.fail("fired although cancelled"),
  });
  timers.fire();
  cancel();
  timers.fire();
});

test("the system clock calls back, later on its monotonic scale and never before", async () => {
  const startMs = systemClock.monotonicMs();
  await new Promise<void>((resolve) => void systemClock.after(1, resolve));
  assert.ok(systemClock.monotonicMs() > startMs);
  systemClock.after(0, () => assert.fail("fired although cancelled"))();
  assert.ok(systemClock.wallMs() > Date.UTC(2026, 0, 1), "the date is one");
});

test("random fractions stay within [0, 1), and random bytes have the asked length and differ", () => {
  for (let draw = 0; draw < 1_000; draw++) {
    const fraction = systemRandom.fraction();
    assert.ok(fraction >= 0 && fraction < 1);
  }
  assert.equal(systemRandom.bytes(32).length, 32);
  assert.notDeepEqual(systemRandom.bytes(32), systemRandom.bytes(32));
});

test("the uptime is the machine's own, in milliseconds", () => {
  const kernelsMs = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1000;
  assert.ok(Math.abs(systemClock.uptimeMs() - kernelsMs) < 1_000);
});
