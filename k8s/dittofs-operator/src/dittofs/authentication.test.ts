import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { dittoFsClient } from "./dittofs-client.ts";
import { loopbackServer } from "./testing/loopback-server.ts";
import { withAnswer } from "./testing/with-answer.ts";

const signal = new AbortController().signal;

const tokens = {
  access_token: "eyJ.a.b",
  refresh_token: "eyJ.c.d",
  token_type: "Bearer",
  expires_in: 900,
  user: { username: "admin", must_change_password: false },
};
const tokensRead = {
  accessToken: "eyJ.a.b",
  refreshToken: "eyJ.c.d",
  lifetimeMs: 900_000,
  mustChangePassword: false,
};

test("logs in, refreshes and sets the own password, each without or with the right token", {
  timeout: 10_000,
}, async () => {
  await withAnswer(tokens, async ({ dittofs, server: { target, received } }) => {
    const value = { code: "ok", value: tokensRead };
    assert.deepEqual(await dittofs.login(target, { username: "admin", password: "pass-word" }, signal), value);
    assert.deepEqual(await dittofs.refresh(target, "eyJ.c.d", signal), value);
    const change = { accessToken: "eyJ.a.b", newPassword: "pass-word" };
    assert.deepEqual(await dittofs.setOwnPassword(target, change, signal), value);
    assert.deepEqual(received, [
      {
        method: "POST",
        path: "/api/v1/auth/login",
        authorization: undefined,
        body: '{"username":"admin","password":"pass-word"}',
      },
      {
        method: "POST",
        path: "/api/v1/auth/refresh",
        authorization: undefined,
        body: '{"refresh_token":"eyJ.c.d"}',
      },
      {
        method: "POST",
        path: "/api/v1/users/me/password",
        authorization: "Bearer eyJ.a.b",
        body: '{"new_password":"pass-word"}',
      },
    ]);
  });
});

test("tokens are taken only if they can stand in a header, and a lifetime only within reason", {
  timeout: 10_000,
}, async () => {
  const rows: readonly (readonly [changes: object, code: string, lifetimeMs: number])[] = [
    [{ expires_in: 0 }, "ok", 1000],
    [{ expires_in: 1e12 }, "ok", 30 * 24 * 3_600_000],
    [{ access_token: "a\r\nx: y" }, "unavailable", 0],
    [{ access_token: "" }, "unavailable", 0],
  ];
  for (const [changes, code, lifetimeMs] of rows) {
    await withAnswer({ ...tokens, ...changes }, async ({ dittofs, server: { target } }) => {
      const answer = await dittofs.login(target, { username: "admin", password: "pass-word" }, signal);
      assert.equal(answer.code, code);
      if (answer.code === "ok") assert.equal(answer.value.lifetimeMs, lifetimeMs);
    });
  }
});

test("a server that echoes what it was sent gives no secret away", { timeout: 10_000 }, async () => {
  const server = await loopbackServer(({ authorization, body }, response) => {
    const detail = `refused: ${authorization} ${body}`;
    response.writeHead(400, { "content-type": "application/problem+json" }).end(JSON.stringify({ detail }));
  });
  const { target } = server;
  const dittofs = dittoFsClient(new ManualClock());
  const answers = [
    await dittofs.login(target, { username: "admin", password: "pass-word" }, signal),
    await dittofs.refresh(target, "refresh-token", signal),
    await dittofs.setOwnPassword(target, { accessToken: "access-token", newPassword: "pass-word" }, signal),
    await dittofs.api(target, "access-token").adapters(signal),
    await dittofs.api(target, "access-token").disableShare({ name: "/export" }, signal),
  ];
  await server.close();
  assert.ok(answers.every((answer) => answer.code === "badRequest" && answer.detail.startsWith("refused: ")));
  assert.doesNotMatch(JSON.stringify(answers), /pass-word|refresh-token|access-token/);
});
