import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { redactedFields, redactedText } from "./redacted-fields.ts";

const secretKeys = [
  "data",
  "stringData",
  "binaryData",
  "password",
  "adminPassword",
  "new_password",
  "token",
  "accessToken",
  "refresh-token",
  "secret",
  "jwtSecret",
  "clientSecret",
  "Authorization",
  "set-cookie",
  "secret_access_key",
  "privateKey",
  "kubectl.kubernetes.io/last-applied-configuration",
];

for (const key of secretKeys) {
  test(`what stands under "${key}" is blanked, at any depth and of any shape`, () => {
    const fields = redactedFields({ top: { list: [{ [key]: { inner: "hunter2" } }] }, [key]: "hunter2" });
    assert.ok(!JSON.stringify(fields).includes("hunter2"));
    assert.equal(fields[key], "[redacted]");
  });
}

test("names of Secrets and metadata stay, because they are what one looks for", () => {
  const fields = {
    secretName: "files-admin",
    tokenExpiresInMs: 900_000,
    metadata: { name: "files" },
    key: "default/files",
  };
  assert.deepEqual(redactedFields(fields), fields);
});

const secretTexts: readonly (readonly [text: string, left: string])[] = [
  ["sent Authorization: Bearer abcdefghijkl.mnop", "sent Authorization: Bearer [redacted]"],
  ["token eyJhbGciOiJI.eyJzdWIiOiJ4.c2lnbmF0dXJl is bad", "token [redacted] is bad"],
  ["cannot reach postgres://ditto:hunter2@db:5432/x", "cannot reach postgres://[redacted]@db:5432/x"],
  ["-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\n-----END EC PRIVATE KEY----- end", "[redacted] end"],
  ["-----BEGIN PRIVATE KEY-----\ncut off", "[redacted]"],
  ["GET https://10.0.0.1:8080/api/v1/shares: 503", "GET https://10.0.0.1:8080/api/v1/shares: 503"],
];

for (const [text, left] of secretTexts) {
  test(`a text leaves ${JSON.stringify(left)}`, () => assert.equal(redactedText(text), left));
}

test("an error becomes message, code, stack and cause, all of them clean", () => {
  const cause = new Error("Bearer abcdefghijklmnop");
  const error = Object.assign(new TypeError("failed", { cause }), { code: "ECONNRESET", password: "hunter2" });
  const { err } = redactedFields({ err: error });
  const text = JSON.stringify(err);
  assert.match(text, /"message":"failed","code":"ECONNRESET","stack":"TypeError: failed/);
  assert.match(text, /"cause":\{"message":"Bearer \[redacted\]"/);
  assert.ok(!text.includes("hunter2"));
  assert.ok(!text.includes("abcdefghijklmnop"));
});

test("cycles, getters that throw, giant lists and texts are bounded and never throw", () => {
  const cycle: Record<string, unknown> = { list: Array.from({ length: 10_000 }, (_, index) => index) };
  cycle["self"] = cycle;
  Object.defineProperty(cycle, "broken", { enumerable: true, get: () => assert.fail("read") });
  const fields = redactedFields({
    cycle,
    long: "x".repeat(1_000_000),
    map: new Map([["password", "hunter2"]]),
    big: 10n,
  });
  const text = JSON.stringify(fields);
  assert.ok(text.length < 20_000, `${text.length} characters`);
  assert.match(text, /\[unreadable\]/);
  assert.ok(!text.includes("hunter2"));
});

test("any value can be logged", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true })),
      (fields) => {
        assert.equal(typeof JSON.stringify(redactedFields(fields)), "string");
      },
    ),
  );
});
