import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Outcome } from "./outcome.ts";
import { aController } from "./testing/a-controller.ts";

const done: Outcome = { kind: "done" };

test("whatever comes when: one pass per key at a time, never more than the workers, and every event is followed by a pass", async () => {
  const event = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), atMs: fc.nat(200) });
  const pass = fc.record({
    durationMs: fc.nat(40),
    ends: fc.constantFrom<Outcome | "throws">(done, { kind: "lookAgain", afterMs: 30 }, { kind: "conflict" }, "throws"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 30 }),
      fc.array(pass, { maxLength: 30 }),
      fc.integer({ min: 1, max: 3 }),
      async (events, plannedPasses, workers) => {
        const violations: string[] = [];
        const running = new Set<string>();
        const lastStartMs = new Map<string, number>();
        const { clock, queue } = aController(
          async (key) => {
            if (running.has(key)) violations.push(`${key} twice at once`);
            running.add(key);
            if (running.size > workers) violations.push(`${running.size} passes with ${workers} workers`);
            lastStartMs.set(key, clock.monotonicMs());
            const planned = plannedPasses.shift() ?? { durationMs: 0, ends: done };
            await new Promise<void>((resolve) => void clock.after(planned.durationMs, resolve));
            running.delete(key);
            if (planned.ends === "throws") throw new Error("planned");
            return planned.ends;
          },
          { workers },
        );
        for (const { key, atMs } of events) clock.after(atMs, () => queue.add(key));
        await clock.advance(100_000);
        assert.deepEqual(violations, []);
        assert.deepEqual(queue.load(), { depth: 0, delayed: 0, runningMs: [] });
        for (const { key, atMs } of events)
          assert.ok((lastStartMs.get(key) ?? -1) >= atMs, `${key} at ${atMs} was lost`);
      },
    ),
    { numRuns: 200 },
  );
});

test("a hundred thousand passes leave no timer, no listener, no failure and no key behind", async () => {
  const leadership = new AbortController();
  let passes = 0;
  const { clock, limiter, queue } = aController(
    async () => {
      passes++;
      return passes % 10 === 0 ? { kind: "retry", reason: "unreachable" } : done;
    },
    { leadership: leadership.signal },
  );
  const resourcesBefore = process.getActiveResourcesInfo().length;
  for (let round = 0; round < 100; round++) {
    for (let key = 0; key < 1_000; key++) queue.add(`key-${round}-${key}`);
    await clock.advance(0);
  }
  await clock.advance(3_600_000);
  assert.ok(passes > 100_000);
  assert.deepEqual(queue.load(), { depth: 0, delayed: 0, runningMs: [] });
  assert.equal(limiter.size, 0);
  assert.equal(clock.timerCount, 0);
  assert.equal(getEventListeners(leadership.signal, "abort").length, 1);
  assert.equal(process.getActiveResourcesInfo().length, resourcesBefore);
});
