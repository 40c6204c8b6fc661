import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { Reports } from "./report.ts";

test("a report is kept for five seconds, unless it is forgotten", async () => {
  const clock = new ManualClock();
  const reports = new Reports(clock, 1);
  let probes = 0;
  const look = () => reports.kept("share /x", () => reports.make("healthy", `probe ${++probes}`));
  assert.equal((await look()).message, "probe 1");
  await clock.advance(4999);
  assert.equal((await look()).message, "probe 1");
  await clock.advance(1);
  assert.equal((await look()).message, "probe 2");
  reports.forget("share /x");
  assert.equal((await look()).message, "probe 3");
});

test("an empty message and no latency are left out", () => {
  const reports = new Reports(new ManualClock({ wallMs: 0 }), 1);
  assert.deepEqual(reports.make("healthy"), { status: "healthy", checked_at: "1970-01-01T00:00:00.000Z" });
  assert.equal(reports.make("unhealthy", "x", 5).latency_ms, 5);
});
