import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { authority } from "../../double/testing/self-signed.ts";
import { aKeyFile } from "../domain/testing/a-key-file.ts";
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

test("a key file of an encrypted store is known by its key, and does not show", () => {
  const file = aKeyFile("one");
  const known = form(file);
  assert.ok(known?.kind === "encryptionKey" && known.keyId === "one");
  assert.equal(Buffer.from(known.file.base64(), "base64").toString(), file);
  assert.doesNotMatch(JSON.stringify(known), /BEGIN/);
});

/** An entry of `size` bytes; a negative size is a hole. */
const entry = (size: number, bytes = Math.abs(size)): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(size);
  return Buffer.concat([length, Buffer.alloc(bytes, 7)]);
};
const keytab = (...entries: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from([5, 2]), ...entries]);

for (const [name, bytes, isKeytab] of [
  ["one key is a keytab", keytab(entry(40)), true],
  ["a key after the hole of a removed one is a keytab", keytab(entry(-30), entry(40)), true],
  ["a file without a key is none", keytab(), false],
  ["a file with nothing but a hole is none", keytab(entry(-30)), false],
  ["a file that breaks off within a key is none", keytab(entry(40, 12)), false],
  ["a file that breaks off within a size is none", Buffer.concat([keytab(entry(40)), Buffer.from([0, 0])]), false],
  ["another version of the format is none", Buffer.concat([Buffer.from([5, 1]), entry(40)]), false],
] as const) {
  test(name, () => assert.deepEqual(secretForm(bytes), isKeytab ? { kind: "keytab" } : undefined));
}
