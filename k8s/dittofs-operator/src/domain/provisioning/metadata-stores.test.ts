import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aServer } from "../testing/a-server.ts";
import { wantedMetadataStores } from "./metadata-stores.ts";

const share = { name: "/export" };
const storage = { metadataSize: "5Gi", accessMode: "ReadWriteOnce" } as const;

const rows: readonly {
  readonly name: string;
  readonly spec: Partial<DittoServerSpec>;
  readonly stores: ReturnType<typeof wantedMetadataStores>;
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
];

for (const { name, spec, stores } of rows) {
  test(name, () => assert.deepEqual(wantedMetadataStores(aServer(spec)), stores));
}
