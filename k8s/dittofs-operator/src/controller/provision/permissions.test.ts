import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, ShareSpec } from "../../api/ditto-server.ts";
import { aServer } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage } from "./testing/a-provisioning.ts";
import { refusal, serverError } from "./testing/failed-calls.ts";

const byHand = { kind: "group", name: "by-hand", level: "admin" } as const;
const granting = (permissions: ShareSpec["permissions"], name = "/a"): DittoServer =>
  aServer({
    storage,
    users: [{ name: "alice" }, { name: "bob" }],
    shares: [{ name, ...(permissions !== undefined && { permissions }) }, { name: "/plain" }],
  });
const toBoth = granting({
  users: [
    { name: "alice", level: "read" },
    { name: "bob", level: "admin" },
  ],
});
const toAlice = granting({ users: [{ name: "alice", level: "read" }] });

async function granted(): Promise<AProvisioning> {
  const at = new AProvisioning();
  for (const name of ["alice", "bob"]) at.setPassword(name, "some-password");
  await at.answered(toBoth);
  at.dittofs.grants.get("/a")?.set("group by-hand", byHand);
  at.dittofs.takeCounts();
  return at;
}
const namesOn = (at: AProvisioning): readonly string[] => [...(at.dittofs.grants.get("/a")?.keys() ?? [])].toSorted();

test("share, users and their grants are there after one pass", async () => {
  const at = new AProvisioning();
  for (const name of ["alice", "bob"]) at.setPassword(name, "some-password");
  const seen = await at.answered(toBoth);
  assert.equal(resultsOf(seen)["permission of user bob on /a"], "+ admin granted");
  assert.deepEqual(seen.appliedGrants, { "/a": "user:alice user:bob" });
});

test("converged grants cost no write, and eight reads at most", async () => {
  const at = await granted();
  for (let pass = 0; pass < 3; pass += 1) {
    await at.answered(toBoth);
    const counts = at.dittofs.takeCounts();
    assert.ok(counts.reads <= 8);
    assert.equal(counts.writes, 0);
  }
});

test("a grant that the spec no longer names is taken back; one made by hand stays", async () => {
  const at = await granted();
  const seen = await at.answered(toAlice);
  assert.deepEqual(namesOn(at), ["group by-hand", "user alice"]);
  assert.deepEqual(seen.appliedGrants, { "/a": "user:alice" });
});

test("a spec without permissions takes all of the operator's grants back", async () => {
  const at = await granted();
  const seen = await at.answered(granting(undefined));
  assert.deepEqual(namesOn(at), ["group by-hand"]);
  assert.deepEqual(seen.appliedGrants, {});
});

test("a grant that was taken back and is made again by hand stays", async () => {
  const at = await granted();
  at.dittofs.grants.get("/a")?.delete("group by-hand");
  assert.deepEqual((await at.answered(granting(undefined))).appliedGrants, {});
  at.dittofs.grants.get("/a")?.set("user alice", { kind: "user", name: "alice", level: "read" });
  for (let pass = 0; pass < 3; pass += 1) await at.answered(granting(undefined));
  assert.deepEqual(namesOn(at), ["user alice"]);
});

test("an operator that has just started knows from the status which grants are its own", async () => {
  const at = await granted();
  at.sessions.forget(toBoth.metadata.uid);
  await at.answered({ ...toAlice, status: { applied: { grants: { "/a": "user:alice user:bob" } } } });
  assert.deepEqual(namesOn(at), ["group by-hand", "user alice"]);
});

test("without that knowledge nothing is taken back", async () => {
  const at = await granted();
  at.sessions.forget(toBoth.metadata.uid);
  await at.answered(toAlice);
  assert.deepEqual(namesOn(at), ["group by-hand", "user alice", "user bob"]);
});

test("permissions that cannot be read take nothing back, and the knowledge outlives it", async () => {
  const at = await granted();
  at.sessions.of(toBoth.metadata.uid).details.clear();
  at.dittofs.fate = ({ name }) => (name === "sharePermissions" ? serverError : undefined);
  const seen = await at.answered(toAlice);
  assert.match(resultsOf(seen)["permission of share /a"] ?? "", /^! The permissions of share \/a cannot be read/);
  assert.equal(at.dittofs.takeCounts().writes, 0);
  assert.deepEqual(seen.appliedGrants, { "/a": "user:alice user:bob" });
  at.dittofs.fate = () => undefined;
  await at.answered(toAlice);
  assert.deepEqual(namesOn(at), ["group by-hand", "user alice"]);
});

test("a grant whose answer got lost counts as the operator's own", async () => {
  const at = new AProvisioning();
  for (const name of ["alice", "bob"]) at.setPassword(name, "some-password");
  at.dittofs.fate = ({ name }) => (name === "grantPermission" ? "lostAnswer" : undefined);
  await at.answered(toBoth);
  at.dittofs.fate = () => undefined;
  await at.answered(toAlice);
  assert.deepEqual(namesOn(at), ["user alice"]);
});

test("a grant that the server refuses holds up no other", async () => {
  const at = new AProvisioning();
  for (const name of ["alice", "bob"]) at.setPassword(name, "some-password");
  at.dittofs.fate = ({ name, argument }) =>
    name === "grantPermission" && JSON.stringify(argument).includes("alice") ? refusal("notFound") : undefined;
  const results = resultsOf(await at.answered(toBoth));
  assert.match(
    results["permission of user alice on /a"] ?? "",
    /^! Permission of user alice on \/a: the server answers 404/,
  );
  assert.equal(results["permission of user bob on /a"], "+ admin granted");
});

test("a level changed by hand is found within a few looks", async () => {
  const at = await granted();
  at.dittofs.grants.get("/a")?.set("user alice", { kind: "user", name: "alice", level: "admin" });
  for (let pass = 0; pass < 3; pass += 1) await at.answered(toBoth);
  assert.equal(at.dittofs.grants.get("/a")?.get("user alice")?.level, "read");
});
