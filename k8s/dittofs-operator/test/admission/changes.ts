import { remoteStoreChanges } from "./remote-store-changes.ts";

/** A change of a stored spec. `says` is what the refusal must contain; a change without it must be taken. */
export type Change = {
  readonly because: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly says?: readonly string[];
};

const taken = (because: string, before: unknown, after: unknown): Change => ({ because, before, after });
const refused = (because: string, before: unknown, after: unknown, ...says: readonly string[]): Change => ({
  because,
  before,
  after,
  says,
});

const all = { metadataSize: "2Gi", contentSize: "2Gi", cacheSize: "2Gi", controlPlaneSize: "2Gi" };
const without = (field: keyof typeof all) => Object.fromEntries(Object.entries(all).filter(([name]) => name !== field));
const share = (more: object = {}) => ({ shares: [{ name: "/a", ...more }] });
const fast = { metadata: [{ name: "fast", type: "memory" }], local: [{ name: "fast", type: "memory" }] };
const onContent = (filesystem: object) => ({
  storage: all,
  stores: { local: [{ name: "a", type: "filesystem", filesystem: { volume: "content", ...filesystem } }] },
});

const volumes: readonly Change[] = [
  taken("a volume grows", { storage: all }, { storage: { ...all, contentSize: "3Gi" } }),
  taken("a size is written in another unit", { storage: all }, { storage: { ...all, contentSize: "2048Mi" } }),
  taken(
    "a volume is added",
    { storage: { metadataSize: "2Gi" } },
    { storage: { metadataSize: "2Gi", contentSize: "1Gi" } },
  ),
  refused(
    "metadata shrinks",
    { storage: all },
    { storage: { ...all, metadataSize: "1Gi" } },
    "spec.storage.metadataSize",
    "cannot shrink",
  ),
  refused(
    "content shrinks by another unit",
    { storage: all },
    { storage: { ...all, contentSize: "2G" } },
    "spec.storage.contentSize",
    "cannot shrink",
  ),
  refused(
    "the cache shrinks",
    { storage: all },
    { storage: { ...all, cacheSize: "1Gi" } },
    "spec.storage.cacheSize",
    "cannot shrink",
  ),
  refused(
    "the control plane shrinks",
    { storage: all },
    { storage: { ...all, controlPlaneSize: "1Gi" } },
    "spec.storage.controlPlaneSize",
    "cannot shrink",
  ),
  refused(
    "metadata is removed",
    { storage: all },
    { storage: without("metadataSize") },
    "spec.storage.metadataSize",
    "cannot be removed",
  ),
  refused(
    "content is removed",
    { storage: all },
    { storage: without("contentSize") },
    "spec.storage.contentSize",
    "cannot be removed",
  ),
  refused(
    "the cache is removed",
    { storage: all },
    { storage: without("cacheSize") },
    "spec.storage.cacheSize",
    "cannot be removed",
  ),
  refused(
    "the control plane is removed",
    { storage: all },
    { storage: without("controlPlaneSize") },
    "spec.storage.controlPlaneSize",
    "cannot be removed",
  ),
  refused("all storage is removed", { storage: all }, {}, "spec.storage", "cannot be removed"),
  taken("the class is named once", { storage: all }, { storage: { ...all, storageClassName: "fast" } }),
  refused(
    "the class is changed",
    { storage: { storageClassName: "fast" } },
    { storage: { storageClassName: "slow" } },
    "spec.storage.storageClassName",
    "cannot be changed",
  ),
  refused(
    "the class is removed",
    { storage: { storageClassName: "fast" } },
    { storage: {} },
    "spec.storage.storageClassName",
    "cannot be removed",
  ),
  refused(
    "the access mode is changed",
    { storage: all },
    { storage: { ...all, accessMode: "ReadWriteOncePod" } },
    "spec.storage.accessMode",
    "cannot be changed",
  ),
  taken("the control plane's own size is spelled out", {}, { storage: { controlPlaneSize: "1Gi" } }),
  refused(
    "the control plane gets less than it has",
    {},
    { storage: { controlPlaneSize: "500Mi" } },
    "spec.storage.controlPlaneSize",
    "cannot be below 1Gi",
  ),
  taken(
    "a control plane without a volume gets a small one",
    { database: { sqlite: { persistent: false } } },
    { storage: { controlPlaneSize: "500Mi" } },
  ),
];

const databases: readonly Change[] = [
  taken("a database moves from memory to a volume", { database: { sqlite: { persistent: false } } }, {}),
  refused(
    "a database leaves its volume",
    {},
    { database: { sqlite: { persistent: false } } },
    "spec.database.sqlite.persistent",
    "empty database",
  ),
  refused(
    "a database gets another file",
    {},
    { database: { sqlite: { path: "/data/controlplane/b.db" } } },
    "spec.database.sqlite.path",
    "empty database",
  ),
  taken("the type is spelled out", {}, { database: { type: "sqlite" } }),
];

