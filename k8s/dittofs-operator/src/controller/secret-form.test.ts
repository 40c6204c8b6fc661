import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { authority } from "../../double/testing/self-signed.ts";
import { secretForm } from "./secret-form.ts";

const form = (text: string) => secretForm(Buffer.from(text));
const ca = authority("authority of a test");
const { cert, key } = ca.issue("server");
const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
const broken = cert.replace(/[A-Za-z0-9+/]{40}\n/, "\n");

test("a certificate and its private key have the same public key, and another pair has another one", () => {
  const [certificate, privateKey, other] = [form(cert), form(key), form(ca.issue("server").key)];
  assert.ok(certificate?.kind === "pem" && privateKey?.kind === "pem" && other?.kind === "pem");
  assert.match(certificate.certificateKeyDigest ?? "", /^[0-9a-f]{64}$/);
  assert.equal(certificate.certificateKeyDigest, privateKey.privateKeyDigest);
  assert.notEqual(certificate.certificateKeyDigest, other.privateKeyDigest);
});

const rows: readonly (readonly [name: string, value: string, keys: readonly string[]])[] = [
  ["a chain is known by its first certificate", cert + ca.cert, ["kind", "certificateKeyDigest"]],
  ["a file may hold a certificate and its key", cert + key, ["kind", "certificateKeyDigest", "privateKeyDigest"]],
  [
    "a key may be written as PKCS #1",
    rsa.export({ type: "pkcs1", format: "pem" }).toString(),
    ["kind", "privateKeyDigest"],
  ],
  ["text around the blocks does no harm", `subject: server\n${cert}`, ["kind", "certificateKeyDigest"]],
];

for (const [name, value, keys] of rows) {
  test(name, () => assert.deepEqual(Object.keys(form(value) ?? {}), keys));
}

test("the form of a chain is that of its first certificate", () => assert.deepEqual(form(cert + ca.cert), form(cert)));

for (const [name, value] of [
  ["a password", "correct horse battery staple"],
  ["nothing", ""],
  ["a damaged certificate", broken],
  ["a good certificate with a damaged one behind it", cert + broken],
  ["a block of another kind", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"],
  ["a private key that is none", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"],
] as const) {
  test(`${name} has no form`, () => assert.equal(form(value), undefined));
}

test("a keytab is known by its version", () => {
  assert.deepEqual(secretForm(Buffer.from([5, 2, 0, 0])), { kind: "keytab" });
  assert.equal(secretForm(Buffer.from([5, 1, 0, 0])), undefined);
});
