import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../../api/ditto-server.ts";
import { aLiveDittoFs, aLiveRemoteStore, aLiveShare, aLiveStore } from "../testing/a-live-dittofs.ts";
import { aServer } from "../testing/a-server.ts";
import type { LiveDittoFs, LiveShare, LiveShareNfsConfig } from "./live-dittofs.ts";
import { nfsDefaults, shareFlags } from "./share-settings.ts";
import { shareChanges } from "./shares.ts";
import { wantedShares } from "./wanted-shares.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const bin = { enabled: false, retentionDays: 0, restrictToAdmin: false, maxBytes: 0, excludePatterns: [] };
const aLiveUser = {
  name: "alice",
  uid: 1000,
  role: "user",
  enabled: true,
  groups: [],
  displayName: "",
  email: "",
};
const size17 = { localStoreSize: "17.00GiB" };

function changeOf(share: Partial<ShareSpec>, live: Partial<LiveDittoFs>) {
  const wanted = wantedShares(aServer({ storage, shares: [{ name: "/export", ...share }] }));
  const stores = [aLiveStore(), aLiveStore({ name: "other" })];
  return shareChanges(
    wanted,
    [{ name: "alice" }],
    aLiveDittoFs({ metadataStores: stores, localStores: stores, ...live }),
  )[0];
}

const present = (share: Partial<LiveShare>, config: LiveShareNfsConfig = { kind: "read", settings: nfsDefaults }) => ({
  shares: [aLiveShare({ ...size17, ...share })],
  shareNfsConfigs: new Map([["id-of-/export", config]]),
});

test("a missing share is created with every setting spelled out, once its stores are there", () => {
  const change = changeOf({}, {});
  assert.deepEqual(change?.needs, [
    { family: "metadataStore", name: "default" },
    { family: "localStore", name: "default" },
  ]);
  assert.deepEqual(change?.calls, [
    {
      name: "createShare",
      body: {
        name: "/export",
        metadataStore: "default",
        localStore: "default",
        readOnly: false,
        defaultPermission: "none",
        ...shareFlags,
        localStoreSize: "18253611008",
      },
    },
    { name: "patchShareNfsConfig", body: { share: "/export", settings: nfsDefaults } },
  ]);
});

test("a share that the spec disables is created and then disabled, because POST knows no such field", () => {
  const calls = changeOf({ enabled: false, nfs: { squash: "none" } }, {})?.calls ?? [];
  assert.deepEqual(calls.slice(1), [
    { name: "patchShareNfsConfig", body: { share: "/export", settings: { ...nfsDefaults, squash: "none" } } },
    { name: "disableShare", body: { name: "/export" } },
  ]);
});

