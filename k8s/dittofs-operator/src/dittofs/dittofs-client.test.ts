import assert from "node:assert/strict";
import { test } from "node:test";
import { shareFlags } from "../domain/provisioning/share-settings.ts";
import { nfsAsCreated } from "../domain/testing/nfs-as-created.ts";
import { testReads } from "./testing/test-reads.ts";
import { testWrites } from "./testing/test-writes.ts";
import { withAnswer } from "./testing/with-answer.ts";

const signal = new AbortController().signal;

const share = {
  id: "s1",
  name: "/export",
  metadata_store_id: "m1",
  local_block_store_id: "l1",
  remote_block_store_id: null,
  enabled: true,
  read_only: false,
  default_permission: "read-write",
  local_store_size: "17.00GiB",
  used_bytes: 0,
  status: { status: "healthy", checked_at: "2026-07-24T10:00:00.123456789Z", latency_ms: 3 },
};
const shareRead = {
  id: "s1",
  name: "/export",
  metadataStoreId: "m1",
  localStoreId: "l1",
  retentionPolicy: "lru",
  enabled: true,
  readOnly: false,
  defaultPermission: "read-write",
  localStoreSize: "17.00GiB",
  ...shareFlags,
  trash: { enabled: false, retentionDays: 0, restrictToAdmin: false, maxBytes: 0, excludePatterns: [] },
  health: { status: "healthy", message: "", checkedAtMs: Date.UTC(2026, 6, 24, 10, 0, 0, 123) },
};
const { local_store_size: _, ...shareWithoutSize } = share;
const { localStoreSize: __, ...shareReadWithoutSize } = shareRead;

testReads([
  {
    name: "clients, those without a user too",
    answer: [
      { client_id: "1", protocol: "nfs", address: "192.0.2.7:901", user: "", shares: null },
      { client_id: "2", protocol: "smb", address: "192.0.2.8:445", user: "alice", shares: ["/a"] },
    ],
    read: (api) => api.clients(signal),
    value: [
      { protocol: "nfs", address: "192.0.2.7:901" },
      { protocol: "smb", address: "192.0.2.8:445", user: "alice" },
    ],
  },
  {
    name: "adapters, with kinds and states of later versions",
    answer: [
      {
        id: "a1",
        type: "nfs",
        enabled: true,
        running: true,
        port: 12_049,
        updated_at: "2026-07-24T10:00:00Z",
        status: { status: "unknown", message: "has not started yet", checked_at: "2026-07-24T10:00:01Z" },
      },
      { type: "webdav", enabled: false, port: 0, status: { status: "sleeping" } },
    ],
    read: (api) => api.adapters(signal),
    value: [
      {
        type: "nfs",
        enabled: true,
        port: 12_049,
        updatedAtMs: Date.UTC(2026, 6, 24, 10),
        health: { status: "unknown", message: "has not started yet", checkedAtMs: Date.UTC(2026, 6, 24, 10, 0, 1) },
      },
      { type: "webdav", enabled: false, port: 0, health: { status: "unknown", message: "" } },
    ],
  },
  {
    name: "a list that the server writes as null",
    answer: null,
    read: (api) => api.localStores(signal),
    value: [],
  },
  {
    name: "stores with a configuration as an object, as a string of JSON, as nonsense and as nothing",
    answer: [
      { id: "1", name: "a", type: "badger", config: { path: "/p", cache: 64 } },
      { id: "2", name: "b", type: "badger", config: '{"path":"/p"}' },
      { id: "3", name: "c", type: "badger", config: "{" },
      { id: "4", name: "d", type: "memory", config: null },
    ],
    read: (api) => api.metadataStores(signal),
    value: [
      { id: "1", name: "a", type: "badger", config: { path: "/p", cache: 64 } },
      { id: "2", name: "b", type: "badger", config: { path: "/p" } },
      { id: "3", name: "c", type: "badger", config: {} },
      { id: "4", name: "d", type: "memory", config: {} },
    ],
  },
  {
    name: "shares, with sizes as text, as a number and not at all",
    answer: [share, { ...share, local_store_size: 1024 }, shareWithoutSize],
    read: (api) => api.shares(signal),
    value: [shareRead, { ...shareRead, localStoreSize: "1024" }, shareReadWithoutSize],
  },
  {
    name: "every setting of a share",
    answer: [
      {
        ...share,
        owner_uid: 1000,
        owner_gid: 1000,
        quota_bytes: "1.50GiB",
        read_buffer_size: "100.00MiB",
        encrypt_data: true,
        access_based_enumeration: true,
        change_notify_disabled: true,
        streams_disabled: true,
        continuous_availability: true,
        allow_mfsymlink: true,
        acl_flag_inherited_canonicalization: false,
        trash_enabled: true,
        trash_retention_days: 7,
        trash_restrict_to_admin: true,
        trash_max_bytes: 5,
        trash_exclude_patterns: ["*.tmp"],
      },
    ],
    read: (api) => api.shares(signal),
    value: [
      {
        ...shareRead,
        ownerUid: 1000,
        quota: "1.50GiB",
        readBufferSize: "100.00MiB",
        ...Object.fromEntries(Object.entries(shareFlags).map(([flag, otherwise]) => [flag, !otherwise])),
        trash: { enabled: true, retentionDays: 7, restrictToAdmin: true, maxBytes: 5, excludePatterns: ["*.tmp"] },
      },
    ],
  },
  {
    name: "every NFS setting of a share",
    answer: {
      squash: "none",
      anonymous_uid: 0,
      anonymous_gid: 99,
      allow_auth_sys: false,
      require_kerberos: true,
      min_kerberos_level: "krb5p",
      netgroup: "",
      disable_readdirplus: true,
    },
    read: (api) => api.shareNfsConfig("/export", signal),
    value: {
      squash: "none",
      anonymousUid: 0,
      anonymousGid: 99,
      allowAuthSys: false,
      requireKerberos: true,
      minKerberosLevel: "krb5p",
      disableReaddirplus: true,
      netgroup: "",
    },
  },
  {
    name: "a share's NFS settings",
    answer: { squash: "none", allow_auth_sys: true, netgroup: "" },
    read: (api) => api.shareNfsConfig("/export", signal),
    value: { ...nfsAsCreated, squash: "none" },
  },
]);

