import assert from "node:assert/strict";
import { test } from "node:test";
import type { Secret } from "kubernetes-types/core/v1";
import { aKeyFile } from "../testing/a-key-file.ts";
import { aServer } from "../testing/a-server.ts";
import type { SecretSeen } from "../world.ts";
import { encryptionKeyId } from "./encryption-key-id.ts";
import { encryptionKeys } from "./encryption-keys.ts";
import { SealedText } from "./sealed-text.ts";

const s3 = { bucket: "files", credentialsSecretRef: { name: "keys" }, encryption: { keySecretRef: { name: "key" } } };
const server = aServer({ stores: { remote: [{ name: "sealed", type: "s3", s3 }] } });
const base64 = (text: string): string => Buffer.from(text).toString("base64");

const given = (file: string): ReadonlyMap<string, SecretSeen> => {
  const form = { kind: "encryptionKey", keyId: encryptionKeyId(file) ?? "", file: new SealedText(file) } as const;
  const keys = new Map([["key.pem", { digest: "d", lengthBytes: file.length, form }]]);
  return new Map([["key", { kind: "present", keys }]]);
};
const kept = (data: Readonly<Record<string, string>>): readonly Secret[] => [
  { metadata: { name: "files-encryption-keys" }, data },
];

const [first, wrapped, other] = [aKeyFile("one"), aKeyFile("one", "again"), aKeyFile("two")];

test("the operator keeps a copy of a key file, and the process starts with that", () => {
  const { secrets, findings, digests } = encryptionKeys({ server, seen: given(first), live: [] });
  assert.deepEqual(findings, []);
  assert.equal(secrets[0]?.metadata.name, "files-encryption-keys");
  assert.deepEqual(secrets[0]?.data, { sealed: base64(first) });
  assert.deepEqual([...digests.keys()], ["/encryption-keys/sealed"]);
});

const rows: readonly {
  readonly name: string;
  readonly seen: ReadonlyMap<string, SecretSeen>;
  readonly live: readonly Secret[];
  readonly copy: string | undefined;
  readonly says: RegExp | undefined;
}[] = [
  {
    name: "the same key in another wrapping is taken over, because what is in the bucket is read with it as before",
    seen: given(wrapped),
    live: kept({ sealed: base64(first) }),
    copy: wrapped,
    says: undefined,
  },
  {
    name: "another key is not taken over, because nothing in the bucket could be read with it",
    seen: given(other),
    live: kept({ sealed: base64(first) }),
    copy: first,
    says: /SecretInvalid: .*key\.pem of Secret key holds another key than that with which store sealed has encrypted/,
  },
  {
    name: "a lost Secret costs no key",
    seen: new Map([["key", { kind: "absent" }]]),
    live: kept({ sealed: base64(first) }),
    copy: first,
    says: /SecretNotFound: .*Secret key does not exist\. Create it with the key key\.pem/,
  },
  {
    name: "without any key no process starts",
    seen: new Map(),
    live: [],
    copy: undefined,
    says: /SecretNotFound/,
  },
  {
    name: "what is no key file is told as such",
    seen: new Map([["key", { kind: "present", keys: new Map([["key.pem", { digest: "d", lengthBytes: 3 }]]) }]]),
    live: [],
    copy: undefined,
    says: /SecretInvalid: .*key\.pem of Secret key must be a key file of DittoFS/,
  },
];

for (const { name, seen, live, copy, says } of rows)
  test(name, () => {
    const { secrets, findings, digests } = encryptionKeys({ server, seen, live });
    const data = secrets[0]?.data?.["sealed"];
    assert.equal(data === undefined ? undefined : Buffer.from(data, "base64").toString(), copy);
    assert.equal(digests.get("/encryption-keys/sealed") === undefined, copy === undefined);
    if (says === undefined) assert.deepEqual(findings, []);
    else assert.match(findings.map(({ reason, message }) => `${reason}: ${message}`).join(), says);
  });

test("keys of stores that are gone stay, because their buckets are still there", () => {
  const live = kept({ earlier: base64(other) });
  const { secrets } = encryptionKeys({ server, seen: given(first), live });
  assert.deepEqual(secrets[0]?.data, { earlier: base64(other), sealed: base64(first) });
  const without = encryptionKeys({ server: aServer(), seen: new Map(), live });
  assert.deepEqual(without.secrets[0]?.data, { earlier: base64(other) });
});

test("a key file tells which key is in it, and nothing else does", () => {
  assert.equal(encryptionKeyId(first), "one");
  assert.equal(encryptionKeyId(`text around it\n${first}`), "one");
  for (const text of ["", "-----BEGIN CERTIFICATE-----", aKeyFile("a b"), aKeyFile("one", "", 2)])
    assert.equal(encryptionKeyId(text), undefined, text.slice(0, 60));
});
