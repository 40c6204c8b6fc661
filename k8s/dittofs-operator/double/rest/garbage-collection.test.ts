import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { doubleFor } from "../fresh-double.ts";

const gc = "/api/v1/shares/export/blockstore/gc";

test("a collection is a job that is polled, and its result the last run of the share", async (t) => {
  const clock = new ManualClock();
  const fresh = await doubleFor(t, { clock });
  await fresh.addStores();
  await fresh.addShare("export");
  assert.equal((await fresh.call("GET", `${gc}-status`)).status, 404, "never");
  const { status, object } = await fresh.call("POST", gc, { dry_run: true });
  assert.deepEqual([status, object.job_id], [202, "gc-1"]);
  assert.equal((await fresh.call("GET", `${gc}/gc-1`)).object.state, "running");
  await clock.advance(1000);
  const done = (await fresh.call("GET", `${gc}/gc-1`)).object;
  assert.deepEqual([done.state, done.dry_run, done.share], ["done", true, "/export"]);
  assert.equal((await fresh.call("GET", `${gc}-status`)).object.dry_run, true);
  assert.equal((await fresh.call("GET", `${gc}/gc-9`)).status, 404);
});

test("what a collection may not be asked; with reconcile the share is not looked at", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  assert.equal((await fresh.call("POST", gc, { grace_period_seconds: -1 })).status, 400);
  assert.equal((await fresh.call("POST", gc, { grace_period_seconds: 1, reconcile: true })).status, 400);
  assert.equal((await fresh.call("POST", gc, "x")).status, 400);
  assert.equal((await fresh.call("POST", "/api/v1/shares/none/blockstore/gc", {})).status, 404);
  assert.equal((await fresh.call("POST", "/api/v1/shares/none/blockstore/gc", { reconcile: true })).status, 202);
});

test("there are no orphans, and reclaiming them says whether it only tried", async (t) => {
  const fresh = await doubleFor(t);
  const report = (await fresh.call("GET", "/api/v1/blockstore/reconcile-report")).object;
  assert.deepEqual([report.leaked_blocks, report.grace_period], [{ count: 0 }, 3_600_000_000_000]);
  const reclaim = "/api/v1/blockstore/reconcile/reclaim";
  assert.equal((await fresh.call("POST", reclaim, { dry_run: true })).object.dry_run, true);
  assert.equal((await fresh.call("POST", reclaim)).object.dry_run, false);
});
