import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveStore } from "../testing/a-live-dittofs.ts";
import type { LiveStore } from "./live-dittofs.ts";
import { localStoreChanges } from "./local-stores.ts";
import { metadataStoreChanges } from "./metadata-stores.ts";

const badger = { name: "default", type: "badger", config: { path: "/data/store/metadata/default" } };
const changeOf = (live: readonly LiveStore[]) =>
  metadataStoreChanges([badger], aLiveDittoFs({ metadataStores: live }))[0];

test("a store that is missing is created", () => {
  const change = changeOf([]);
  assert.deepEqual(change?.calls, [{ name: "createMetadataStore", body: badger }]);
  assert.equal(change?.what, "created (badger at /data/store/metadata/default)");
});

test("a store that is there is left alone, with whatever further settings it has", () => {
  const change = changeOf([aLiveStore({ type: "badger", config: { ...badger.config, block_cache_mb: 64 } })]);
  assert.deepEqual([change?.calls, change?.problem], [[], undefined]);
});

test("a store of another type or in another place is never changed, and the message says how to get there (measured 2)", () => {
  const rows: readonly (readonly [LiveStore, RegExp])[] = [
    [aLiveStore({ type: "memory" }), /is memory on the server and the spec asks for badger at/],
    [aLiveStore({ type: "badger", config: { path: "/elsewhere" } }), /is badger at \/elsewhere on the server/],
    [aLiveStore({ type: "badger", config: {} }), /is badger on the server/],
  ];
  for (const [live, message] of rows) {
    const change = changeOf([live]);
    assert.deepEqual(change?.calls, []);
    assert.match(change?.problem ?? "", message);
    assert.match(
      change?.problem ?? "",
      /declare a store under another name, with a new share on it, and copy the files/,
    );
  }
});

test("stores that the spec does not name are left alone", () => {
  const live = aLiveDittoFs({ localStores: [aLiveStore({ name: "by-hand" })] });
  assert.deepEqual(localStoreChanges([], live), []);
});

test("a local store is created as what it is", () => {
  const store = { name: "ram", type: "memory", config: {} };
  const [change] = localStoreChanges([store], aLiveDittoFs());
  assert.deepEqual(change?.calls, [{ name: "createLocalStore", body: store }]);
  assert.equal(change?.what, "created (memory)");
});
