import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { removedStoreChanges } from "./removed-stores.ts";

const own = { ownStores: new Set(["metadataStore default", "localStore default"]) };
const empty = { ...own, declaredShares: new Set(["/a"]), shares: [] };
const rows: readonly {
  readonly name: string;
  readonly because: string;
  readonly wanted: Partial<Parameters<typeof removedStoreChanges>[0]>;
  readonly live: Partial<LiveDittoFs>;
  readonly calls: readonly string[];
}[] = [
  {
    name: "with the policy Delete the stores go with the last share on them",
    because: "nobody uses them",
    wanted: {},
    live: { ...own, shares: [aLiveShare({ name: "/c", metadataStoreId: "m", localStoreId: "l" })] },
    calls: ["removeMetadataStore default", "removeLocalStore default"],
  },
  {
    name: "with the policy Retain they stay",
    because: "the share on them is only disabled",
    wanted: { deletionPolicy: "Retain" },
    live: { ...own, shares: [aLiveShare({ name: "/c", metadataStoreId: "m", localStoreId: "l" })] },
    calls: [],
  },
  {
    name: "stores that the spec declares stay",
    because: "they would only be made again",
    wanted: { metadataStores: [{ name: "default" }], localStores: [{ name: "default" }] },
    live: { ...own, shares: [aLiveShare({ name: "/c", metadataStoreId: "m", localStoreId: "l" })] },
    calls: [],
  },
  {
    name: "stores on which another share lies stay",
    because: "it would lose its files",
    wanted: {},
    live: { ...own, shares: [aLiveShare({ name: "/by-hand", localStoreId: "id-of-other" })] },
    calls: ["removeLocalStore default"],
  },
  {
    name: "stores that no spec has named stay",
    because: "somebody made them by hand",
    wanted: {},
    live: {},
    calls: [],
  },
  {
    name: "stores stay while the list of shares is empty and nobody knows whether they are gone",
    because: "it can be empty for a moment",
    wanted: {},
    live: empty,
    calls: [],
  },
  {
    name: "stores go when the last shares are known to be gone",
    because: "then the list is believed",
    wanted: {},
    live: { ...empty, goneShares: new Set(["/a"]) },
    calls: ["removeMetadataStore default", "removeLocalStore default"],
  },
  {
    name: "stores stay while the list of shares is empty and the spec names some",
    because: "those may be on them",
    wanted: { shares: [{ name: "/b" }] },
    live: { ...empty, goneShares: new Set(["/a"]) },
    calls: [],
  },
];

for (const { name, because, wanted, live, calls } of rows)
  test(`${name}, because ${because}`, () => {
    const stores = [aLiveStore(), aLiveStore({ name: "other" })];
    const changes = removedStoreChanges(
      { deletionPolicy: "Delete", shares: [], metadataStores: [], localStores: [], ...wanted },
      aLiveDittoFs({ metadataStores: stores, localStores: stores, ...live }),
    );
    assert.deepEqual(
      changes.flatMap((change) => change.calls.map((call) => `${call.name} ${call.body.name}`)),
      calls,
    );
  });
