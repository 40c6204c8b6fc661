import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { removedStoreChanges, storesOf } from "./removed-stores.ts";

const leaving = { leavingStores: new Set(["id-of-default"]) };
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
    live: leaving,
    calls: ["removeMetadataStore default", "removeLocalStore default"],
  },
  {
    name: "with the policy Retain they stay",
    because: "the share on them is only disabled",
    wanted: { deletionPolicy: "Retain" },
    live: leaving,
    calls: [],
  },
  {
    name: "stores that the spec declares stay",
    because: "they would only be made again",
    wanted: { metadataStores: [{ name: "default" }], localStores: [{ name: "default" }] },
    live: leaving,
    calls: [],
  },
  {
    name: "stores on which another share lies stay",
    because: "it would lose its files",
    wanted: {},
    live: { ...leaving, shares: [aLiveShare({ name: "/by-hand", localStoreId: "id-of-other" })] },
    calls: ["removeLocalStore default"],
  },
  {
    name: "stores on which no share of the spec lay stay",
    because: "somebody made them by hand",
    wanted: {},
    live: {},
    calls: [],
  },
];

for (const { name, because, wanted, live, calls } of rows)
  test(`${name}, because ${because}`, () => {
    const stores = [aLiveStore(), aLiveStore({ name: "other" })];
    const changes = removedStoreChanges(
      { deletionPolicy: "Delete", metadataStores: [], localStores: [], ...wanted },
      aLiveDittoFs({ metadataStores: stores, localStores: stores, ...live }),
    );
    assert.deepEqual(
      changes.flatMap((change) => change.calls.map((call) => `${call.name} ${call.body.name}`)),
      calls,
    );
  });

test("the stores of a share that goes are known by their ids, also while a list of stores is empty", () => {
  const shares = [aLiveShare({ name: "/a", metadataStoreId: "m", localStoreId: "l" }), aLiveShare({ name: "/b" })];
  assert.deepEqual(storesOf(new Set(["/a"]), shares), ["m", "l"]);
});
