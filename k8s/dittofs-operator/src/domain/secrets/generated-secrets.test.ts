import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import {
  acceptedBytes,
  freshValue,
  generatedAdminSecret,
  generatedData,
  generatedJwtSecret,
} from "./generated-secrets.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const fresh = (kind: string) => `fresh ${kind} value`;
const jwt = generatedJwtSecret(aServer());
const admin = generatedAdminSecret(aServer());

test("a Secret that is not there gets a fresh value under its key", () => {
  assert.deepEqual(generatedData(jwt, undefined, fresh), { "jwt-secret": base64("fresh jwt value") });
});

test("the administrator's Secret names the user beside the password", () => {
  const data = generatedData(admin, undefined, fresh);
  assert.deepEqual(data, { username: base64("admin"), password: base64("fresh password value") });
});

test("a value that is there is kept, and nothing is drawn", () => {
  const data = { "jwt-secret": base64("x".repeat(32)) };
  const kept = generatedData(jwt, { data }, () => assert.fail("drew a value"));
  assert.deepEqual(kept, data);
});

const unusable = [
  { name: "the key is missing", data: { other: base64("x".repeat(40)) } },
  { name: "the value is empty", data: { password: "" } },
  { name: "the value is too short for the server", data: { password: base64("1234567") } },
  { name: "the value is too long for the server", data: { password: base64("x".repeat(73)) } },
];

for (const { name, data } of unusable) {
  test(`a password is made anew when ${name}`, () => {
    assert.equal(generatedData(admin, { data }, fresh)["password"], base64("fresh password value"));
  });
}

for (const length of [8, 72]) {
  test(`a password of ${length} bytes is kept`, () => {
    const password = base64("x".repeat(length));
    assert.equal(generatedData(admin, { data: { password } }, fresh)["password"], password);
  });
}

test("a user's own keys in the Secret are not claimed", () => {
  const data = { password: base64("x".repeat(24)), note: base64("mine") };
  assert.deepEqual(Object.keys(generatedData(admin, { data }, fresh)), ["username", "password"]);
});

for (const kind of ["jwt", "password"] as const) {
  test(`a fresh ${kind} is text that the server accepts and that needs no quoting`, () => {
    const value = freshValue(kind, (count) => new Uint8Array(count).fill(255));
    assert.match(value, /^[-_A-Za-z0-9]+$/);
    assert.ok(value.length >= acceptedBytes[kind].min && value.length <= acceptedBytes[kind].max);
  });
}

test("a fresh JWT secret holds 256 random bits and a fresh password 144", () => {
  const drawn: number[] = [];
  const source = (count: number) => {
    drawn.push(count * 8);
    return new Uint8Array(count);
  };
  freshValue("jwt", source);
  freshValue("password", source);
  assert.deepEqual(drawn, [256, 144]);
});
