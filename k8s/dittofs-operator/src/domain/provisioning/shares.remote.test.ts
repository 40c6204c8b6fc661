import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../../api/ditto-server.ts";
import { aLiveRemoteStore, aLiveShare } from "../testing/a-live-dittofs.ts";
import { aPresentShare, shareChangeOf } from "../testing/share-change-of.ts";
import type { LiveShare } from "./live-dittofs.ts";

const remote = { localStoreSize: "17Gi", remoteStore: "offsite" } as const;
const onRemote = (share: Partial<LiveShare>) => ({
  ...aPresentShare({ remoteStoreId: "id-of-offsite", ...share }),
  remoteStores: [aLiveRemoteStore(), aLiveRemoteStore({ name: "other" })],
});

test("a share is created with its remote store: later it would lose files", () => {
  const change = shareChangeOf(
    { ...remote, retention: { policy: "ttl", ttl: "90m" } },
    { remoteStores: [aLiveRemoteStore()] },
  );
  assert.partialDeepStrictEqual(change?.calls[0]?.body, {
    remoteStore: "offsite",
    retentionPolicy: "ttl",
    retentionTtl: "90m",
  });
});

const unhealthy = { status: "unhealthy", message: "S3 connectivity check failed" } as const;

test("a share is not created before its remote store is there and answers, because the call would take minutes", () => {
  const missing = shareChangeOf(remote, {});
  assert.deepEqual(missing?.calls, []);
  assert.match(missing?.problem ?? "", /waits for remote store offsite, which is not there yet/);
  const dead = shareChangeOf(remote, { remoteStores: [aLiveRemoteStore({ health: unhealthy })] });
  assert.deepEqual(dead?.calls, []);
  assert.match(
    dead?.problem ?? "",
    /waits for remote store offsite, which does not answer \(S3 connectivity check failed\)/,
  );
});

test("a share whose remote store does not answer is not changed, and is as wanted while nothing differs", () => {
  const dead = { remoteStores: [aLiveRemoteStore({ health: unhealthy })] };
  const changed = shareChangeOf({ ...remote, readOnly: true }, { ...onRemote({}), ...dead });
  assert.deepEqual(changed?.calls, []);
  assert.match(changed?.problem ?? "", /does not answer/);
  assert.equal(shareChangeOf(remote, { ...onRemote({}), ...dead })?.problem, undefined);
});

test("a share of which is known only that it exists is left alone", () => {
  const change = shareChangeOf({ ...remote, readOnly: true }, onRemote({ isAssumed: true }));
  assert.deepEqual([change?.calls, change?.problem], [[], undefined]);
});

const stays: readonly {
  readonly name: string;
  readonly wanted: Partial<ShareSpec>;
  readonly live: Partial<LiveShare>;
  readonly says: RegExp;
}[] = [
  {
    name: "a remote store that the spec adds to a share is not attached (measured A1)",
    wanted: remote,
    live: {},
    says: /lies on remote store none and the spec asks for "offsite"/,
  },
  {
    name: "a remote store that the spec takes from a share is not detached (measured A2)",
    wanted: { localStoreSize: "17Gi" },
    live: { remoteStoreId: "id-of-offsite" },
    says: /lies on remote store "offsite" and the spec asks for none/,
  },
  {
    name: "a share is not moved to another remote store (measured A2)",
    wanted: remote,
    live: { remoteStoreId: "id-of-other" },
    says: /lies on remote store "other" and the spec asks for "offsite"/,
  },
  {
    name: "a share on a remote store that nobody declares is left there",
    wanted: remote,
    live: { remoteStoreId: "id-of-nobody" },
    says: /one that the spec does not declare/,
  },
];

for (const { name, wanted, live, says } of stays) {
  test(name, () => {
    const { remoteStoreId, ...rest } = onRemote({}).shares[0] ?? aLiveShare();
    assert.equal(remoteStoreId, "id-of-offsite");
    const change = shareChangeOf(wanted, { ...onRemote({}), shares: [{ ...rest, ...live }] });
    assert.deepEqual(change?.calls, []);
    assert.match(change?.problem ?? "", says);
    assert.match(change?.problem ?? "", /declare a new share on .* and copy the files\.$/);
  });
}

test("retention is compared as a duration, and set while the share is used", () => {
  const changes = [
    { wanted: { policy: "lru" }, live: {} },
    { wanted: { policy: "ttl", ttl: "90m" }, live: { retentionPolicy: "ttl", retentionTtl: "1h30m0s" } },
    { wanted: { policy: "pin" }, live: { retentionPolicy: "ttl", retentionTtl: "1h30m0s" } },
    { wanted: { policy: "ttl", ttl: "2h" }, live: { retentionPolicy: "ttl", retentionTtl: "1h30m0s" } },
    { wanted: { policy: "ttl", ttl: "2h" }, live: { retentionPolicy: "ttl", retentionTtl: "nonsense" } },
  ] as const;
  const sent = changes.map(
    ({ wanted, live }) => shareChangeOf({ ...remote, retention: wanted }, onRemote(live))?.calls[0]?.body,
  );
  assert.deepEqual(sent, [
    undefined,
    undefined,
    { name: "/export", retentionPolicy: "pin" },
    { name: "/export", retentionPolicy: "ttl", retentionTtl: "2h" },
    { name: "/export", retentionPolicy: "ttl", retentionTtl: "2h" },
  ]);
});