const shares: readonly Change[] = [
  refused(
    "a share gets another owner",
    share({ owner: "alice" }),
    share({ owner: "bob" }),
    "spec.shares[0].owner",
    "owner cannot be changed after creation",
  ),
  refused("a share gets an owner", share(), share({ owner: "bob" }), "owner cannot be changed after creation"),
  refused("a share loses its owner", share({ owner: "bob" }), share(), "owner cannot be changed after creation"),
  taken("a new share has an owner", share(), { shares: [{ name: "/b", owner: "alice" }] }),
  taken("a share that had none gets every other setting", share(), share({ quota: "1Gi", encryptData: true })),
  taken("a share is added and one is removed", share(), { shares: [{ name: "/b", localStore: "default" }] }),
  taken(
    "shares change places",
    { shares: [{ name: "/a" }, { name: "/b" }] },
    { shares: [{ name: "/b" }, { name: "/a" }] },
  ),
  taken("a share's default store is spelled out", share(), share({ metadataStore: "default", localStore: "default" })),
  taken(
    "a share's settings change",
    share(),
    share({ readOnly: true, defaultPermission: "read", localStoreSize: "1Gi" }),
  ),
  refused(
    "a share moves to another metadata store",
    { stores: fast, ...share() },
    { stores: fast, ...share({ metadataStore: "fast" }) },
    "spec.shares[0].metadataStore",
    "cannot be changed",
  ),
  refused(
    "a share moves to another local store",
    { stores: fast, ...share({ localStore: "fast" }) },
    { stores: fast, ...share() },
    "spec.shares[0].localStore",
    "cannot be changed",
  ),
];

const stores: readonly Change[] = [
  taken("a store is added", {}, { stores: fast }),
  taken("a store that nobody uses is removed", { stores: fast }, { stores: { metadata: fast.metadata } }),
  refused(
    "a store is removed under its share",
    { stores: fast, ...share({ localStore: "fast" }) },
    { ...share({ localStore: "fast" }) },
    "spec.shares",
    "must name a store of stores.local",
  ),
  refused(
    "a metadata store changes its type",
    { storage: all, stores: fast },
    { storage: all, stores: { ...fast, metadata: [{ name: "fast", type: "badger" }] } },
    "spec.stores.metadata[0].type",
    "cannot be changed",
  ),
  refused(
    "a local store changes its type",
    { storage: all, stores: fast },
    {
      storage: all,
      stores: { ...fast, local: [{ name: "fast", type: "filesystem", filesystem: { volume: "content" } }] },
    },
    "spec.stores.local[0].type",
    "cannot be changed",
  ),
  taken("a store's path is spelled out", onContent({}), onContent({ path: "a" })),
  refused(
    "a store changes its path",
    onContent({}),
    onContent({ path: "b" }),
    "spec.stores.local[0].filesystem.path",
    "cannot be changed",
  ),
  refused(
    "a store changes its volume",
    onContent({ path: "a" }),
    onContent({ path: "a", volume: "cache" }),
    "spec.stores.local[0].filesystem.volume",
    "cannot be changed",
  ),
  taken(
    "the default store is declared while nobody uses it",
    {},
    { stores: { local: [{ name: "default", type: "memory" }] } },
  ),
  refused(
    "the default metadata store is declared under a share",
    share(),
    { stores: { metadata: [{ name: "default", type: "memory" }] }, ...share() },
    "spec.stores",
    "stores.metadata: the store default cannot be declared",
  ),
  refused(
    "the default local store is dropped under a share",
    { stores: { local: [{ name: "default", type: "memory" }] }, ...share() },
    share(),
    "spec.stores",
    "stores.local: the store default cannot be declared or dropped",
  ),
  taken(
    "contents get a volume while no share uses the cache",
    { storage: { cacheSize: "1Gi" } },
    { storage: { cacheSize: "1Gi", contentSize: "1Gi" } },
  ),
  refused(
    "contents would move from the cache to a new volume",
    { storage: { cacheSize: "1Gi" }, ...share() },
    { storage: { cacheSize: "1Gi", contentSize: "1Gi" }, ...share() },
    "spec.storage.contentSize",
    "cannot be added",
  ),
];

const settings: readonly Change[] = [
  taken(
    "ports, Services, log and times change",
    {},
    {
      nfs: { port: 12_000, service: { type: "NodePort" } },
      logging: { level: "DEBUG" },
      config: { shutdownTimeout: "5s" },
    },
  ),
  taken("SMB goes off", share(), { ...share(), smb: { enabled: false } }),
  refused(
    "SMB comes on over a share that it cannot name",
    { smb: { enabled: false }, shares: [{ name: "/A" }] },
    { shares: [{ name: "/A" }] },
    "spec.shares",
    "shares[].name must be one lower-case component",
  ),
  refused(
    "a timeout outgrows the grace period",
    { terminationGracePeriodSeconds: 105 },
    { terminationGracePeriodSeconds: 105, config: { shutdownTimeout: "31s" } },
    "spec.terminationGracePeriodSeconds",
    "3 x config.shutdownTimeout",
  ),
];

export const changes: readonly Change[] = [
  ...volumes,
  ...databases,
  ...shares,
  ...stores,
  ...settings,
  ...remoteStoreChanges,
];
