import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { aServer } from "../testing/a-server.ts";
import { wantedLocalStores } from "./local-stores.ts";

const share = { name: "/export" };
const volumes = (sizes: { readonly contentSize?: string; readonly cacheSize?: string }) =>
  ({ ...sizes, accessMode: "ReadWriteOnce" }) as const;

const rows: readonly {
  readonly name: string;
  readonly spec: Partial<DittoServerSpec>;
  readonly stores: ReturnType<typeof wantedLocalStores>;
}[] = [
  {
    name: "a server without shares needs no local store",
    spec: { storage: volumes({ contentSize: "1Gi" }) },
    stores: [],
  },
  {
    name: "the implicit store is the content volume itself, where existing installations have their files",
    spec: { storage: volumes({ contentSize: "1Gi", cacheSize: "1Gi" }), shares: [share] },
    stores: [{ name: "default", type: "fs", config: { path: "/data/store/block" } }],
  },
  {
    name: "without a content volume it lies on the cache volume",
    spec: { storage: volumes({ cacheSize: "1Gi" }), shares: [share] },
    stores: [{ name: "default", type: "fs", config: { path: "/data/store/cache/default" } }],
  },
  {
    name: "without any volume it is memory",
    spec: { shares: [share] },
    stores: [{ name: "default", type: "memory", config: {} }],
  },
  {
    name: "declared stores lie in a directory of their name or path",
    spec: {
      storage: volumes({ contentSize: "1Gi", cacheSize: "1Gi" }),
      shares: [{ ...share, localStore: "projects" }],
      stores: {
        local: [
          { name: "projects", type: "filesystem", filesystem: { volume: "content" } },
          { name: "journal", type: "filesystem", filesystem: { volume: "cache", path: "a/b" } },
          { name: "ram", type: "memory" },
        ],
      },
    },
    stores: [
      { name: "projects", type: "fs", config: { path: "/data/store/block/projects" } },
      { name: "journal", type: "fs", config: { path: "/data/store/cache/a/b" } },
      { name: "ram", type: "memory", config: {} },
    ],
  },
  {
    name: "spelling the implicit store out does not move it",
    spec: {
      storage: volumes({ contentSize: "1Gi" }),
      shares: [share],
      stores: { local: [{ name: "default", type: "filesystem", filesystem: { volume: "content" } }] },
    },
    stores: [{ name: "default", type: "fs", config: { path: "/data/store/block" } }],
  },
];

for (const { name, spec, stores } of rows) {
  test(name, () => assert.deepEqual(wantedLocalStores(aServer(spec)), stores));
}