testWrites([
  {
    name: "an adapter's port",
    write: (api) => api.putAdapter({ type: "smb", enabled: true, port: 12_445 }, signal),
    request: "PUT /api/v1/adapters/smb",
    body: { enabled: true, port: 12_445 },
  },
  {
    name: "a new adapter",
    write: (api) => api.createAdapter({ type: "smb", enabled: true, port: 12_445 }, signal),
    request: "POST /api/v1/adapters",
    body: { type: "smb", enabled: true, port: 12_445 },
  },
  {
    name: "settings of an adapter, as they are",
    write: (api) => api.patchProtocolSettings({ type: "nfs", settings: { lease_time: 60 } }, signal),
    request: "PATCH /api/v1/adapters/nfs/settings",
    body: { lease_time: 60 },
  },
  {
    name: "a metadata store, its configuration as a string of JSON",
    write: (api) => api.createMetadataStore({ name: "m", type: "badger", config: { path: "/p" } }, signal),
    request: "POST /api/v1/store/metadata",
    body: { name: "m", type: "badger", config: '{"path":"/p"}' },
  },
  {
    name: "the whole configuration of a metadata store",
    write: (api) => api.updateMetadataStore({ name: "m", type: "badger", config: { path: "/p", a: 1 } }, signal),
    request: "PUT /api/v1/store/metadata/m",
    body: { type: "badger", config: '{"path":"/p","a":1}' },
  },
  {
    name: "a local store",
    write: (api) => api.createLocalStore({ name: "l", type: "memory", config: {} }, signal),
    request: "POST /api/v1/store/block/local",
    body: { name: "l", type: "memory", config: "{}" },
  },
  {
    name: "a share in the server's words",
    write: (api) =>
      api.createShare(
        {
          name: "/export",
          metadataStore: "m",
          localStore: "l",
          readOnly: false,
          defaultPermission: "none",
          localStoreSize: "1024",
          quota: "2048",
          owner: "alice",
          ...shareFlags,
          allowMFSymlink: true,
          trash: { enabled: true, retentionDays: 7, restrictToAdmin: false, maxBytes: 9, excludePatterns: ["*.tmp"] },
        },
        signal,
      ),
    request: "POST /api/v1/shares",
    body: {
      name: "/export",
      metadata_store_id: "m",
      local_block_store: "l",
      read_only: false,
      default_permission: "none",
      local_store_size: "1024",
      quota_bytes: "2048",
      owner: "alice",
      encrypt_data: false,
      access_based_enumeration: false,
      change_notify_disabled: false,
      streams_disabled: false,
      continuous_availability: false,
      allow_mfsymlink: true,
      acl_flag_inherited_canonicalization: true,
      trash_enabled: true,
      trash_retention_days: 7,
      trash_restrict_to_admin: false,
      trash_max_bytes: 9,
      trash_exclude_patterns: ["*.tmp"],
    },
  },
  {
    name: "only what changes of a share, under a path that keeps the slashes of its name",
    write: (api) => api.updateShare({ name: "/a/b c?", readOnly: true }, signal),
    request: "PUT /api/v1/shares/a%2Fb%20c%3F",
    body: { read_only: true },
  },
  {
    name: "the disabling of a share, without a body",
    write: (api) => api.disableShare({ name: "/export" }, signal),
    request: "POST /api/v1/shares/export/disable",
    body: undefined,
  },
  {
    name: "the enabling of a share, without a body",
    write: (api) => api.enableShare({ name: "/export" }, signal),
    request: "POST /api/v1/shares/export/enable",
    body: undefined,
  },
]);

test("sends what changes of a share's NFS settings and takes those that come back", { timeout: 10_000 }, async () => {
  await withAnswer({ squash: "none" }, async ({ api, server }) => {
    const settings = { squash: "none", anonymousUid: 0, requireKerberos: true };
    const answer = await api.patchShareNfsConfig({ share: "/export", settings }, signal);
    assert.equal(answer.code, "ok");
    assert.equal(server.received[0]?.method, "PATCH");
    assert.equal(server.received[0]?.path, "/api/v1/shares/export/adapters/nfs/config");
    assert.equal(server.received[0]?.body, '{"squash":"none","anonymous_uid":0,"require_kerberos":true}');
  });
});

test("a list may be longer than a single answer", { timeout: 20_000 }, async () => {
  const config = { path: "x".repeat(2 ** 20) };
  await withAnswer([{ id: "1", name: "a", type: "badger", config }], async ({ api }) => {
    assert.equal((await api.metadataStores(signal)).code, "ok");
    const single = await api.shareNfsConfig("/export", signal);
    assert.equal(single.code === "unavailable" && single.because, "unreadable");
  });
});
