import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import type { Secret } from "kubernetes-types/core/v1";
import { credentials, userCredentials } from "../children/credentials.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import type { SecretSeen } from "../world.ts";
import { userPasswords, userSecret } from "./user-passwords.ts";

const own = aServer({ users: [{ name: "alice" }, { name: "bob" }] });
const named = aServer({ users: [{ name: "alice", passwordSecretRef: { name: "people", key: "alice" } }] });
const generatedOf = (server: typeof own, value = "a value of at least 32 characters") => {
  const inputs = { server, live: [], fresh: () => value };
  return [...credentials(inputs), ...userCredentials(inputs)] as unknown as readonly Secret[]; // wanted metadata is readonly
};
const present = (lengthBytes: number, digest = "d1"): SecretSeen => ({
  kind: "present",
  keys: new Map([["alice", { digest, lengthBytes }]]),
});
const alice = (secret: SecretSeen | undefined, generated = generatedOf(named)) =>
  userPasswords({
    server: named,
    named: new Map(secret === undefined ? [] : [["people", secret]]),
    generated,
  }).get("alice");

test("a generated password is known by a digest that is another one for each user", () => {
  const passwords = userPasswords({ server: own, named: new Map(), generated: generatedOf(own) });
  const digests = [...passwords.values()].map((each) => (each.kind === "usable" ? each.digest : ""));
  assert.equal(new Set(digests).size, 2);
  for (const digest of digests) assert.match(digest, /^[-_0-9A-Za-z]{16}$/);
});

test("the digest follows the value, and nobody without the signing secret can compute it", () => {
  const digestOf = (...parameters: Parameters<typeof alice>) => {
    const password = alice(...parameters);
    return password?.kind === "usable" ? password.digest : "";
  };
  assert.equal(digestOf(present(12)), digestOf(present(12)));
  assert.notEqual(digestOf(present(12)), digestOf(present(12, "d2")));
  assert.notEqual(
    digestOf(present(12)),
    digestOf(present(12), generatedOf(named, "another value of 32 characters...")),
  );
  const plain = createHash("sha256").update("d1").digest("base64url");
  assert.ok(!plain.startsWith(digestOf(present(12))));
});

test("the signing secret may be the user's own", () => {
  const jwt = { ...defaultSpec.identity.jwt, secretRef: { name: "signing", key: "alice" } };
  const server = aServer({ ...named.spec, identity: { ...defaultSpec.identity, jwt } });
  const seen = new Map([
    ["people", present(12)],
    ["signing", present(40)],
  ]);
  assert.equal(userPasswords({ server, named: seen, generated: [] }).get("alice")?.kind, "usable");
  seen.delete("signing");
  assert.deepEqual(userPasswords({ server, named: seen, generated: [] }).get("alice"), {
    kind: "unusable",
    message: "Secret signing, the key of password digests, is not usable.",
  });
});

const refusals: readonly (readonly [because: string, SecretSeen | undefined, says: RegExp])[] = [
  ["nobody has looked", undefined, /Secret people with the password does not exist. Create it with the key alice/],
  ["it does not exist", { kind: "absent" }, /does not exist/],
  ["it cannot be read", { kind: "unreadable", message: "forbidden" }, /cannot be read: forbidden/],
  ["the key is missing", { kind: "present", keys: new Map() }, /has no key alice/],
  ["the password is too short", present(7), /alice of Secret people must have 8 to 72 bytes/],
  ["the password is too long", present(73), /must have 8 to 72 bytes/],
];

for (const [because, secret, says] of refusals) {
  test(`a user's Secret is not usable when ${because}, and the message says what to do`, () => {
    const password = alice(secret);
    assert.ok(password?.kind === "unusable");
    assert.match(password.message, says);
  });
}

test("a generated Secret that is not there yet is no password", () => {
  assert.equal(userPasswords({ server: own, named: new Map(), generated: [] }).get("alice")?.kind, "unusable");
});

test("every user's Secret has a name of its own that Kubernetes takes", () => {
  const names = ["alice", "Alice", "al_ice", "al.ice", "al-ice", "_", "a".repeat(64)];
  const secrets = names.map((name) => userSecret(own, { name }).name);
  assert.equal(secrets[0], "files-user-alice");
  assert.equal(new Set(secrets).size, names.length);
  for (const secret of secrets) assert.match(secret, /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
});