const rows: readonly {
  readonly name: string;
  readonly wanted: Partial<ShareSpec>;
  readonly live: Partial<LiveDittoFs>;
  readonly calls: readonly unknown[];
  readonly what: string;
}[] = [
  { name: "a share as wanted is not touched", wanted: {}, live: present({}), calls: [], what: "" },
  {
    name: "what was changed by hand and is declared is put back",
    wanted: { defaultPermission: "read", readOnly: true },
    live: present({ defaultPermission: "admin" }),
    calls: [{ name: "updateShare", body: { name: "/export", readOnly: true, defaultPermission: "read" } }],
    what: "made read-only, default permission admin -> read",
  },
  {
    name: "only what differs is sent",
    wanted: {},
    live: present({ readOnly: true }),
    calls: [{ name: "updateShare", body: { name: "/export", readOnly: false } }],
    what: "made writable",
  },
  {
    name: "a size within the server's rounding is no change",
    wanted: { localStoreSize: "1500Mi" },
    live: present({ localStoreSize: "1.46GiB" }),
    calls: [],
    what: "",
  },
  {
    name: "another size is sent in bytes",
    wanted: { localStoreSize: "1536Mi" },
    live: present({ localStoreSize: "1.46GiB" }),
    calls: [{ name: "updateShare", body: { name: "/export", localStoreSize: "1610612736" } }],
    what: "local store size 1.46GiB -> 1610612736 bytes",
  },
  {
    name: "a share that was disabled by hand is enabled again",
    wanted: {},
    live: present({ enabled: false }),
    calls: [{ name: "enableShare", body: { name: "/export" } }],
    what: "enabled",
  },
  {
    name: "a share that the spec disables is disabled and kept",
    wanted: { enabled: false },
    live: present({}),
    calls: [{ name: "disableShare", body: { name: "/export" } }],
    what: "disabled",
  },
  {
    name: "squash is changed where NFS keeps it",
    wanted: { nfs: { squash: "none" } },
    live: present({}),
    calls: [{ name: "patchShareNfsConfig", body: { share: "/export", settings: { squash: "none" } } }],
    what: "squash root_to_guest -> none",
  },
  {
    name: "only the NFS settings that differ are sent",
    wanted: { nfs: { anonymousUid: 99, requireKerberos: true, minKerberosLevel: "krb5p", disableReaddirplus: true } },
    live: present({}, { kind: "read", settings: { ...nfsDefaults, disableReaddirplus: true, allowAuthSys: false } }),
    calls: [
      {
        name: "patchShareNfsConfig",
        body: {
          share: "/export",
          settings: { anonymousUid: 99, allowAuthSys: true, requireKerberos: true, minKerberosLevel: "krb5p" },
        },
      },
    ],
    what: "anonymousUid 65534 -> 99, allowAuthSys false -> true, requireKerberos false -> true, minKerberosLevel krb5 -> krb5p",
  },
  {
    name: "flags are set, and put back to what the server does by itself when the spec names them no more",
    wanted: { encryptData: true, smb: { allowMFSymlink: true, aclFlagInheritedCanonicalization: false } },
    live: present({ allowMFSymlink: true, streamsDisabled: true }),
    calls: [
      {
        name: "updateShare",
        body: {
          name: "/export",
          encryptData: true,
          streamsDisabled: false,
          aclFlagInheritedCanonicalization: false,
        },
      },
    ],
    what: "encryptData false -> true, streamsDisabled true -> false, aclFlagInheritedCanonicalization true -> false",
  },
  {
    name: "a quota and a read buffer are sent in bytes",
    wanted: { quota: "10Gi", readBufferSize: "64Mi" },
    live: present({ quota: "9.99GiB" }),
    calls: [{ name: "updateShare", body: { name: "/export", readBufferSize: "67108864", quota: "10737418240" } }],
    what: "read buffer size unset -> 67108864 bytes, quota 9.99GiB -> 10737418240 bytes",
  },
  {
    name: "a quota within the server's rounding is no change",
    wanted: { quota: "1500Mi", readBufferSize: "1500Mi" },
    live: present({ quota: "1.46GiB", readBufferSize: "1.46GiB" }),
    calls: [],
    what: "",
  },
  {
    name: "a quota and a read buffer that the spec does not name are taken away",
    wanted: {},
    live: present({ quota: "1.00GiB", readBufferSize: "1.00GiB" }),
    calls: [{ name: "updateShare", body: { name: "/export", readBufferSize: "0", quota: "0" } }],
    what: "read buffer size 1.00GiB -> unset, quota 1.00GiB -> unset",
  },
  {
    name: "a recycle bin is set as a whole",
    wanted: { trash: { enabled: true, retentionDays: 7, maxSize: "1Gi" } },
    live: present({ trash: { ...bin, enabled: true } }),
    calls: [
      {
        name: "updateShare",
        body: { name: "/export", trash: { ...bin, enabled: true, retentionDays: 7, maxBytes: 2 ** 30 } },
      },
    ],
    what: "trash set",
  },
  {
    name: "the patterns of a recycle bin have no order",
    wanted: { trash: { enabled: true, excludePatterns: ["*.tmp", "~*"] } },
    live: present({ trash: { ...bin, enabled: true, excludePatterns: ["~*", "*.tmp"] } }),
    calls: [],
    what: "",
  },
  {
    name: "a recycle bin that the spec does not name stays, because switching it off empties it",
    wanted: {},
    live: present({ trash: { ...bin, enabled: true, retentionDays: 7 } }),
    calls: [],
    what: "",
  },
  {
    name: "a recycle bin is switched off when the spec says so",
    wanted: { trash: { enabled: false } },
    live: present({ trash: { ...bin, enabled: true } }),
    calls: [{ name: "updateShare", body: { name: "/export", trash: bin } }],
    what: "trash switched off",
  },
  {
    name: "an owner whose uid is that of the root directory is no change",
    wanted: { owner: "alice" },
    live: { ...present({ ownerUid: 1000 }), users: [aLiveUser] },
    calls: [],
    what: "",
  },
  {
    name: "an owner who is not on the server says nothing about the root directory",
    wanted: { owner: "alice" },
    live: present({ ownerUid: 1000 }),
    calls: [],
    what: "",
  },
  {
    name: "NFS settings that have not been read yet are not written",
    wanted: { nfs: { squash: "none" } },
    live: { ...present({}), shareNfsConfigs: new Map() },
    calls: [],
    what: "",
  },
  {
    name: "a server that shows its stores as ids only is understood",
    wanted: {},
    live: { ...present({ metadataStoreId: "id-of-default", localStoreId: "id-of-default" }) },
    calls: [],
    what: "",
  },
  {
    name: "store lists that are empty too early are no reason for anything",
    wanted: {},
    live: { ...present({}), metadataStores: [], localStores: [] },
    calls: [],
    what: "",
  },
];

