import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsHealth } from "../../outside.ts";
import { AProvisioning, withShares } from "./testing/a-provisioning.ts";

const server = withShares();
const smbOf = (seen: Awaited<ReturnType<AProvisioning["answered"]>>) =>
  seen.adapters.find(({ type }) => type === "smb");

function report(at: AProvisioning, health: DittoFsHealth, updatedAtMs = 1000): void {
  at.dittofs.adapterList = at.dittofs.adapterList.map((each) =>
    each.type === "smb" ? { ...each, updatedAtMs, health } : each,
  );
}

const old: DittoFsHealth = { status: "healthy", message: "", checkedAtMs: 500 };
const notStarted: DittoFsHealth = { status: "unknown", message: "not started", checkedAtMs: 1500 };
const fresh: DittoFsHealth = { status: "healthy", message: "", checkedAtMs: 2000 };

test("a port that accepts connections ends the wait for a report that is newer than the change", async () => {
  const at = new AProvisioning();
  at.dittofs.afterAdapterChange = () => report(at, old);
  at.dittofs.openPorts.add(12_445);
  const startMs = at.clock.monotonicMs();
  assert.equal(smbOf(await at.answered(server))?.isServing, true);
  assert.equal(at.clock.monotonicMs() - startMs, 0);
});

test("a report that is older than the change proves nothing: the pass waits for a newer one (measured E)", async () => {
  const at = new AProvisioning();
  at.dittofs.afterAdapterChange = () => report(at, old);
  at.clock.after(5_000, () => report(at, fresh));
  const startMs = at.clock.monotonicMs();
  assert.equal(smbOf(await at.answered(server))?.isServing, true);
  assert.ok(at.clock.monotonicMs() - startMs >= 5_000);
});

test("the wait is bounded, and what does not serve then is said", async () => {
  const at = new AProvisioning();
  at.dittofs.afterAdapterChange = () => report(at, notStarted);
  const startMs = at.clock.monotonicMs();
  assert.match(smbOf(await at.answered(server))?.message ?? "", /reports unknown \("not started"\)/);
  assert.ok(at.clock.monotonicMs() - startMs <= 7_000);
});

test("an adapter that is known not to serve is not waited for again, and costs one read", async () => {
  const at = new AProvisioning();
  at.dittofs.afterAdapterChange = () => report(at, notStarted);
  await at.answered(server);
  at.dittofs.takeCounts();
  const startMs = at.clock.monotonicMs();
  assert.equal(smbOf(await at.answered(server))?.isServing, false);
  assert.equal(at.clock.monotonicMs(), startMs);
  assert.deepEqual(at.dittofs.takeCounts(), { reads: 4, writes: 0, logins: 0, refreshes: 0 });
});

test("an adapter that served until now and is just starting does not flap", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  report(at, notStarted);
  at.clock.after(300, () => report(at, fresh));
  assert.equal(smbOf(await at.answered(server))?.isServing, true);
});
