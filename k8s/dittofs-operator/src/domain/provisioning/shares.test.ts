import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../../api/ditto-server.ts";
import { nfsAsCreated } from "../testing/nfs-as-created.ts";
import { aPresentShare, shareChangeOf } from "../testing/share-change-of.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { nfsDefaults, noTrash, shareFlags } from "./share-settings.ts";

const aLiveUser = {
  name: "alice",
  uid: 1000,
  role: "user",
  enabled: true,
  groups: [],
  displayName: "",
  email: "",
};

test("a missing share is created with every setting spelled out, once its stores are there", () => {
  const change = shareChangeOf({}, {});
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
  const calls = shareChangeOf({ enabled: false, nfs: { squash: "none" } }, {})?.calls ?? [];
  assert.deepEqual(calls.slice(1), [
    { name: "disableShare", body: { name: "/export" } },
    { name: "patchShareNfsConfig", body: { share: "/export", settings: { ...nfsDefaults, squash: "none" } } },
  ]);
});

const rows: readonly {
  readonly name: string;
  readonly wanted: Partial<ShareSpec>;
  readonly live: Partial<LiveDittoFs>;
  readonly calls: readonly unknown[];
  readonly what: string;
}[] = [
  { name: "a share as wanted is not touched", wanted: {}, live: aPresentShare({}), calls: [], what: "" },
  {
    name: "what was changed by hand and is declared is put back",
    wanted: { defaultPermission: "read", readOnly: true },
    live: aPresentShare({ defaultPermission: "admin" }),
    calls: [{ name: "updateShare", body: { name: "/export", readOnly: true, defaultPermission: "read" } }],
    what: "made read-only, default permission admin -> read",
  },
  {
    name: "only what differs is sent",
    wanted: {},
    live: aPresentShare({ readOnly: true }),
    calls: [{ name: "updateShare", body: { name: "/export", readOnly: false } }],
    what: "made writable",
  },
  {
    name: "a size within the server's rounding is no change",
    wanted: { localStoreSize: "1500Mi" },
    live: aPresentShare({ localStoreSize: "1.46GiB" }),
    calls: [],
    what: "",
  },
  {
    name: "another size is sent in bytes",
    wanted: { localStoreSize: "1536Mi" },
    live: aPresentShare({ localStoreSize: "1.46GiB" }),
    calls: [{ name: "updateShare", body: { name: "/export", localStoreSize: "1610612736" } }],
    what: "local store size 1.46GiB -> 1610612736 bytes",
  },
  {
    name: "a share that was disabled by hand is enabled again",
    wanted: {},
    live: aPresentShare({ enabled: false }),
    calls: [{ name: "enableShare", body: { name: "/export" } }],
    what: "enabled",
  },
  {
    name: "a share that the spec disables is disabled and kept",
    wanted: { enabled: false },
    live: aPresentShare({}),
    calls: [{ name: "disableShare", body: { name: "/export" } }],
    what: "disabled",
  },
  {
    name: "squash is changed where NFS keeps it",
    wanted: { nfs: { squash: "none" } },
    live: aPresentShare({}),
    calls: [{ name: "patchShareNfsConfig", body: { share: "/export", settings: { squash: "none" } } }],
    what: "squash root_to_guest -> none",
  },
  {
    name: "only the NFS settings that differ are sent",
    wanted: { nfs: { anonymousUid: 99, requireKerberos: true, minKerberosLevel: "krb5p", disableReaddirplus: true } },
    live: aPresentShare(
      {},
      { kind: "read", settings: { ...nfsAsCreated, disableReaddirplus: true, allowAuthSys: false } },
    ),
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
    live: aPresentShare({ allowMFSymlink: true, streamsDisabled: true }),
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
    name: "a quota and a read buffer are sent in bytes (measured F)",
    wanted: { quota: "10Gi", readBufferSize: "64Mi" },
    live: aPresentShare({ quota: "9.99GiB" }),
    calls: [{ name: "updateShare", body: { name: "/export", readBufferSize: "67108864", quota: "10737418240" } }],
    what: "read buffer size unset -> 67108864 bytes, quota 9.99GiB -> 10737418240 bytes",
  },
  {
    name: "a quota within the server's rounding is no change",
    wanted: { quota: "1500Mi", readBufferSize: "1500Mi" },
    live: aPresentShare({ quota: "1.46GiB", readBufferSize: "1.46GiB" }),
    calls: [],
    what: "",
  },
  {
    name: "a quota and a read buffer that the spec does not name are taken away",
    wanted: {},
    live: aPresentShare({ quota: "1.00GiB", readBufferSize: "1.00GiB" }),
    calls: [{ name: "updateShare", body: { name: "/export", readBufferSize: "0", quota: "0" } }],
    what: "read buffer size 1.00GiB -> unset, quota 1.00GiB -> unset",
  },
  {
    name: "a recycle bin is set as a whole",
    wanted: { trash: { enabled: true, retentionDays: 7, maxSize: "1Gi" } },
    live: aPresentShare({ trash: { ...noTrash, enabled: true } }),
    calls: [
      {
        name: "updateShare",
        body: { name: "/export", trash: { ...noTrash, enabled: true, retentionDays: 7, maxBytes: 2 ** 30 } },
      },
    ],
    what: "trash set",
  },
  {
    name: "the patterns of a recycle bin have no order",
    wanted: { trash: { enabled: true, excludePatterns: ["*.tmp", "~*"] } },
    live: aPresentShare({ trash: { ...noTrash, enabled: true, excludePatterns: ["~*", "*.tmp"] } }),
    calls: [],
    what: "",
  },
  {
    name: "a recycle bin that the spec does not name stays, because switching it off empties it",
    wanted: {},
    live: aPresentShare({ trash: { ...noTrash, enabled: true, retentionDays: 7 } }),
    calls: [],
    what: "",
  },
  {
    name: "a recycle bin is switched off when the spec says so",
    wanted: { trash: { enabled: false } },
    live: aPresentShare({ trash: { ...noTrash, enabled: true } }),
    calls: [{ name: "updateShare", body: { name: "/export", trash: noTrash } }],
    what: "trash switched off",
  },
  {
    name: "an owner whose uid is that of the root directory is no change",
    wanted: { owner: "alice" },
    live: { ...aPresentShare({ ownerUid: 1000 }), users: [aLiveUser] },
    calls: [],
    what: "",
  },
  {
    name: "an owner who is not on the server says nothing about the root directory",
    wanted: { owner: "alice" },
    live: aPresentShare({ ownerUid: 1000 }),
    calls: [],
    what: "",
  },
  {
    name: "NFS settings that have not been read yet are not written",
    wanted: { nfs: { squash: "none" } },
    live: { ...aPresentShare({}), shareNfsConfigs: new Map() },
    calls: [],
    what: "",
  },
  {
    name: "a server that shows its stores as ids only is understood",
    wanted: {},
    live: { ...aPresentShare({ metadataStoreId: "id-of-default", localStoreId: "id-of-default" }) },
    calls: [],
    what: "",
  },
  {
    name: "store lists that are empty too early are no reason for anything",
    wanted: {},
    live: { ...aPresentShare({}), metadataStores: [], localStores: [] },
    calls: [],
    what: "",
  },
];

