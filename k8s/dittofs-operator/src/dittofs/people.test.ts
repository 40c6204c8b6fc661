import assert from "node:assert/strict";
import { test } from "node:test";
import { testReads } from "./testing/test-reads.ts";
import { testWrites } from "./testing/test-writes.ts";
import { withAnswer } from "./testing/with-answer.ts";

const signal = new AbortController().signal;

testReads([
  {
    name: "users, with all that they can have and with next to nothing",
    answer: [
      {
        id: "u1",
        username: "alice",
        display_name: "Alice",
        email: "a@example.com",
        role: "admin",
        uid: 1001,
        gid: 0,
        groups: ["staff"],
        enabled: true,
        must_change_password: true,
      },
      { id: "u2", username: "bob", role: "user", enabled: false },
    ],
    read: (api) => api.users(signal),
    value: [
      {
        name: "alice",
        role: "admin",
        enabled: true,
        groups: ["staff"],
        displayName: "Alice",
        email: "a@example.com",
        uid: 1001,
        gid: 0,
      },
      { name: "bob", role: "user", enabled: false, groups: [], displayName: "", email: "" },
    ],
  },
  {
    name: "the permissions of a share, a directory's accounts by their identifiers",
    answer: [
      { type: "user", name: "alice", level: "read-write" },
      { type: "group", name: "staff", level: "raed" },
      { type: "sid", name: "CORP\\Eng", level: "read", sid: "S-1-5-21-7", is_group: true },
    ],
    read: (api) => api.sharePermissions("/export", signal),
    value: [
      { kind: "user", name: "alice", level: "read-write" },
      { kind: "group", name: "staff", level: "raed" },
      { kind: "sid", name: "S-1-5-21-7", level: "read", isGroup: true, displayName: "CORP\\Eng" },
    ],
  },
  {
    name: "the permissions of a share without grants",
    answer: null,
    read: (api) => api.sharePermissions("/export", signal),
    value: [],
  },
  {
    name: "groups",
    answer: [{ id: "g1", name: "staff", gid: 2000, description: "All", members: ["alice"] }, { name: "b" }],
    read: (api) => api.groups(signal),
    value: [
      { name: "staff", description: "All", gid: 2000 },
      { name: "b", description: "" },
    ],
  },
]);

test("reads snapshot policies, with all that they can have and with next to nothing", { timeout: 10_000 }, async () => {
  const answer = [
    {
      share: "/a",
      enabled: true,
      interval: "1h0m0s",
      keep_last: 7,
      ttl: "48h0m0s",
      name_prefix: "auto",
      last_run_at: "x",
    },
    { share: "/b", enabled: false, interval: "24h0m0s" },
  ];
  await withAnswer(answer, async ({ api }) =>
    assert.deepEqual(await api.snapshotPolicies(signal), {
      code: "ok",
      value: [
        { share: "/a", enabled: true, interval: "1h0m0s", keepLast: 7, namePrefix: "auto", ttl: "48h0m0s" },
        { share: "/b", enabled: false, interval: "24h0m0s", keepLast: 0, namePrefix: "" },
      ],
    }),
  );
});

testWrites([
  {
    name: "a grant to a user",
    write: (api) => api.grantPermission({ share: "/a/b", kind: "user", name: "alice", level: "read" }, signal),
    request: "PUT /api/v1/shares/a%2Fb/permissions/users/alice",
    body: { level: "read" },
  },
  {
    name: "a grant to an account of a directory",
    write: (api) =>
      api.grantPermission({ share: "/a", kind: "sid", name: "S-1-5-7", level: "read", isGroup: false }, signal),
    request: "PUT /api/v1/shares/a/permissions/sids/S-1-5-7",
    body: { level: "read", is_group: false },
  },
  {
    name: "a grant that is taken back",
    write: (api) => api.revokePermission({ share: "/a", kind: "group", name: "staff" }, signal),
    request: "DELETE /api/v1/shares/a/permissions/groups/staff",
    body: undefined,
  },
  {
    name: "a snapshot policy, all of it",
    write: (api) =>
      api.putSnapshotPolicy({ share: "/a", interval: "@daily", enabled: true, keepLast: 0, namePrefix: "" }, signal),
    request: "PUT /api/v1/shares/a/snapshot-policy",
    body: { interval: "@daily", enabled: true, keep_last: 0, name_prefix: "" },
  },
  {
    name: "the removal of a snapshot policy",
    write: (api) => api.removeSnapshotPolicy({ share: "/a" }, signal),
    request: "DELETE /api/v1/shares/a/snapshot-policy",
    body: undefined,
  },
  {
    name: "a user",
    write: (api) =>
      api.createUser({ name: "alice", password: "pass-word", displayName: "Alice", uid: 1001, groups: [] }, signal),
    request: "POST /api/v1/users",
    body: { username: "alice", password: "pass-word", display_name: "Alice", uid: 1001, groups: [] },
  },
  {
    name: "a user's change, and nothing that does not change",
    write: (api) => api.updateUser({ name: "a.b", enabled: false }, signal),
    request: "PUT /api/v1/users/a.b",
    body: { enabled: false },
  },
  {
    name: "a user's password",
    write: (api) => api.setUserPassword({ name: "alice", password: "pass-word" }, signal),
    request: "POST /api/v1/users/alice/password",
    body: { new_password: "pass-word" },
  },
  {
    name: "a group",
    write: (api) => api.createGroup({ name: "staff", gid: 2000 }, signal),
    request: "POST /api/v1/groups",
    body: { name: "staff", gid: 2000 },
  },
  {
    name: "a group's change",
    write: (api) => api.updateGroup({ name: "staff", description: "" }, signal),
    request: "PUT /api/v1/groups/staff",
    body: { description: "" },
  },
]);
