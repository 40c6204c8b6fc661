import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveRemoteStore, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { isDealtWith, removedShareChanges, reusedStores, type WantedRemovals } from "./removed-shares.ts";

const ofA = { name: "operator~a", members: [] };
const rows: readonly {
  readonly name: string;
  readonly because: string;
  readonly wanted: Partial<WantedRemovals>;
  readonly live: Partial<LiveDittoFs>;
  readonly calls: readonly string[];
}[] = [
  {
    name: "a share that the spec still names is no affair of this",
    because: "it is declared",
    wanted: { shares: [{ name: "/a" }] },
    live: {},
    calls: [],
  },
  {
    name: "a share that the spec names no more is disabled",
    because: "the default is to keep what it holds",
    wanted: {},
    live: {},
    calls: ["disableShare /a"],
  },
  {
    name: "a share that is disabled already stays as it is",
    because: "there is nothing to do",
    wanted: {},
    live: { shares: [aLiveShare({ name: "/a", enabled: false }), aLiveShare({ name: "/by-hand" })] },
    calls: [],
  },
  {
    name: "a share that was never declared is left alone",
    because: "somebody made it by hand",
    wanted: { deletionPolicy: "Delete" },
    live: { declaredShares: new Set() },
    calls: [],
  },
  {
    name: "with the policy Delete a share goes",
    because: "that policy says so",
    wanted: { deletionPolicy: "Delete" },
    live: {},
    calls: ["disableShare /a", "removeShare /a"],
  },
  {
    name: "with the policy Delete the clients of a share go after it",
    because: "a later share of its name would get them",
    wanted: { deletionPolicy: "Delete" },
    live: { netgroups: { kind: "read", netgroups: [ofA] } },
    calls: ["disableShare /a", "removeShare /a", "removeNetgroup operator~a"],
  },
  {
    name: "clients of a share that is gone already go too",
    because: "an operator may have been killed in between",
    wanted: { deletionPolicy: "Delete" },
    live: { shares: [aLiveShare({ name: "/by-hand" })], netgroups: { kind: "read", netgroups: [ofA] } },
    calls: ["removeNetgroup operator~a"],
  },
  {
    name: "with the policy Retain the clients stay",
    because: "the share is only disabled",
    wanted: {},
    live: { netgroups: { kind: "read", netgroups: [ofA] } },
    calls: ["disableShare /a"],
  },
  {
    name: "a share that is gone needs nothing",
    because: "somebody removed it by hand",
    wanted: { deletionPolicy: "Delete" },
    live: { shares: [] },
    calls: [],
  },
];

for (const { name, because, wanted, live, calls } of rows) {
  test(`${name}, because ${because}`, () => {
    const changes = removedShareChanges(
      { deletionPolicy: "Retain", shares: [], ...wanted },
      aLiveDittoFs({
        shares: [aLiveShare({ name: "/a" }), aLiveShare({ name: "/by-hand" })],
        declaredShares: new Set(["/a"]),
        ...live,
      }),
    );
    assert.deepEqual(
      changes.flatMap((change) => change.calls.map((call) => `${call.name} ${call.body.name}`)),
      calls,
    );
  });
}

const onBucket = (enabled: boolean) => aLiveShare({ name: "/a", enabled, remoteStoreId: "id-of-offsite" });
const answering = aLiveRemoteStore();
const dead = aLiveRemoteStore({ health: { status: "unhealthy", message: "refused" } });

for (const { name, share, store, unsynced, calls, problem } of [
  { name: "is closed before it goes", share: onBucket(true), store: answering, calls: ["disableShare"] },
  {
    name: "stays while something is not uploaded",
    share: onBucket(false),
    store: answering,
    unsynced: 1,
    problem: true,
  },
  { name: "stays while nobody knows what is uploaded", share: onBucket(false), store: answering, problem: true },
  { name: "goes when all is uploaded", share: onBucket(false), store: answering, unsynced: 0, calls: ["removeShare"] },
  { name: "is not even closed while its bucket is dead", share: onBucket(true), store: dead, problem: true },
  { name: "stays while nothing is known of its bucket", share: onBucket(false), store: undefined, problem: true },
] as const)
  test(`with the policy Delete a share on a bucket ${name}, because it takes what is not uploaded with it`, () => {
    const [change] = removedShareChanges(
      { deletionPolicy: "Delete", shares: [] },
      aLiveDittoFs({
        shares: [share],
        remoteStores: store === undefined ? [] : [store],
        declaredShares: new Set(["/a"]),
        unsyncedShares: new Map(unsynced === undefined ? [] : [["/a", unsynced]]),
      }),
    );
    assert.deepEqual(change?.calls.map((call) => call.name) ?? [], calls ?? []);
    assert.equal(change?.problem !== undefined, problem ?? false);
  });

const present = (enabled: boolean) => aLiveDittoFs({ shares: [aLiveShare({ name: "/a", enabled })] });
const [retain, remove] = [{ deletionPolicy: "Retain" }, { deletionPolicy: "Delete" }] as const;
const ofB = { name: "operator~b", members: [] };

test("a removed share is dealt with once it is disabled, or gone with its clients", () => {
  assert.equal(isDealtWith("/a", retain, present(true)), false);
  assert.equal(isDealtWith("/a", retain, present(false)), true);
  assert.equal(isDealtWith("/a", remove, present(false)), false);
  assert.equal(isDealtWith("/b", remove, present(false)), true);
  const withClients = { ...present(false), netgroups: { kind: "read", netgroups: [ofB] } } as const;
  assert.equal(isDealtWith("/b", remove, withClients), false);
  assert.equal(isDealtWith("/b", retain, withClients), true);
  const unknown = { ...present(false), netgroups: { kind: "unreadable", message: "" } } as const;
  assert.equal(isDealtWith("/b", remove, unknown), false);
});

test("an empty list proves that a share is gone only when the server says so by its name too", () => {
  assert.equal(isDealtWith("/a", remove, aLiveDittoFs()), false);
  assert.equal(isDealtWith("/a", remove, aLiveDittoFs({ goneShares: new Set(["/a"]) })), true);
});

test("a name that was removed in this process is not used again before the next (measured 2)", () => {
  const live = { metadataStores: [aLiveStore({ name: "there" })], removedMetadataStores: new Set(["gone", "there"]) };
  assert.deepEqual(reusedStores([{ name: "gone" }, { name: "there" }, { name: "new" }], live), ["gone"]);
});
