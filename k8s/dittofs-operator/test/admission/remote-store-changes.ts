import type { Change } from "./changes.ts";

const s3 = { bucket: "files", prefix: "a/", credentialsSecretRef: { name: "keys" } };
const remote = (more: object = {}) => [
  { name: "offsite", type: "s3", s3: { ...s3, ...more } },
  { name: "other", type: "memory" },
];
const before = (share: object = {}, more: object = {}) => ({
  stores: { remote: remote(more) },
  shares: [{ name: "/a", ...share }],
});
const row = (because: string, from: unknown, to: unknown, ...says: readonly string[]): Change => ({
  because,
  before: from,
  after: to,
  ...(says.length > 0 && { says }),
});
const encrypted = (cipher?: string, keySecretRef: object = { name: "key" }) => ({
  encryption: { ...(cipher !== undefined && { cipher }), keySecretRef },
});
const onShare = "spec.shares[0].remoteStore";
const cannot = "remoteStore cannot be added, changed or removed";

/** Changes of remote stores and of shares on them. */
export const remoteStoreChanges: readonly Change[] = [
  row("a share gets a remote store", before(), before({ remoteStore: "offsite" }), onShare, cannot),
  row("a share loses its remote store", before({ remoteStore: "offsite" }), before(), onShare, cannot),
  row(
    "a share moves to another remote store",
    before({ remoteStore: "offsite" }),
    before({ remoteStore: "other" }),
    onShare,
    cannot,
  ),
  row("a new share has a remote store", before(), { ...before(), shares: [{ name: "/b", remoteStore: "offsite" }] }),
  row(
    "copies are kept for another time",
    before({ remoteStore: "offsite" }),
    before({ remoteStore: "offsite", retention: { policy: "ttl", ttl: "1h" } }),
  ),
  row(
    "a remote store gets another address, region, Secret and pace",
    before(),
    before(
      {},
      {
        endpoint: "https://s3.cubbit.eu",
        region: "eu-west-1",
        parallelUploads: 4,
        forcePathStyle: true,
        allowPrivateEndpoint: true,
        credentialsSecretRef: { name: "new", accessKeyIdKey: "id", secretAccessKeyKey: "key" },
      },
    ),
  ),
  row(
    "a remote store gets another bucket",
    before(),
    before({}, { bucket: "elsewhere" }),
    "s3.bucket",
    "declare a store of another name",
  ),
  row(
    "a remote store gets another prefix",
    before(),
    before({}, { prefix: "b/" }),
    "s3.prefix",
    "s3.prefix cannot be changed after creation",
  ),
  row(
    "a remote store is compressed later",
    before(),
    before({}, { compression: "zstd" }),
    "s3.compression",
    "s3.compression cannot be changed after creation",
  ),
  row(
    "a remote store is encrypted later",
    before(),
    before({}, encrypted()),
    "s3.encryption",
    "s3.encryption cannot be added or removed after creation",
  ),
  row(
    "a remote store is no more encrypted",
    before({}, encrypted()),
    before(),
    "s3.encryption",
    "s3.encryption cannot be added or removed after creation",
  ),
  row(
    "a remote store is encrypted by another cipher",
    before({}, encrypted("aes-256-gcm")),
    before({}, encrypted("chacha20-poly1305")),
    "s3.encryption.cipher",
    "declare a store of another name",
  ),
  row(
    "a remote store is no longer encrypted by the cipher that it had to name",
    before({}, encrypted("chacha20-poly1305")),
    before({}, encrypted()),
    "s3.encryption.cipher",
    "cipher cannot be changed after creation, and left out it is aes-256-gcm",
  ),
  row(
    "a remote store names the cipher that it has without",
    before({}, encrypted()),
    before({}, encrypted("aes-256-gcm")),
  ),
  row(
    "the key of a remote store moves to another Secret",
    before({}, encrypted("aes-256-gcm")),
    before({}, encrypted("aes-256-gcm", { name: "moved", keyFileKey: "file", passphraseKey: "word" })),
  ),
  row(
    "a remote store becomes memory",
    before(),
    {
      ...before(),
      stores: {
        remote: [
          { name: "offsite", type: "memory" },
          { name: "other", type: "memory" },
        ],
      },
    },
    "spec.stores.remote[0].type",
    "declare a store of another name",
  ),
  row(
    "a remote store is removed under its share",
    before({ remoteStore: "other" }),
    { ...before({ remoteStore: "other" }), stores: { remote: [remote()[0]] } },
    "spec.shares",
    "must name a store of stores.remote",
  ),
  row("a remote store that nobody uses is removed", before(), { shares: [{ name: "/a" }] }),
];
