import { type RefusedCreation, refused } from "./refused-creation.ts";

const s3 = { bucket: "files", credentialsSecretRef: { name: "keys" } };
const stores = (...remote: readonly object[]) => ({ stores: { remote } });
const bucket = (more: object) => stores({ name: "a", type: "s3", s3: { ...s3, ...more } });
const onS3 = (field: string) => `spec.stores.remote[0].s3.${field}`;

const encryptedStore = (name: string, keySecretRef: object) => ({
  name,
  type: "s3",
  s3: { ...s3, prefix: `${name}/`, encryption: { keySecretRef } },
});

/** Remote stores, and shares on them, that cannot be. */
export const wrongRemoteStores: readonly RefusedCreation[] = [
  refused(
    "a bucket store without a bucket",
    stores({ name: "a", type: "s3" }),
    "spec.stores.remote[0].s3",
    "s3 must be given for the type s3",
  ),
  refused(
    "a bucket for a store in memory",
    stores({ name: "a", type: "memory", s3 }),
    "spec.stores.remote[0].s3",
    "and for no other",
  ),
  refused(
    "a bucket without an access key",
    stores({ name: "a", type: "s3", s3: { bucket: "files" } }),
    onS3("credentialsSecretRef"),
    "Required value",
  ),
  refused("a bucket in capitals", bucket({ bucket: "Files" }), onS3("bucket"), "must be a bucket name"),
  refused("a bucket of two letters", bucket({ bucket: "ab" }), onS3("bucket"), "at least 3 chars long"),
  refused("an endless bucket", bucket({ bucket: "a".repeat(64) }), onS3("bucket"), "63"),
  refused("a prefix that does not end", bucket({ prefix: "files" }), onS3("prefix"), "must end with /"),
  refused(
    "a prefix that begins at the root",
    bucket({ prefix: "/files/" }),
    onS3("prefix"),
    "must end with / and not begin with it",
  ),
  refused(
    "an address without a scheme",
    bucket({ endpoint: "s3.cubbit.eu" }),
    onS3("endpoint"),
    "must be http:// or https://",
  ),
  refused(
    "an address with a path",
    bucket({ endpoint: "https://s3.cubbit.eu/files" }),
    onS3("endpoint"),
    "must be http:// or https://",
  ),
  refused(
    "an address with a password",
    bucket({ endpoint: "https://me:secret@s3.cubbit.eu" }),
    onS3("endpoint"),
    "must be http:// or https://",
  ),
  refused("a region with a space", bucket({ region: "eu west" }), onS3("region"), "must be a region"),
  refused(
    "more uploads than the server takes",
    bucket({ parallelUploads: 257 }),
    onS3("parallelUploads"),
    "less than or equal to 256",
  ),
  refused("an unknown compression", bucket({ compression: "gzip" }), onS3("compression"), '"zstd", "lz4"'),
  refused(
    "a key name of no possible form",
    bucket({ credentialsSecretRef: { name: "keys", accessKeyIdKey: "a b" } }),
    onS3("credentialsSecretRef.accessKeyIdKey"),
    "must be a Secret key",
  ),
  refused("encryption without a key", bucket({ encryption: {} }), onS3("encryption.keySecretRef"), "Required value"),
  refused(
    "encryption by a cipher that the server lacks",
    bucket({ encryption: { cipher: "rot13", keySecretRef: { name: "key" } } }),
    onS3("encryption.cipher"),
    '"aes-256-gcm", "chacha20-poly1305", "xchacha20-poly1305"',
  ),
  refused(
    "key files in two Secrets, for which there is one passphrase",
    stores(encryptedStore("a", { name: "one" }), encryptedStore("b", { name: "two" })),
    "spec.stores.remote",
    "the server takes one passphrase for all key files",
  ),
  refused(
    "two passphrases in one Secret",
    stores(encryptedStore("a", { name: "one" }), encryptedStore("b", { name: "one", passphraseKey: "other" })),
    "spec.stores.remote",
    "name one Secret and passphraseKey in all stores",
  ),
  refused(
    "two stores in one place",
    stores(
      { name: "a", type: "s3", s3: { ...s3, prefix: "x/" } },
      { name: "b", type: "s3", s3: { ...s3, prefix: "x/" } },
    ),
    "spec.stores.remote",
    "give each a prefix of its own",
  ),
  refused(
    "a share on a remote store that nobody declares",
    { shares: [{ name: "/a", remoteStore: "x" }] },
    "spec.shares",
    "shares[].remoteStore must name a store of stores.remote",
  ),
  refused(
    "copies that last for some time, without a time",
    { ...bucket({}), shares: [{ name: "/a", remoteStore: "a", retention: { policy: "ttl" } }] },
    "spec.shares[0].retention",
    "ttl must be given for the policy ttl",
  ),
  refused(
    "a time for copies that stay",
    { ...bucket({}), shares: [{ name: "/a", remoteStore: "a", retention: { policy: "pin", ttl: "1h" } }] },
    "spec.shares[0].retention",
    "and for no other",
  ),
  refused(
    "copies of what is nowhere else",
    { shares: [{ name: "/a", retention: { policy: "lru" } }] },
    "spec.shares[0].retention",
    "name a remoteStore",
  ),
];
