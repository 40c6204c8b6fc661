import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { AProvisioning, withShares } from "./testing/a-provisioning.ts";
import { noAnswer, refusal } from "./testing/failed-calls.ts";

const server = withShares("/a");
const digest = (password: string) => createHash("sha256").update(password).digest("hex");
const wanting = (password: string) => ({ adminPasswordDigest: digest(password) });

/** A server that has been logged in to, and then a Secret with another password. */
async function renewed(previous?: string): Promise<AProvisioning> {
  const at = new AProvisioning();
  await at.pass(server, wanting("right-password"));
  at.secret = { kind: "present", password: "next-password", ...(previous !== undefined && { previous }) };
  at.dittofs.calls.length = 0;
  return at;
}
const names = (at: AProvisioning) => at.dittofs.calls.map(({ name }) => name);

test("a generated password that is renewed is told with the one before it, and the pass goes on", async () => {
  const at = await renewed("right-password");
  const seen = await at.pass(server, wanting("next-password"));
  assert.equal(at.dittofs.password, "next-password");
  assert.ok(seen.kind === "answered");
  assert.equal(seen.adminPasswordDigest, digest("next-password"));
  assert.deepEqual(names(at).slice(0, 3), ["login", "login", "setOwnPassword"]);
  at.dittofs.calls.length = 0;
  await at.pass(server, wanting("next-password"));
  assert.ok(!names(at).some((name) => name === "login" || name === "setOwnPassword"), "once is enough");
});

test("an operator that died after the server was told finds that it has the next password", async () => {
  const at = new AProvisioning();
  at.dittofs.password = "next-password";
  at.secret = { kind: "present", password: "next-password", previous: "right-password" };
  const seen = await at.pass(server, wanting("next-password"));
  assert.ok(seen.kind === "answered");
  assert.equal(seen.adminPasswordDigest, digest("next-password"));
  assert.deepEqual(
    names(at).filter((name) => name === "setOwnPassword"),
    [],
  );
});

test("a lost answer to the change is looked at before anything else", async () => {
  const at = await renewed("right-password");
  at.dittofs.fate = ({ name }) => (name === "setOwnPassword" ? "lostAnswer" : undefined);
  assert.equal((await at.pass(server, wanting("next-password"))).kind, "unreachable");
  at.dittofs.fate = () => undefined;
  const seen = await at.pass(server, wanting("next-password"));
  assert.ok(seen.kind === "answered");
  assert.equal(at.dittofs.password, "next-password");
});

test("a change that the server refuses keeps the operator at work with the password that holds", async () => {
  const at = await renewed("right-password");
  at.dittofs.fate = ({ name }) => (name === "setOwnPassword" ? refusal("badRequest") : undefined);
  const seen = await at.pass(server, wanting("next-password"));
  assert.ok(seen.kind === "answered");
  assert.equal(seen.adminPasswordDigest, digest("right-password"), "so that nothing is promoted");
});

test("a password that a user changes in a Secret of their own is set with the token that is held", async () => {
  const at = await renewed();
  const seen = await at.pass(server, wanting("next-password"));
  assert.ok(seen.kind === "answered");
  assert.equal(at.dittofs.password, "next-password");
  assert.deepEqual(names(at).slice(0, 3), ["setUserPassword", "login", "setOwnPassword"]);
});

test("an operator that holds no token any more says what to do about a changed password", async () => {
  const at = new AProvisioning();
  at.secret = { kind: "present", password: "next-password" };
  const seen = await at.pass(server, wanting("next-password"));
  assert.match(seen.kind === "loginFailed" ? seen.message : "", /put that one into the Secret, or start with a new/);
  assert.equal(at.dittofs.password, "right-password");
});

test("a server that does not answer keeps its password, and is told when it does", async () => {
  const at = await renewed();
  at.dittofs.fate = () => noAnswer;
  assert.equal((await at.pass(server, wanting("next-password"))).kind, "unreachable");
  at.dittofs.fate = () => undefined;
  assert.equal((await at.pass(server, wanting("next-password"))).kind, "answered");
  assert.equal(at.dittofs.password, "next-password");
});

test("a reset is made once for a password, whatever becomes of it", async () => {
  const at = await renewed();
  at.dittofs.fate = ({ name }) => (name === "setUserPassword" ? refusal("badRequest") : undefined);
  assert.equal((await at.pass(server, wanting("next-password"))).kind, "loginFailed");
  await at.clock.advance(600_000);
  await at.pass(server, wanting("next-password"));
  assert.equal(names(at).filter((name) => name === "setUserPassword").length, 1);
});
