import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { ownStores, removedMetadataStores } from "./own-stores.ts";

const [a, hand] = [aLiveStore({ name: "a" }), aLiveStore({ name: "by-hand" })];
const known = new Set(["metadataStore a", "localStore a"]);

const rows: readonly {
  readonly name: string;
  readonly because: string;
  readonly wanted?: Partial<Parameters<typeof ownStores>[0]>;
  readonly live: Partial<LiveDittoFs>;
  readonly own: readonly string[];
}[] = [
  {
    name: "a store of the spec is the operator's once it is there",
    because: "it goes when the spec names it no more",
    wanted: { metadataStores: [{ name: "a" }, { name: "b" }] },
    live: { metadataStores: [a, hand] },
    own: ["metadataStore a"],
  },
  {
    name: "a store that left the spec is remembered while it is there",
    because: "it is still to be removed",
    live: { ownStores: known, metadataStores: [a], localStores: [a, hand] },
    own: ["metadataStore a", "localStore a"],
  },
  {
    name: "a store that is gone is forgotten",
    because: "a later one of its name is made by hand",
    live: { ownStores: known, metadataStores: [hand], localStores: [] },
    own: [],
  },
  {
    name: "a store is remembered when its list is empty although there are shares",
    because: "each share lies on a store of either kind",
    live: { ownStores: known, metadataStores: [], localStores: [hand], shares: [aLiveShare()] },
    own: ["metadataStore a"],
  },
  {
    name: "with the policy Retain a store that left the spec is forgotten",
    because: "it stays",
    wanted: { deletionPolicy: "Retain" },
    live: { ownStores: known, metadataStores: [a], localStores: [a] },
    own: [],
  },
];

for (const { name, because, wanted, live, own } of rows)
  test(`${name}, because ${because}`, () => {
    const nothing = { deletionPolicy: "Delete", metadataStores: [], localStores: [] } as const;
    assert.deepEqual(ownStores({ ...nothing, ...wanted }, aLiveDittoFs(live)), own);
  });

test("a metadata store that the process has open is removed once a list that can be complete lacks it", () => {
  const open = new Set(["a", "b"]);
  const before = new Set(["b"]);
  assert.deepEqual([...removedMetadataStores(open, before, { metadataStores: [a], shares: [] })], ["b"]);
  assert.deepEqual([...removedMetadataStores(open, before, { metadataStores: [], shares: [] })], ["a", "b"]);
  const incomplete = { metadataStores: [], shares: [aLiveShare()] };
  assert.deepEqual([...removedMetadataStores(open, before, incomplete)], ["b"], "what was known stays known");
});
