import assert from "node:assert/strict";
import { test } from "node:test";
import { nfsAsCreated } from "../../domain/testing/nfs-as-created.ts";
import { AProvisioning, resultsOf, withShares } from "./testing/a-provisioning.ts";
import { refusal, serverError } from "./testing/failed-calls.ts";

const names = Array.from({ length: 10 }, (_, index) => `/share-${index}`);
const server = withShares(...names);

test("NFS settings changed by hand are found within a few looks, although each look reads only some", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  for (const name of names) at.dittofs.nfsConfigs.set(name, { ...nfsAsCreated, squash: "none" });
  for (let pass = 0; pass < 3; pass += 1) {
    const results = Object.values(resultsOf(await at.answered(server)));
    assert.ok(results.includes("+ squash none -> root_to_guest"));
    assert.ok(!results.some((result) => result.startsWith("!")), "what was written is read again at once");
  }
  assert.deepEqual(
    [...at.dittofs.nfsConfigs.values()],
    names.map(() => nfsAsCreated),
  );
});

test("no NFS settings are read twice while others wait", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.calls.length = 0;
  for (let pass = 0; pass < 5; pass += 1) {
    await at.clock.advance(30_000);
    await at.answered(server);
  }
  const reads = at.dittofs.calls.filter(({ name }) => name === "shareNfsConfig").map(({ argument }) => argument);
  for (const name of names) assert.equal(reads.filter((read) => read === name).length, 2, name);
});

test("a pass that looks twice does not read twice as many settings", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.shareList = at.dittofs.shareList.map((share) => ({ ...share, readOnly: share.name === "/share-9" }));
  at.dittofs.calls.length = 0;
  await at.answered(server);
  const reads = at.dittofs.calls.filter(({ name }) => name === "shareNfsConfig").map(({ argument }) => argument);
  assert.deepEqual(reads, ["/share-0", "/share-1", "/share-2", "/share-3", "/share-9"]);
});

test("NFS settings are read anew for a share that was deleted and made again by hand", async () => {
  const at = new AProvisioning();
  await at.answered(withShares("/a"));
  at.dittofs.shareList = at.dittofs.shareList.map((share) => ({ ...share, id: "another" }));
  at.dittofs.nfsConfigs.set("/a", { ...nfsAsCreated, squash: "none" });
  const results = resultsOf(await at.answered(withShares("/a")));
  assert.equal(results["share /a"], "+ squash none -> root_to_guest");
});

test("shares that are not declared are not read", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.sessions.forget(server.metadata.uid);
  at.dittofs.calls.length = 0;
  await at.answered(withShares("/share-3"));
  const reads = at.dittofs.calls.filter(({ name }) => name === "shareNfsConfig");
  assert.deepEqual(new Set(reads.map(({ argument }) => argument)), new Set(["/share-3"]));
});

test("NFS settings that the server refuses or fails for one share are that share's failure, and heal", async () => {
  for (const failure of [refusal("notFound"), serverError]) {
    const at = new AProvisioning();
    const bad = { name: "shareNfsConfig", argument: "/share-3" };
    at.dittofs.fate = ({ name, argument }) => (name === bad.name && argument === bad.argument ? failure : undefined);
    const results = resultsOf(await at.answered(server));
    assert.match(results["share /share-3"] ?? "", /^! The NFS settings of share \/share-3 cannot be read/);
    assert.equal(Object.values(results).filter((result) => result.startsWith("!")).length, 1);
    at.dittofs.fate = () => undefined;
    assert.equal(resultsOf(await at.answered(server))["share /share-3"], "=");
  }
});
