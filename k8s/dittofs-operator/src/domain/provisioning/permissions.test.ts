import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveShare } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveGrant, LiveSharePermissions } from "./live-dittofs.ts";
import { ownGrants, permissionChanges, rememberedGrantsLength, type WantedGrant, wantedGrants } from "./permissions.ts";

const share = "/export";
const alice: WantedGrant = { share, kind: "user", name: "alice", level: "read" };
const live: LiveGrant = { kind: "user", name: "alice", level: "read" };
const byHand: LiveGrant = { kind: "group", name: "by-hand", level: "admin" };
const everybody = { shares: [{ name: share }], users: [], groups: [] };

type Situation = {
  readonly wanted?: readonly WantedGrant[];
  readonly read?: LiveSharePermissions | readonly LiveGrant[];
  readonly applied?: readonly string[];
};

function liveWith({ read = [], applied = [] }: Situation) {
  const permissions = Array.isArray(read) ? ({ kind: "read", grants: read } as const) : (read as LiveSharePermissions); // what is no list
  return aLiveDittoFs({
    shares: [aLiveShare()],
    sharePermissions: new Map([[aLiveShare().id, permissions]]),
    appliedGrants: new Map(applied.length === 0 ? [] : [[share, new Set(applied)]]),
  });
}

type Row = Situation & { readonly name: string; readonly calls: readonly unknown[]; readonly what?: string };

const { share: _, ...principal } = alice;
const rows: readonly Row[] = [
  { name: "a grant as wanted is not touched", wanted: [alice], read: [live], calls: [] },
  {
    name: "a grant that is missing is given",
    wanted: [alice],
    calls: [{ name: "grantPermission", body: { share, ...principal } }],
    what: "read granted",
  },
  {
    name: "a level that was changed by hand, or is none at all, is put back",
    wanted: [alice],
    read: [{ ...live, level: "raed" }],
    calls: [{ name: "grantPermission", body: alice }],
    what: "raed -> read",
  },
  { name: "a grant made by hand is left alone", read: [byHand], calls: [] },
  {
    name: "a grant that an earlier spec named is taken back, and no other",
    read: [live, byHand],
    applied: ["user:alice"],
    calls: [{ name: "revokePermission", body: { share, kind: "user", name: "alice" } }],
    what: "read taken back",
  },
  {
    name: "a grant that somebody has already taken back is not asked for",
    read: [byHand],
    applied: ["user:alice"],
    calls: [],
  },
  { name: "an empty list takes nothing back", read: [], applied: ["user:alice"], calls: [] },
  {
    name: "a directory's account is compared by kind and, where the spec gives one, by name for people",
    wanted: [{ share, kind: "sid", name: "S-1-5-7", level: "read", isGroup: true }],
    read: [{ kind: "sid", name: "S-1-5-7", level: "read", isGroup: false, displayName: "by hand" }],
    calls: [{ name: "grantPermission", body: { share, kind: "sid", name: "S-1-5-7", level: "read", isGroup: true } }],
    what: "read -> read",
  },
];

for (const { name, calls, what, ...situation } of rows) {
  test(name, () => {
    const left = permissionChanges({ ...everybody, grants: situation.wanted ?? [] }, liveWith(situation));
    assert.deepEqual(
      left.flatMap((change) => change.calls),
      calls,
    );
    if (what !== undefined) assert.equal(left[0]?.what, what);
    for (const { detail } of left) assert.equal(detail, "permissions id-of-/export");
  });
}

test("permissions that cannot be read are that share's problem, and nothing is given or taken back", () => {
  const unreadable = { kind: "unreadable", message: "the answer is 500." } as const;
  const left = permissionChanges(
    { ...everybody, grants: [alice] },
    liveWith({ read: unreadable, applied: ["user:bob"] }),
  );
  assert.deepEqual(
    left.map(({ calls, problem }) => [calls, problem]),
    [[[], "The permissions of share /export cannot be read: the answer is 500."]],
  );
});

test("a grant waits for its share, and for a declared user or group that is not there", () => {
  const wanted = { shares: [{ name: share }], users: [{ name: "alice" }], groups: [], grants: [alice] };
  const [onMissing] = permissionChanges(wanted, aLiveDittoFs());
  assert.deepEqual(onMissing?.needs, [{ family: "share", name: share }]);
  const [toMissing] = permissionChanges(wanted, liveWith({}));
  assert.deepEqual(toMissing?.needs, [{ family: "user", name: "alice" }]);
  const [toUndeclared] = permissionChanges({ ...everybody, grants: [alice] }, liveWith({}));
  assert.deepEqual(toUndeclared?.needs, [], "a user made by hand is the server's to know");
});

test("all grants of all shares are wanted, groups of a directory unless the spec says otherwise", () => {
  const permissions = {
    users: [{ name: "alice", level: "read" }],
    groups: [{ name: "staff", level: "none" }],
    sids: [{ sid: "S-1-5-7", level: "admin" }],
  } as const;
  assert.deepEqual(wantedGrants(aServer({ shares: [{ name: share, permissions }, { name: "/b" }] })), [
    alice,
    { share, kind: "group", name: "staff", level: "none" },
    { share, kind: "sid", name: "S-1-5-7", level: "admin", isGroup: true },
  ]);
});

const remembered: readonly (readonly [because: string, Situation, readonly string[]])[] = [
  ["a wanted grant that is there is the operator's", { wanted: [alice], read: [live, byHand] }, ["user:alice"]],
  ["one that is not taken back yet stays remembered", { read: [live], applied: ["user:alice"] }, ["user:alice"]],
  ["one that is gone is forgotten", { read: [byHand], applied: ["user:alice"] }, []],
  ["an empty list proves nothing", { read: [], applied: ["user:alice"] }, ["user:alice"]],
  [
    "a list that cannot be read proves nothing",
    { read: { kind: "unreadable", message: "" }, applied: ["user:alice"] },
    ["user:alice"],
  ],
];

for (const [because, situation, keys] of remembered) {
  test(because, () => {
    const own = ownGrants(situation.wanted ?? [], liveWith(situation));
    assert.deepEqual([...(own.get(share) ?? [])], keys);
  });
}

test("a list of shares that is empty too early makes nothing forgotten", () => {
  const own = ownGrants([], { ...liveWith({ applied: ["user:alice"] }), shares: [] });
  assert.deepEqual([...(own.get(share) ?? [])], ["user:alice"]);
});

test("what is remembered has an end", () => {
  const grants = Array.from({ length: 5000 }, (_unused, index) => ({ ...live, name: `u${index}` }));
  const own = ownGrants(
    grants.map((grant) => ({ ...grant, share })),
    liveWith({ read: grants }),
  );
  const { length } = [...(own.get(share) ?? [])].join(" ");
  assert.ok(length <= rememberedGrantsLength && length > rememberedGrantsLength - 20, `${length}`);
});
