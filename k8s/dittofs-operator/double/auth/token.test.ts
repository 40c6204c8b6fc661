import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { Tokens } from "./token.ts";

const secret = "x".repeat(32);
const bearer = { uid: "1", username: "admin", role: "admin", groups: ["admins"] };

function tokensAt(clock: ManualClock, key = secret): Tokens {
  return new Tokens({ secret: key, accessMs: 900_000, refreshMs: 3_600_000 }, clock);
}

test("an access token tells who bears it until it expires", async () => {
  const clock = new ManualClock();
  const tokens = tokensAt(clock);
  const pair = tokens.pair(bearer);
  assert.equal(pair.expires_in, 900);
  const check = tokens.check(pair.access_token, "access");
  assert.ok(check.ok);
  assert.equal(check.claims.username, "admin");
  await clock.advance(899_000);
  assert.ok(tokens.check(pair.access_token, "access").ok);
  await clock.advance(1000);
  assert.deepEqual(tokens.check(pair.access_token, "access"), { ok: false, code: "expired" });
  assert.ok(tokens.check(pair.refresh_token, "refresh").ok);
});

test("access and refresh tokens cannot stand in for each other", () => {
  const tokens = tokensAt(new ManualClock());
  const pair = tokens.pair(bearer);
  assert.deepEqual(tokens.check(pair.refresh_token, "access"), { ok: false, code: "invalid" });
  assert.deepEqual(tokens.check(pair.access_token, "refresh"), { ok: false, code: "invalid" });
});

test("a token of another secret, a changed one and no token at all are invalid", () => {
  const tokens = tokensAt(new ManualClock());
  const { access_token } = tokens.pair(bearer);
  const [header, , signature] = access_token.split(".");
  const forged = Buffer.from(JSON.stringify({ ...bearer, token_type: "access", exp: 9e9 })).toString("base64url");
  const other = tokensAt(new ManualClock(), "y".repeat(32)).pair(bearer).access_token;
  for (const token of [other, `${header}.${forged}.${signature}`, "a.b.c", "a.b", "", `${access_token}.d`])
    assert.deepEqual(tokens.check(token, "access"), { ok: false, code: "invalid" }, token);
});
