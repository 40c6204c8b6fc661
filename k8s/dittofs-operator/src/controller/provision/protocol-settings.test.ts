import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf } from "./testing/a-provisioning.ts";
import { refusal } from "./testing/failed-calls.ts";

const server = aServer({ nfs: { ...defaultSpec.nfs, settings: { leaseTime: "60s" } } });
const settingsOf = (at: AProvisioning) => at.dittofs.settings.get("nfs");

test("named settings are set once, and others stay as somebody set them by hand", async () => {
  const at = new AProvisioning();
  at.dittofs.settings.set("nfs", { lease_time: 90, grace_period: 7 });
  assert.equal(resultsOf(await at.answered(server))["protocolSettings nfs"], "+ lease_time -> 60");
  assert.deepEqual(settingsOf(at), { lease_time: 60, grace_period: 7 });
  at.dittofs.takeCounts();
  await at.answered(server);
  const counts = at.dittofs.takeCounts();
  assert.ok(counts.reads <= 8);
  assert.equal(counts.writes, 0);
});

test("a setting changed by hand is put back", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.settings.set("nfs", { lease_time: 90 });
  await at.answered(server);
  assert.deepEqual(settingsOf(at), { lease_time: 60 });
});

test("a new pod is asked anew, whatever its predecessor showed", async () => {
  const at = new AProvisioning();
  const shares = Array.from({ length: 20 }, (_, index) => ({ name: `/share-${index}` }));
  const many = aServer({ ...server.spec, shares });
  at.sessions.seeProcess(server.metadata.uid, "pod-1");
  await at.answered(many);
  at.dittofs.settings.clear();
  at.sessions.seeProcess(server.metadata.uid, "pod-2");
  await at.answered(many);
  assert.deepEqual(settingsOf(at), { lease_time: 60 });
});

test("settings that the server refuses hold up nothing else", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "patchProtocolSettings" ? refusal("badRequest") : undefined);
  const results = resultsOf(await at.answered(aServer({ ...server.spec, shares: [{ name: "/a" }] })));
  assert.match(results["protocolSettings nfs"] ?? "", /^! Settings of adapter nfs: the server answers 400/);
  assert.equal(results["share /a"], "+ created");
});
