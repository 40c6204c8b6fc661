import assert from "node:assert/strict";
import { test } from "node:test";
import type { RemoteStoreSpec } from "../../api/ditto-server.ts";
import { aServer } from "../testing/a-server.ts";
import type { SecretSeen } from "../world.ts";
import { referencedSecretNames } from "./referenced-secrets.ts";
import { storeCredentials } from "./store-credentials.ts";

const store = (reference: object = {}): RemoteStoreSpec => ({
  name: "offsite",
  type: "s3",
  s3: { bucket: "files", credentialsSecretRef: { name: "keys", ...reference } },
});
const withStore = (reference?: object, uid = "u1") => aServer({ stores: { remote: [store(reference)] } }, { uid });
const present = (keys: Readonly<Record<string, string>>, lengthBytes = 20): SecretSeen => ({
  kind: "present",
  keys: new Map(Object.entries(keys).map(([key, digest]) => [key, { digest, lengthBytes }])),
});
const both = { "access-key-id": "d1", "secret-access-key": "d2" };
const of = (server: ReturnType<typeof withStore>, secret: SecretSeen | undefined) =>
  storeCredentials(server, new Map(secret === undefined ? [] : [["keys", secret]])).get("offsite");
const digestOf = (server: ReturnType<typeof withStore>, secret: SecretSeen) => {
  const credentials = of(server, secret);
  return credentials?.kind === "usable" ? credentials.digest : assert.fail(JSON.stringify(credentials));
};

test("the Secret of a remote store is one that the server names, so that its changes are seen", () =>
  assert.deepEqual(referencedSecretNames(withStore()), ["keys"]));

test("the digest follows both parts of the access key, and is another one on each server", () => {
  const digest = digestOf(withStore(), present(both));
  assert.match(digest, /^[-_0-9A-Za-z]{16}$/);
  assert.equal(digestOf(withStore(), present(both)), digest);
  const others = [
    digestOf(withStore(), present({ ...both, "access-key-id": "d3" })),
    digestOf(withStore(), present({ ...both, "secret-access-key": "d3" })),
    digestOf(withStore({}, "u2"), present(both)),
  ];
  assert.equal(new Set([digest, ...others]).size, 4);
});

test("keys of other names are read where the spec says so", () => {
  const server = withStore({ accessKeyIdKey: "AWS_ACCESS_KEY_ID", secretAccessKeyKey: "AWS_SECRET_ACCESS_KEY" });
  assert.equal(of(server, present({ AWS_ACCESS_KEY_ID: "d1", AWS_SECRET_ACCESS_KEY: "d2" }))?.kind, "usable");
  assert.equal(of(server, present(both))?.kind, "unusable");
});

test("for a bucket of another server the access key is not used, good as it may be", () => {
  const claims = new Map([["offsite", "Bucket files is taken."]]);
  const credentials = storeCredentials(withStore(), new Map([["keys", present(both)]]), claims).get("offsite");
  assert.deepEqual(credentials, { kind: "unusable", message: "Bucket files is taken." });
});

test("a store in memory needs no Secret", () => {
  const server = aServer({ stores: { remote: [{ name: "scratch", type: "memory" }] } });
  assert.deepEqual(storeCredentials(server, new Map()).get("scratch"), { kind: "none" });
});

const rows: readonly { readonly name: string; readonly secret: SecretSeen | undefined; readonly says: string }[] = [
  {
    name: "a Secret that nobody has made",
    secret: undefined,
    says: "Secret keys with the access key does not exist. Create it with the keys access-key-id and secret-access-key.",
  },
  { name: "a Secret that is gone", secret: { kind: "absent" }, says: "Create it with the keys" },
  {
    name: "a Secret that cannot be read",
    secret: { kind: "unreadable", message: "forbidden" },
    says: "Secret keys with the access key cannot be read: forbidden",
  },
  {
    name: "a Secret without the id",
    secret: present({ "secret-access-key": "d2" }),
    says: "Secret keys has no value in access-key-id",
  },
  {
    name: "a Secret without the key itself",
    secret: present({ "access-key-id": "d1" }),
    says: "Secret keys has no value in secret-access-key",
  },
  { name: "empty values", secret: present(both, 0), says: "has no value in access-key-id" },
  { name: "values that are no access key", secret: present(both, 513), says: "at most 512 bytes" },
];

for (const { name, secret, says } of rows) {
  test(`${name} is named with what to do`, () => {
    const credentials = of(withStore(), secret);
    assert.ok(credentials?.kind === "unusable" && credentials.message.includes(says), JSON.stringify(credentials));
  });
}
