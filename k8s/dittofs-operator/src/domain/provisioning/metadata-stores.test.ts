import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec, MetadataStoreSpec } from "../../api/ditto-server.ts";
import { aLiveDittoFs, aLiveStore } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import { metadataStoreChanges, type WantedMetadataStore, wantedMetadataStores } from "./metadata-stores.ts";

const share = { name: "/export" };
const storage = { metadataSize: "5Gi", accessMode: "ReadWriteOnce" } as const;

const rows: readonly {
  readonly name: string;
  readonly spec: Partial<DittoServerSpec>;
  /** Without settings. */
  readonly stores: readonly WantedMetadataStore[];
}[] = [
  { name: "a server without shares needs no metadata store", spec: { storage }, stores: [] },
  {
    name: "a share that names no store gets badger on the metadata volume",
    spec: { storage, shares: [share] },
    stores: [{ name: "default", type: "badger", config: { path: "/data/store/metadata/default" } }],
  },
  {
    name: "without a metadata volume names are kept in memory",
    spec: { shares: [share] },
    stores: [{ name: "default", type: "memory", config: {} }],
  },
  {
    name: "declared stores get a directory each, and the implicit one only if a share relies on it",
    spec: {
      storage,
      shares: [{ ...share, metadataStore: "projects" }],
      stores: { metadata: [{ name: "projects", type: "badger" }] },
    },
    stores: [{ name: "projects", type: "badger", config: { path: "/data/store/metadata/projects" } }],
  },
  {
    name: "a share that names the implicit store relies on it",
    spec: { storage, shares: [{ ...share, metadataStore: "default" }] },
    stores: [{ name: "default", type: "badger", config: { path: "/data/store/metadata/default" } }],
  },
  {
    name: "a declared store of the name default takes the implicit one's place",
    spec: { storage, shares: [share], stores: { metadata: [{ name: "default", type: "memory" }] } },
    stores: [{ name: "default", type: "memory", config: {} }],
  },
  {
    name: "sqlite is a file on the metadata volume, because the server makes no directory for it",
    spec: { storage, stores: { metadata: [{ name: "projects", type: "sqlite" }] } },
    stores: [{ name: "projects", type: "sqlite", config: { path: "/data/store/metadata/projects.db" } }],
  },
];

for (const { name, spec, stores } of rows) {
  test(name, () => {
    const wanted = wantedMetadataStores(aServer(spec));
    assert.deepEqual(
      wanted.map(({ settings: _, ...store }) => store),
      stores,
    );
  });
}

type Badger = NonNullable<MetadataStoreSpec["badger"]>;

const path = "/data/store/metadata/projects";
const changeOf = (badger: Badger | undefined, live?: Readonly<Record<string, unknown>>) => {
  const store = { name: "projects", type: "badger", ...(badger !== undefined && { badger }) } as const;
  const metadataStores = live === undefined ? [] : [aLiveStore({ name: "projects", type: "badger", config: live })];
  const wanted = wantedMetadataStores(aServer({ storage, stores: { metadata: [store] } }));
  return metadataStoreChanges(wanted, aLiveDittoFs({ metadataStores }))[0];
};

const settings: readonly {
  readonly name: string;
  readonly spec: Badger | undefined;
  readonly live: Readonly<Record<string, unknown>>;
  /** What is sent; undefined: nothing. */
  readonly sent: Readonly<Record<string, unknown>> | undefined;
}[] = [
  { name: "nothing asked and nothing set is as wanted", spec: undefined, live: { path }, sent: undefined },
  {
    name: "what the server does anyway is not sent to a store that does not say so",
    spec: { blockCacheMB: 0, relaxedDurability: true },
    live: { path },
    sent: undefined,
  },
  {
    name: "a changed setting is sent with everything else that the store has, because the server replaces the whole",
    spec: { blockCacheMB: 128, relaxedDurability: false },
    live: { path, block_cache_mb: 64, future: "kept" },
    sent: { path, block_cache_mb: 128, relaxed_durability: false, future: "kept" },
  },
  {
    name: "a setting that the spec names no more goes back to what the server does anyway",
    spec: undefined,
    live: { path, block_cache_mb: 128, relaxed_durability: false },
    sent: { path, block_cache_mb: 0, relaxed_durability: true },
  },
];

for (const { name, spec, live, sent } of settings) {
  test(name, () => {
    const calls =
      sent === undefined
        ? []
        : [{ name: "updateMetadataStore", body: { name: "projects", type: "badger", config: sent } }];
    assert.deepEqual(changeOf(spec, live)?.calls, calls);
  });
}

test("a new store is told only what differs from what the server does anyway", () => {
  const [call] = changeOf({ indexCacheMB: 16, blockCacheMB: 0 })?.calls ?? [];
  assert.deepEqual(call?.body.config, { path, index_cache_mb: 16 });
});

test("a store in another place is left alone with its settings", () => {
  const change = changeOf({ blockCacheMB: 128 }, { path: "/elsewhere" });
  assert.deepEqual(change?.calls, []);
  assert.match(change?.problem ?? "", /left as it is/);
});
