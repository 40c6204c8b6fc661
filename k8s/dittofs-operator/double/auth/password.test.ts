import assert from "node:assert/strict";
import { test } from "node:test";
import { isBcryptHash, isPassword, passwordHash, passwordProblem } from "./password.ts";

test("a password has 8 to 72 bytes", () => {
  assert.match(passwordProblem("1234567") ?? "", /at least 8/);
  assert.equal(passwordProblem("12345678"), undefined);
  assert.equal(passwordProblem("x".repeat(72)), undefined);
  assert.match(passwordProblem("x".repeat(73)) ?? "", /at most 72/);
  assert.match(passwordProblem("ä".repeat(37)) ?? "", /at most 72/);
});

test("a hash is of its password only, and never shows it", () => {
  const hash = passwordHash("some-password");
  assert.ok(isPassword("some-password", hash));
  assert.ok(!isPassword("some-passwore", hash));
  assert.ok(!hash.includes("some-password"));
  assert.notEqual(passwordHash("some-password"), hash);
  assert.ok(!isPassword("some-password", "nonsense"));
});

test("a bcrypt hash is known by its form", () => {
  const digest = "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
  for (const kind of ["2", "2a", "2b", "2y"]) assert.ok(isBcryptHash(`$${kind}$10$${digest}`));
  for (const hash of ["", "xyz", `$2a$03$${digest}`, `$2a$32$${digest}`, `$2a$10$${digest}x`, `$2c$10$${digest}`])
    assert.ok(!isBcryptHash(hash), hash);
});
