import assert from "node:assert/strict";
import { test } from "node:test";
import { AProvisioning, withShares } from "./testing/a-provisioning.ts";
import { noAnswer, refusal } from "./testing/failed-calls.ts";

const server = withShares("/a");
const { uid } = server.metadata;

test("a token is refreshed when four fifths of its life are over, not before, and without the password", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.takeCounts();
  await at.clock.advance(900_000 * 0.8 - 1);
  await at.answered(server);
  assert.deepEqual(at.dittofs.takeCounts(), { reads: 5, writes: 0, logins: 0, refreshes: 0 });
  await at.clock.advance(1);
  await at.answered(server);
  assert.deepEqual(at.dittofs.takeCounts(), { reads: 5, writes: 0, logins: 0, refreshes: 1 });
  assert.equal(at.secretReads, 1);
});

test("a refresh token that is worth nothing any more is followed by a login", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.revokeTokens();
  await at.clock.advance(900_000);
  at.dittofs.takeCounts();
  await at.answered(server);
  const { logins, refreshes } = at.dittofs.takeCounts();
  assert.deepEqual([logins, refreshes], [1, 1]);
});

test("a token that the server no longer knows is replaced within the pass by one login", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.revokeTokens();
  at.dittofs.takeCounts();
  await at.answered(server);
  assert.equal(at.dittofs.takeCounts().logins, 1);
});

test("a server that refuses its own fresh tokens is logged in to once per pass, and nothing is written", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "adapters" ? refusal("unauthorized") : undefined);
  for (let pass = 0; pass < 3; pass += 1) {
    assert.equal((await at.pass(server)).kind, "unreachable");
    assert.deepEqual(at.dittofs.takeCounts(), { reads: 1, writes: 0, logins: 1, refreshes: 0 });
  }
});

test("a refused password is said with what to do, and tried ever more rarely: 10 s, then double, 5 minutes at most", async () => {
  const at = new AProvisioning();
  at.dittofs.password = "another-password";
  const seen = await at.pass(server);
  assert.equal(seen.kind, "loginFailed");
  assert.match(
    seen.kind === "loginFailed" ? seen.message : "",
    /password of account admin in Secret files-admin-bootstrap-credentials.*put that one into the Secret, or start with a new control-plane volume/,
  );
  for (const pauseSeconds of [10, 20, 40, 80, 160, 300, 300]) {
    at.dittofs.takeCounts();
    const readsBefore = at.secretReads;
    await at.clock.advance(pauseSeconds * 1000 - 1);
    assert.deepEqual(await at.pass(server), seen, "the same words, so that the condition does not flap");
    assert.equal(at.dittofs.takeCounts().logins, 0);
    assert.equal(at.secretReads, readsBefore);
    await at.clock.advance(1);
    await at.pass(server);
    assert.equal(at.dittofs.takeCounts().logins, 1, `after ${pauseSeconds} s`);
  }
});

test("a corrected password is used at once when the caller says that it changed", async () => {
  const at = new AProvisioning();
  at.secret = { kind: "present", password: "mistyped-password" };
  assert.equal((await at.pass(server)).kind, "loginFailed");
  at.secret = { kind: "present", password: "right-password" };
  at.sessions.allowLogin(uid);
  await at.answered(server);
});

test("a success forgets earlier refusals", async () => {
  const at = new AProvisioning();
  at.dittofs.password = "another-password";
  await at.pass(server);
  await at.clock.advance(10_000);
  at.dittofs.password = "right-password";
  await at.answered(server);
  at.dittofs.password = "another-password";
  at.dittofs.revokeTokens();
  await at.pass(server);
  at.dittofs.takeCounts();
  await at.clock.advance(10_000);
  await at.pass(server);
  assert.equal(at.dittofs.takeCounts().logins, 1, "the pause begins anew with ten seconds");
});

test("a password that cannot be read is no attempt, and its message is passed on", async () => {
  const at = new AProvisioning();
  at.secret = { kind: "absent", message: "Secret x has no key password. Add it." };
  assert.deepEqual(await at.pass(server), { kind: "loginFailed", message: "Secret x has no key password. Add it." });
  assert.equal(at.dittofs.calls.length, 0);
  at.secret = { kind: "present", password: "right-password" };
  await at.answered(server);
});

test("a server that cannot be reached for the login is unreachable, which is no refusal", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = () => noAnswer;
  assert.equal((await at.pass(server)).kind, "unreachable");
  at.dittofs.fate = () => undefined;
  await at.answered(server);
});

test("a disabled account and other refusals say so", async () => {
  const rows = [
    ["forbidden", /lets the account admin not in\. The answer to POST \/x is 403.*Enable the account/],
    ["badRequest", /The login as admin failed\. The answer to POST \/x is 400/],
  ] as const;
  for (const [code, message] of rows) {
    const at = new AProvisioning();
    at.dittofs.fate = ({ name }) => (name === "login" ? refusal(code) : undefined);
    const seen = await at.pass(server);
    assert.match(seen.kind === "loginFailed" ? seen.message : "", message);
  }
});

test("an account that lost its role names the call that was refused, and asks rarely", async () => {
  const at = new AProvisioning();
  at.dittofs.fate = ({ name }) => (name === "adapters" ? refusal("forbidden") : undefined);
  const seen = await at.pass(server);
  assert.match(
    seen.kind === "loginFailed" ? seen.message : "",
    /may not do what the operator needs.*POST \/x is 403.*role admin/,
  );
  at.dittofs.takeCounts();
  await at.pass(server);
  assert.equal(at.dittofs.takeCounts().logins, 0);
  at.dittofs.fate = () => undefined;
  await at.clock.advance(10_000);
  await at.answered(server);
});

test("an account that must change its password keeps it, and the operator can work", async () => {
  const at = new AProvisioning();
  at.dittofs.mustChangePassword = true;
  await at.answered(server);
  assert.equal(at.dittofs.password, "right-password");
  assert.equal(at.dittofs.calls.filter(({ name }) => name === "setOwnPassword").length, 1);
});

test("an account whose password is not accepted again says what to do", async () => {
  const at = new AProvisioning();
  at.dittofs.mustChangePassword = true;
  at.dittofs.fate = ({ name }) => (name === "setOwnPassword" ? refusal("badRequest") : undefined);
  const seen = await at.pass(server);
  assert.match(
    seen.kind === "loginFailed" ? seen.message : "",
    /wants the account admin to set a new password.*dfsctl/,
  );
});

test("servers do not share a session, and a forgotten one starts anew", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  at.dittofs.takeCounts();
  await at.answered({ ...server, metadata: { ...server.metadata, uid: "another" } });
  assert.equal(at.dittofs.takeCounts().logins, 1);
  at.sessions.forget(uid);
  await at.answered(server);
  assert.equal(at.dittofs.takeCounts().logins, 1);
});

test("another server behind the same address gets one password and no write", async () => {
  const at = new AProvisioning();
  await at.answered(server);
  const other = new AProvisioning();
  other.dittofs.password = "another-password";
  const seen = await at.pass(server, { dittofs: other.dittofs });
  assert.equal(seen.kind, "loginFailed");
  assert.deepEqual(other.dittofs.takeCounts(), { reads: 1, writes: 0, logins: 1, refreshes: 0 });
});