for (const { name, wanted, live, calls, what } of rows) {
  test(name, () => {
    const change = changeOf(wanted, live);
    assert.deepEqual(change?.calls, calls);
    assert.equal(change?.what, what);
    assert.equal(change?.problem, undefined);
  });
}

test("the stores of a share are never changed: the message says so, and the rest of the share is", () => {
  const moved = changeOf({ readOnly: true }, present({ metadataStoreId: "id-of-other" }));
  assert.match(moved?.problem ?? "", /Share \/export lies on metadata store "other" and the spec asks for "default"/);
  assert.match(moved?.problem ?? "", /declare a new share on "default" and copy the files/);
  assert.deepEqual(moved?.calls, [{ name: "updateShare", body: { name: "/export", readOnly: true } }]);
  const local = changeOf({}, present({ localStoreId: "id-of-other" }));
  assert.match(local?.problem ?? "", /lies on local store "other"/);
});

test("an owner is given at the creation, which waits for a declared user and for no other", () => {
  const create = (owner: string, users: LiveDittoFs["users"]) => changeOf({ owner }, { users });
  assert.partialDeepStrictEqual(create("alice", [])?.calls[0]?.body, { owner: "alice" });
  assert.deepEqual(create("alice", [])?.needs.at(-1), { family: "user", name: "alice" });
  assert.equal(create("alice", [aLiveUser])?.needs.length, 2);
  assert.equal(create("made-by-hand", [])?.needs.length, 2);
});

test("another owner is refused with the reason, and the rest of the share is changed", () => {
  const change = changeOf({ owner: "alice", readOnly: true }, { ...present({}), users: [aLiveUser] });
  assert.match(change?.problem ?? "", /^Share \/export was created for uid 0, and its owner alice has uid 1000\./);
  assert.match(change?.problem ?? "", /\(chown\)\.$/);
  assert.deepEqual(change?.calls, [{ name: "updateShare", body: { name: "/export", readOnly: true } }]);
});

test("NFS settings that cannot be read are a problem of that share", () => {
  const change = changeOf({}, present({}, { kind: "unreadable", message: "the answer is 500." }));
  assert.deepEqual(change?.calls, []);
  assert.equal(change?.problem, "The NFS settings of share /export cannot be read: the answer is 500.");
});

const remote = { localStoreSize: "17Gi", remoteStore: "offsite" } as const;
const onRemote = (share: Partial<LiveShare>) => ({
  ...present({ remoteStoreId: "id-of-offsite", ...share }),
  remoteStores: [aLiveRemoteStore(), aLiveRemoteStore({ name: "other" })],
});

test("a share with a remote store waits for it, and is created with it: later it would lose files", () => {
  const change = changeOf({ ...remote, retention: { policy: "ttl", ttl: "90m" } }, {});
  assert.deepEqual(change?.needs.at(-1), { family: "remoteStore", name: "offsite" });
  assert.partialDeepStrictEqual(change?.calls[0]?.body, {
    remoteStore: "offsite",
    retentionPolicy: "ttl",
    retentionTtl: "90m",
  });
});

const stays: readonly {
  readonly name: string;
  readonly wanted: Partial<ShareSpec>;
  readonly live: Partial<LiveShare>;
  readonly says: RegExp;
}[] = [
  {
    name: "a remote store that the spec adds to a share is not attached",
    wanted: remote,
    live: {},
    says: /lies on remote store none and the spec asks for "offsite"/,
  },
  {
    name: "a remote store that the spec takes from a share is not detached",
    wanted: { localStoreSize: "17Gi" },
    live: { remoteStoreId: "id-of-offsite" },
    says: /lies on remote store "offsite" and the spec asks for none/,
  },
  {
    name: "a share is not moved to another remote store",
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
    const change = changeOf(wanted, { ...onRemote({}), shares: [{ ...rest, ...live }] });
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
    ({ wanted, live }) => changeOf({ ...remote, retention: wanted }, onRemote(live))?.calls[0]?.body,
  );
  assert.deepEqual(sent, [
    undefined,
    undefined,
    { name: "/export", retentionPolicy: "pin" },
    { name: "/export", retentionPolicy: "ttl", retentionTtl: "2h" },
    { name: "/export", retentionPolicy: "ttl", retentionTtl: "2h" },
  ]);
});
