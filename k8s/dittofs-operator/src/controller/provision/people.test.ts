import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServer, UserSpec } from "../../api/ditto-server.ts";
import { aServer } from "../../domain/testing/a-server.ts";
import { AProvisioning, resultsOf, storage } from "./testing/a-provisioning.ts";
import { noAnswer, refusal } from "./testing/failed-calls.ts";

const withUsers = (...users: readonly UserSpec[]): DittoServer =>
  aServer({ storage, groups: [{ name: "staff" }], users });
const alice: UserSpec = { name: "alice", uid: 1001, groups: ["staff"] };

async function provisioned(...users: readonly UserSpec[]): Promise<AProvisioning> {
  const at = new AProvisioning();
  for (const { name } of users) at.setPassword(name, `password-of-${name}`);
  await at.answered(withUsers(...users));
  at.dittofs.takeCounts();
  return at;
}

test("groups and users are made in one pass with their passwords, and the pass says which were set", async () => {
  const at = new AProvisioning();
  at.setPassword("alice", "password-of-alice");
  const seen = await at.answered(withUsers(alice));
  const results = resultsOf(seen);
  assert.deepEqual([results["group staff"], results["user alice"]], ["+ created", "+ created"]);
  assert.partialDeepStrictEqual(at.dittofs.users.get("alice"), { groups: ["staff"], password: "password-of-alice" });
  assert.deepEqual(seen.appliedPasswords, { alice: "digest of password-of-alice" });
  assert.doesNotMatch(
    JSON.stringify([seen, resultsOf(seen)]).replaceAll("digest of password-of-alice", ""),
    /password-of/,
  );
});

test("converged users cost two lists, no write and no read of a Secret", async () => {
  const at = await provisioned(alice);
  at.userSecrets.clear();
  await at.answered(withUsers(alice));
  const counts = at.dittofs.takeCounts();
  assert.ok(counts.reads <= 8);
  assert.equal(counts.writes, 0);
});

test("however many shares and users there are, a look at a converged server costs eight reads at most", async () => {
  const at = new AProvisioning();
  const users = Array.from({ length: 50 }, (_, index) => ({ name: `user-${index}`, groups: ["staff"] }));
  for (const { name } of users) at.setPassword(name, "some-password");
  const shares = Array.from({ length: 20 }, (_, index) => ({ name: `/share-${index}` }));
  const server = aServer({ storage, shares, users, groups: [{ name: "staff" }] });
  await at.answered(server);
  at.dittofs.takeCounts();
  for (let pass = 0; pass < 5; pass += 1) {
    await at.answered(server);
    const counts = at.dittofs.takeCounts();
    assert.ok(counts.reads <= 8, `${counts.reads} reads`);
    assert.equal(counts.writes, 0);
  }
});

test("a password that changes in its Secret is set once", async () => {
  const at = await provisioned(alice);
  at.setPassword("alice", "a-new-password");
  assert.equal(resultsOf(await at.answered(withUsers(alice)))["user alice"], "+ password set");
  assert.equal(at.dittofs.users.get("alice")?.password, "a-new-password");
  at.dittofs.takeCounts();
  await at.answered(withUsers(alice));
  assert.equal(at.dittofs.takeCounts().writes, 0);
});

test("an operator that starts believes the status, and sets no password again", async () => {
  const at = await provisioned(alice);
  at.sessions.forget(withUsers().metadata.uid);
  const status = { applied: { userPasswords: { alice: "digest of password-of-alice" } } };
  await at.answered({ ...withUsers(alice), status });
  assert.equal(at.dittofs.takeCounts().writes, 0);
});

test("a password whose answer got lost is set again in the next pass", async () => {
  const at = await provisioned(alice);
  at.setPassword("alice", "a-new-password");
  at.dittofs.fate = ({ name }) => (name === "setUserPassword" ? "lostAnswer" : undefined);
  assert.match(resultsOf(await at.answered(withUsers(alice)))["user alice"] ?? "", /^! User alice: .* got no answer/);
  at.dittofs.fate = () => undefined;
  assert.equal(resultsOf(await at.answered(withUsers(alice)))["user alice"], "+ password set");
});

test("a Secret that goes away between look and call is that user's failure, and no other's", async () => {
  const at = new AProvisioning();
  for (const name of ["alice", "bob"]) at.setPassword(name, "some-password");
  at.userSecrets.delete("alice");
  const results = resultsOf(await at.answered(withUsers(alice, { name: "bob" })));
  assert.equal(results["user alice"], "! User alice has not got its password. It is gone.");
  assert.equal(results["user bob"], "+ created");
});

test("a user that the server refuses holds up nobody else", async () => {
  const at = new AProvisioning();
  for (const name of ["alice", "bob"]) at.setPassword(name, "some-password");
  at.dittofs.fate = ({ name, argument }) =>
    name === "createUser" && JSON.stringify(argument).includes("alice") ? refusal("conflict") : undefined;
  const results = resultsOf(await at.answered(withUsers(alice, { name: "bob" })));
  assert.match(results["user alice"] ?? "", /^! User alice: the server answers 409/);
  assert.equal(results["user bob"], "+ created");
});

test("a user that leaves the spec stays on the server and is told, until somebody removes it there", async () => {
  const at = await provisioned(alice, { name: "bob" });
  const seen = await at.answered(withUsers(alice));
  assert.deepEqual(seen.keptUsers, ["bob"]);
  assert.ok("bob" in seen.appliedPasswords, "so that it is told after a restart of the operator, too");
  assert.equal(at.dittofs.takeCounts().writes, 0);
  at.dittofs.users.delete("bob");
  assert.deepEqual((await at.answered(withUsers(alice))).keptUsers, []);
});

test("memberships of a declared user are what the spec says; users made by hand are left alone", async () => {
  const at = await provisioned(alice);
  const byHand = {
    name: "by-hand",
    role: "admin",
    enabled: false,
    groups: ["users"],
    displayName: "",
    email: "",
    password: "x",
  };
  at.dittofs.users.set("by-hand", byHand);
  const user = at.dittofs.users.get("alice");
  assert.ok(user);
  at.dittofs.users.set("alice", { ...user, groups: ["users", "staff"] });
  await at.answered(withUsers(alice));
  assert.deepEqual(at.dittofs.users.get("alice")?.groups, ["staff"]);
  assert.deepEqual(at.dittofs.users.get("by-hand"), byHand);
});

test("a list of users or groups that fails is not an empty list: nothing is written", async () => {
  for (const list of ["users", "groups"] as const) {
    const at = await provisioned(alice);
    at.dittofs.fate = ({ name }) => (name === list ? noAnswer : undefined);
    assert.equal((await at.pass(withUsers(alice, { name: "bob" }))).kind, "unreachable", list);
    assert.equal(at.dittofs.takeCounts().writes, 0, list);
  }
});

test("a server that lost everything gets its users again with the same passwords", async () => {
  const at = await provisioned(alice);
  at.dittofs.users.clear();
  at.dittofs.groupList = [];
  await at.answered(withUsers(alice));
  assert.equal(at.dittofs.users.get("alice")?.password, "password-of-alice");
});
