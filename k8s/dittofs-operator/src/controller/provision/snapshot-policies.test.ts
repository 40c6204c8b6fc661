import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, ShareSpec } from "../../api/ditto-server.ts";
import { aServer, defaultSpec } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage } from "./testing/a-provisioning.ts";
import { refusal } from "./testing/failed-calls.ts";

const withSnapshots = (snapshots?: ShareSpec["snapshots"]): DittoServer =>
  aServer({ storage, shares: [{ name: "/a", ...(snapshots !== undefined && { snapshots }) }] });
const daily = withSnapshots({ interval: "@daily", keepLast: 7 });
const byHand = { share: "/by-hand", interval: "1h0m0s", enabled: true, keepLast: 1, namePrefix: "" };

async function provisioned(): Promise<AProvisioning> {
  const at = new AProvisioning();
  await at.answered(daily);
  at.dittofs.policies.set("/by-hand", byHand);
  at.dittofs.takeCounts();
  return at;
}
const shares = (at: AProvisioning): readonly string[] => [...at.dittofs.policies.keys()].toSorted();

test("share and policy are there after one pass, and then nothing is written", async () => {
  const at = new AProvisioning();
  const seen = await at.answered(daily);
  assert.equal(resultsOf(seen)["snapshotPolicy /a"], "+ set (every @daily)");
  assert.deepEqual(seen.appliedSnapshotPolicies, ["/a"]);
  at.dittofs.takeCounts();
  await at.answered(daily);
  const counts = at.dittofs.takeCounts();
  assert.ok(counts.reads <= 8);
  assert.equal(counts.writes, 0);
});

test("a policy that the spec no longer names is removed; one made by hand stays", async () => {
  const at = await provisioned();
  const seen = await at.answered(withSnapshots());
  assert.deepEqual(shares(at), ["/by-hand"]);
  assert.deepEqual(seen.appliedSnapshotPolicies, []);
});

test("a policy that was the only one, and is made again by hand, stays", async () => {
  const at = await provisioned();
  at.dittofs.policies.delete("/by-hand");
  assert.deepEqual((await at.answered(withSnapshots())).appliedSnapshotPolicies, []);
  at.dittofs.policies.set("/a", { ...byHand, share: "/a" });
  for (let pass = 0; pass < 3; pass += 1) await at.answered(withSnapshots());
  assert.deepEqual(shares(at), ["/a"]);
});

test("an operator that has just started knows its policies from the status, and without it removes none", async () => {
  const at = await provisioned();
  at.sessions.forget(daily.metadata.uid);
  await at.answered(withSnapshots());
  assert.deepEqual(shares(at), ["/a", "/by-hand"]);
  at.sessions.forget(daily.metadata.uid);
  await at.answered({ ...withSnapshots(), status: { applied: { snapshotPolicies: ["/a"] } } });
  assert.deepEqual(shares(at), ["/by-hand"]);
});

test("a policy that the server refuses holds up nothing else", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "putSnapshotPolicy" ? refusal("badRequest") : undefined);
  const results = resultsOf(await at.answered(daily));
  assert.match(results["snapshotPolicy /a"] ?? "", /^! Snapshot policy of \/a: the server answers 400/);
  assert.equal(results["share /a"], "+ created");
});

test("with everything that a spec can name, a look at a converged server costs eight reads at most", async () => {
  const at = new AProvisioning();
  const users = Array.from({ length: 20 }, (_, index) => ({ name: `user-${index}`, groups: ["staff"] }));
  for (const { name } of users) at.setPassword(name, "some-password");
  const server = aServer({
    storage,
    users,
    groups: [{ name: "staff" }],
    nfs: { ...defaultSpec.nfs, settings: { leaseTime: "60s" } },
    smb: { ...defaultSpec.smb, settings: { signing: "required" } },
    shares: Array.from({ length: 20 }, (_, index) => ({
      name: `/share-${index}`,
      snapshots: { interval: "@hourly" },
      permissions: { users: [{ name: "user-1", level: "read" }], groups: [{ name: "staff", level: "none" }] },
    })),
  });
  await at.answered(server);
  for (let pass = 0; pass < 30; pass += 1) {
    at.dittofs.takeCounts();
    await at.answered(server);
    const counts = at.dittofs.takeCounts();
    assert.ok(counts.reads <= 8, `${counts.reads} reads`);
    assert.equal(counts.writes + counts.logins, 0);
  }
});
