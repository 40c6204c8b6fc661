import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage } from "./testing/a-provisioning.ts";
import { noAnswer, refusal } from "./testing/failed-calls.ts";

const s3 = { bucket: "files", credentialsSecretRef: { name: "keys" } };
const server = aServer({
  storage,
  stores: { remote: [{ name: "offsite", type: "s3", s3 }] },
  shares: [{ name: "/kept", remoteStore: "offsite" }, { name: "/local" }],
});

function withKeys(): AProvisioning {
  const at = new AProvisioning();
  at.sessions.seeProcess(server.metadata.uid, "pod-1");
  at.setStoreKeys("offsite", "AK1", "SK1");
  return at;
}

test("a bucket is there with its access key before the share that is on it, and nothing is sent again", async () => {
  const at = withKeys();
  const first = await at.answered(server);
  assert.partialDeepStrictEqual(resultsOf(first), {
    "remoteStore offsite": "+ created (bucket files)",
    "share /kept": "+ created",
  });
  assert.equal(at.dittofs.remote.keys.get("offsite"), "SK1");
  assert.equal(at.dittofs.shareList.find(({ name }) => name === "/kept")?.remoteStoreId, "id-of-offsite");
  assert.equal(JSON.stringify(first).includes("SK1"), false);
  at.dittofs.takeCounts();
  const second = await at.answered(server);
  const { writes, reads } = at.dittofs.takeCounts();
  assert.equal(writes, 0);
  assert.ok(reads <= 8);
  assert.deepEqual(second.appliedStores, first.appliedStores);
});

test("a store whose creation was not answered is compared and not sent again", async () => {
  const at = withKeys();
  let creations = 0;
  at.dittofs.fate = ({ name }) => {
    if (name !== "createRemoteStore") return undefined;
    creations += 1;
    return "lostAnswer";
  };
  const seen = await at.answered(server);
  assert.equal(creations, 1);
  assert.equal(resultsOf(seen)["share /kept"], "+ created");
  assert.equal(at.dittofs.calls.filter(({ name }) => name === "updateRemoteStore").length, 0);
});

test("a new access key is sent once, and counts as used when the process has started again", async () => {
  const at = withKeys();
  const before = await at.answered(server);
  at.setStoreKeys("offsite", "AK1", "SK2");
  const rotated = await at.answered(server);
  assert.equal(resultsOf(rotated)["remoteStore offsite"], "+ access key set");
  assert.equal(at.dittofs.remote.keys.get("offsite"), "SK2");
  assert.deepEqual(rotated.appliedStores, before.appliedStores);
  assert.match(rotated.outdated ?? "", /new access key or address of remote store offsite/);
  at.dittofs.takeCounts();
  await at.answered(server);
  assert.equal(at.dittofs.takeCounts().writes, 0);
  at.sessions.seeProcess(server.metadata.uid, "pod-2");
  const after = await at.answered(server);
  assert.notDeepEqual(after.appliedStores, before.appliedStores);
  assert.equal(after.outdated, undefined);
  assert.equal(at.dittofs.takeCounts().writes, 0);
});

test("a server that lost its stores while the key changed gets the new one once and needs no restart", async () => {
  const at = withKeys();
  await at.answered(server);
  [at.dittofs.remote.list, at.dittofs.shareList] = [[], []];
  at.setStoreKeys("offsite", "AK1", "SK2");
  const { outdated } = await at.answered(server);
  assert.equal(outdated, undefined);
  assert.equal(at.dittofs.calls.filter(({ name }) => name === "updateRemoteStore").length, 0);
  assert.equal(at.dittofs.remote.keys.get("offsite"), "SK2");
});

test("an operator that starts while a new key waits for the restart sends it again", async () => {
  const at = withKeys();
  const { appliedStores } = await at.answered(server);
  at.setStoreKeys("offsite", "AK1", "SK2");
  await at.answered(server);
  at.sessions.forget(server.metadata.uid);
  at.dittofs.takeCounts();
  const again = await at.answered({ ...server, status: { applied: { remoteStores: appliedStores } } });
  assert.equal(at.dittofs.takeCounts().writes, 1);
  assert.deepEqual(again.appliedStores, appliedStores);
});

test("a Secret that is gone holds up its store and the shares on it, and nothing else", async () => {
  const at = new AProvisioning();
  at.storeCredentials = new Map([["offsite", { kind: "unusable", message: "Secret keys does not exist. Create it." }]]);
  const results = resultsOf(await at.answered(server));
  assert.equal(results["remoteStore offsite"], "! Remote store offsite: Secret keys does not exist. Create it.");
  assert.match(results["share /kept"] ?? "", /waits for remote store offsite/);
  assert.equal(results["share /local"], "+ created");
});

test("a Secret that vanishes between the look and the call is named", async () => {
  const at = withKeys();
  at.storeSecrets.clear();
  const results = resultsOf(await at.answered(server));
  assert.equal(results["remoteStore offsite"], "! Remote store offsite has not got its access key. It is gone.");
});

test("what the server refuses of an address is told with the field that allows it", async () => {
  const at = withKeys();
  at.dittofs.fate = ({ name }) => (name === "createRemoteStore" ? refusal("badRequest") : undefined);
  const results = resultsOf(await at.answered(server));
  assert.match(results["remoteStore offsite"] ?? "", /answers 400 .*"the server's words".*allowPrivateEndpoint: true/);
});

test("a server without remote stores is not asked about them", async () => {
  const at = new AProvisioning();
  await at.answered(aServer({ storage, shares: [{ name: "/local" }] }));
  assert.equal(
    at.dittofs.calls.some(({ name }) => name === "remoteStores"),
    false,
  );
});

test("remote stores that cannot be read end the pass: nobody knows what is there", async () => {
  const at = withKeys();
  at.dittofs.fate = ({ name }) => (name === "remoteStores" ? { ...noAnswer, because: "serverError" } : undefined);
  assert.equal((await at.pass(server)).kind, "unreachable");
});