for (const { name, wanted, live, calls, what } of rows) {
  test(name, () => {
    const change = shareChangeOf(wanted, live);
    assert.deepEqual(change?.calls, calls);
    assert.equal(change?.what, what);
    assert.equal(change?.problem, undefined);
  });
}

test("the stores of a share are never changed: the message says so, and the rest of the share is", () => {
  const moved = shareChangeOf({ readOnly: true }, aPresentShare({ metadataStoreId: "id-of-other" }));
  assert.match(moved?.problem ?? "", /Share \/export lies on metadata store "other" and the spec asks for "default"/);
  assert.match(moved?.problem ?? "", /declare a new share on "default" and copy the files/);
  assert.deepEqual(moved?.calls, [{ name: "updateShare", body: { name: "/export", readOnly: true } }]);
  const local = shareChangeOf({}, aPresentShare({ localStoreId: "id-of-other" }));
  assert.match(local?.problem ?? "", /lies on local store "other"/);
});

test("an owner is given at the creation, which waits for a declared user and for no other", () => {
  const create = (owner: string, users: LiveDittoFs["users"]) => shareChangeOf({ owner }, { users });
  assert.partialDeepStrictEqual(create("alice", [])?.calls[0]?.body, { owner: "alice" });
  assert.deepEqual(create("alice", [])?.needs.at(-1), { family: "user", name: "alice" });
  assert.equal(create("alice", [aLiveUser])?.needs.length, 2);
  assert.equal(create("made-by-hand", [])?.needs.length, 2);
});

test("another owner is refused with the reason, and the rest of the share is changed", () => {
  const change = shareChangeOf({ owner: "alice", readOnly: true }, { ...aPresentShare({}), users: [aLiveUser] });
  assert.match(change?.problem ?? "", /^Share \/export was created for uid 0, and its owner alice has uid 1000\./);
  assert.match(change?.problem ?? "", /\(chown\)\.$/);
  assert.deepEqual(change?.calls, [{ name: "updateShare", body: { name: "/export", readOnly: true } }]);
});

test("NFS settings that cannot be read are a problem of that share", () => {
  const change = shareChangeOf({}, aPresentShare({}, { kind: "unreadable", message: "the answer is 500." }));
  assert.deepEqual(change?.calls, []);
  assert.equal(change?.problem, "The NFS settings of share /export cannot be read: the answer is 500.");
});
