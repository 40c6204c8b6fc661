import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { adminPassword, doubleFor } from "../fresh-double.ts";

const login = "/api/v1/auth/login";
const refresh = "/api/v1/auth/refresh";
const own = "/api/v1/users/me/password";

test("a login gives two tokens and the user", async (t) => {
  const fresh = await doubleFor(t);
  const { object } = await fresh.call("POST", login, { username: "admin", password: adminPassword }, "");
  assert.deepEqual([object.token_type, object.expires_in], ["Bearer", 900]);
  assert.match(JSON.stringify(object.user), /"username":"admin".*"role":"admin","uid":0,"groups":\["admins"\]/);
  assert.doesNotMatch(JSON.stringify(object.user), /hash|"password"/i);
});

test("who may not log in, and why", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", "/api/v1/users", { username: "off", password: "some-password" });
  await fresh.call("PUT", "/api/v1/users/off", { enabled: false });
  const rows: readonly (readonly [body: object, status: number, because: string])[] = [
    [{}, 400, "nothing"],
    [{ username: "admin" }, 400, "no password"],
    [{ username: "admin", password: "wrong-password" }, 401, "wrong password"],
    [{ username: "nobody", password: "wrong-password" }, 401, "no such user"],
    [{ username: "off", password: "some-password" }, 403, "disabled"],
    [{ username: "off", password: "wrong-password" }, 403, "disabled comes before the password"],
  ];
  for (const [body, status, because] of rows)
    assert.equal((await fresh.call("POST", login, body, "")).status, status, because);
});

test("a refresh reads role and flags anew; the old access token goes on as it was", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", "/api/v1/users", { username: "u", password: "some-password" });
  const first = (await fresh.call("POST", login, { username: "u", password: "some-password" }, "")).object;
  await fresh.call("PUT", "/api/v1/users/u", { role: "operator" });
  assert.equal((await fresh.call("GET", "/api/v1/adapters", undefined, String(first.access_token))).status, 403);
  const second = (await fresh.call("POST", refresh, { refresh_token: first.refresh_token }, "")).object;
  assert.equal((await fresh.call("GET", "/api/v1/adapters", undefined, String(second.access_token))).status, 200);
  await fresh.call("PUT", "/api/v1/users/u", { enabled: false });
  assert.equal((await fresh.call("GET", "/api/v1/adapters", undefined, String(second.access_token))).status, 200);
  assert.equal((await fresh.call("POST", refresh, { refresh_token: second.refresh_token }, "")).status, 403);
  await fresh.call("DELETE", "/api/v1/users/u");
  assert.equal((await fresh.call("POST", refresh, { refresh_token: second.refresh_token }, "")).status, 401);
});

test("a refresh needs a refresh token", async (t) => {
  const fresh = await doubleFor(t);
  const token = await fresh.login("admin", adminPassword);
  for (const [body, status] of [
    [{}, 400],
    [{ refresh_token: "x" }, 401],
    [{ refresh_token: token }, 401],
  ] as const) // a table
    assert.equal((await fresh.call("POST", refresh, body, "")).status, status);
});

test("tokens end with their time, and with another secret after a restart", async (t) => {
  const clock = new ManualClock({ wallMs: Date.UTC(2026, 0, 1) });
  const fresh = await doubleFor(t, { clock });
  const token = await fresh.login("admin", adminPassword);
  await clock.advance(899_000);
  assert.equal((await fresh.call("GET", "/api/v1/auth/me", undefined, token)).status, 200);
  await clock.advance(1000);
  assert.equal((await fresh.call("GET", "/api/v1/auth/me", undefined, token)).status, 401);
  const later = await fresh.login("admin", adminPassword);
  await fresh.restart();
  assert.equal((await fresh.call("GET", "/api/v1/auth/me", undefined, later)).status, 200, "same secret");
  await fresh.restart({ env: { DITTOFS_CONTROLPLANE_SECRET: "another-secret-that-is-long-enough" } });
  assert.equal((await fresh.call("GET", "/api/v1/auth/me", undefined, later)).status, 401, "another secret");
});

test("the own password is changed with the current one, and new tokens come back", async (t) => {
  const fresh = await doubleFor(t);
  const rows: readonly (readonly [body: object, status: number, because: string])[] = [
    [{}, 400, "no new password"],
    [{ new_password: "new-password" }, 400, "no current password"],
    [{ new_password: "new-password", current_password: "wrong" }, 401, "wrong current password"],
    [{ new_password: "short", current_password: adminPassword }, 500, "too short is the server's own fault here"],
    [{ new_password: "new-password", current_password: adminPassword }, 200, "right"],
  ];
  for (const [body, status, because] of rows)
    assert.equal((await fresh.call("POST", own, body)).status, status, because);
  assert.equal(await fresh.login("admin", adminPassword), "");
  assert.notEqual(await fresh.login("admin", "new-password"), "");
});

test("who must change the password can do nothing else, and needs not tell the current one", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", "/api/v1/users", { username: "second", password: "some-password", role: "admin" });
  const token = await fresh.login("second", "some-password");
  const refused = await fresh.call("GET", "/api/v1/shares", undefined, token);
  assert.deepEqual([refused.status, refused.type], [403, "text/plain; charset=utf-8"]);
  assert.match(String(refused.body), /account "second" must set a new password/);
  assert.equal((await fresh.call("GET", "/api/v1/auth/me", undefined, token)).object.must_change_password, true);
  const changed = await fresh.call("POST", `${own}/`, { new_password: "other-password" }, token);
  assert.equal(changed.status, 200);
  assert.equal(
    (await fresh.call("GET", "/api/v1/shares", undefined, token)).status,
    403,
    "the old token still says so",
  );
  assert.equal((await fresh.call("GET", "/api/v1/shares", undefined, String(changed.object.access_token))).status, 200);
});
