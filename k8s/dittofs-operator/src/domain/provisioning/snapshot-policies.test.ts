import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs, aLiveShare } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveSnapshotPolicies, LiveSnapshotPolicy } from "./live-dittofs.ts";
import {
  ownSnapshotPolicies,
  snapshotPolicyChanges,
  type WantedSnapshotPolicy,
  wantedSnapshotPolicies,
} from "./snapshot-policies.ts";

const share = "/export";
const daily: WantedSnapshotPolicy = { share, interval: "@daily", enabled: true, keepLast: 7, namePrefix: "" };
const shown: LiveSnapshotPolicy = { ...daily, interval: "24h0m0s" };
const byHand: LiveSnapshotPolicy = { ...shown, share: "/by-hand" };

const liveWith = (policies: readonly LiveSnapshotPolicy[], applied: readonly string[] = []) =>
  aLiveDittoFs({
    shares: [aLiveShare()],
    snapshotPolicies: { kind: "read", policies },
    appliedSnapshotPolicies: new Set(applied),
  });
const changesFor = (wanted: readonly WantedSnapshotPolicy[], live: ReturnType<typeof liveWith>) =>
  snapshotPolicyChanges({ snapshotPolicies: wanted, shares: [{ name: share }] }, live);

const put = (policy: WantedSnapshotPolicy) => [{ name: "putSnapshotPolicy", body: policy }];
const weekly = { ...daily, interval: "168h" };
const dying = { ...daily, ttl: "720h" };

const rows: readonly (readonly [
  name: string,
  wanted: readonly WantedSnapshotPolicy[],
  live: ReturnType<typeof liveWith>,
  calls: readonly unknown[],
])[] = [
  ["@daily is what the server shows as 24h0m0s (measured F)", [daily], liveWith([shown]), []],
  ["a respelled duration changes nothing", [{ ...daily, interval: "1440m" }], liveWith([shown]), []],
  ["a missing policy is set, all of it", [dying], liveWith([]), put(dying)],
  ["another interval is set", [weekly], liveWith([shown]), put(weekly)],
  ["a bound of age that was set by hand goes", [daily], liveWith([{ ...shown, ttl: "1h0m0s" }]), put(daily)],
  ["no bound of age and one of nothing are the same", [{ ...daily, ttl: "0s" }], liveWith([shown]), []],
  ["an interval that nobody understands is replaced", [daily], liveWith([{ ...shown, interval: "soon" }]), put(daily)],
  [
    "a policy that was switched off by hand is switched on",
    [daily],
    liveWith([{ ...shown, enabled: false }]),
    put(daily),
  ],
  ["a policy made by hand is left alone", [], liveWith([byHand]), []],
  [
    "a policy that an earlier spec named is removed, and no other",
    [],
    liveWith([shown, byHand], [share]),
    [{ name: "removeSnapshotPolicy", body: { share } }],
  ],
];

for (const [name, wanted, live, calls] of rows) {
  test(name, () => {
    const left = changesFor(wanted, live);
    assert.deepEqual(
      left.flatMap((change) => change.calls),
      calls,
    );
  });
}

test("a policy waits for a declared share, and one of a share that nobody has is a problem", () => {
  const [waiting] = changesFor([daily], aLiveDittoFs());
  assert.deepEqual(waiting?.needs, [{ family: "share", name: share }]);
  const [lost] = changesFor([{ ...daily, share: "/lost" }], liveWith([]));
  assert.match(lost?.problem ?? "", /names share \/lost, which is neither in spec.shares nor on the server/);
  assert.deepEqual(lost?.calls, []);
});

test("policies that cannot be read are a problem, and nothing is set or removed", () => {
  const snapshotPolicies: LiveSnapshotPolicies = { kind: "unreadable", message: "the answer is 500." };
  const left = changesFor([daily], { ...liveWith([], ["/other"]), snapshotPolicies });
  assert.deepEqual(
    left.map(({ calls, problem }) => [calls, problem]),
    [[[], "The snapshot policies cannot be read: the answer is 500."]],
  );
});

test("both spellings mean the same", () => {
  const given = { interval: "6h", keepLast: 4, ttl: "48h", namePrefix: "auto" };
  const server = aServer({
    shares: [{ name: "/a", snapshots: given }, { name: "/b" }],
    snapshotPolicies: [
      { share: "/b", ...given },
      { share: "/c", interval: "@hourly", enabled: false },
    ],
  });
  assert.deepEqual(wantedSnapshotPolicies(server), [
    { share: "/a", enabled: true, ...given },
    { share: "/b", enabled: true, ...given },
    { share: "/c", interval: "@hourly", enabled: false, keepLast: 0, namePrefix: "" },
  ]);
});

test("what is the operator's own is forgotten only when a list proves it", () => {
  const own = (...parameters: Parameters<typeof ownSnapshotPolicies>) => [...ownSnapshotPolicies(...parameters)];
  assert.deepEqual(own([daily], liveWith([shown, byHand])), [share]);
  assert.deepEqual(own([], liveWith([byHand], [share])), []);
  assert.deepEqual(own([], liveWith([], [share])), [share], "an empty list may be too early");
});
