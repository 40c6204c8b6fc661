import assert from "node:assert/strict";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const shares = "/api/v1/shares";

test("a share answers with the ids of its stores and the server's defaults", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const { status, object } = await fresh.addShare("export", { description: "lost" });
  const [meta] = (await fresh.call("GET", "/api/v1/store/metadata")).list;
  assert.equal(status, 201);
  assert.equal(object.name, "/export");
  assert.equal(object.metadata_store_id, meta?.id);
  assert.equal(object.remote_block_store_id, null);
  assert.deepEqual(
    [object.default_permission, object.retention_policy, object.enabled, object.acl_flag_inherited_canonicalization],
    ["none", "lru", true, true],
  );
  for (const absent of [
    "description",
    "local_store_size",
    "quota_bytes",
    "owner_uid",
    "blocked_operations",
    "warnings",
  ])
    assert.equal(object[absent], undefined, absent);
});

test("what a new share may not be", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.call("POST", "/api/v1/store/block/remote", { name: "remote", type: "memory" });
  await fresh.call("POST", "/api/v1/users", { username: "nouid", password: "some-password" });
  const rows: readonly (readonly [fields: object, because: string])[] = [
    [{ name: "" }, "no name"],
    [{ metadata_store_id: "" }, "no metadata store"],
    [{ metadata_store_id: "none" }, "no such metadata store"],
    [{ local_block_store: "" }, "no local store"],
    [{ local_block_store: "none" }, "no such local store"],
    [{ local_block_store: "remote" }, "a remote store as the local one"],
    [{ remote_block_store: "local" }, "a local store as the remote one"],
    [{ default_permission: "write" }, "no such level"],
    [{ blocked_operations: ["FLY"] }, "no such operation"],
    [{ retention_policy: "never" }, "no such policy"],
    [{ retention_policy: "ttl" }, "ttl without a time"],
    [{ retention_ttl: "1d" }, "no duration"],
    [{ local_store_size: "10 apples" }, "no size"],
    [{ quota_bytes: "1PiB" }, "no such unit"],
    [{ trash_retention_days: -1 }, "below zero"],
    [{ trash_max_bytes: -1 }, "below zero"],
    [{ trash_exclude_patterns: ["["] }, "no pattern"],
    [{ owner: "nobody" }, "no such owner"],
    [{ owner: "nouid" }, "the owner has no uid"],
    [{ read_only: "yes" }, "no boolean"],
  ];
  for (const [fields, because] of rows) assert.equal((await fresh.addShare("x", { ...fields })).status, 400, because);
  assert.deepEqual((await fresh.call("GET", shares)).body, []);
});

test("a name has one leading slash, however it was sent, and is taken once", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  assert.equal((await fresh.addShare("//export")).object.name, "/export");
  assert.equal((await fresh.addShare("export")).status, 409);
  await fresh.addShare("a/b");
  for (const path of ["a%2Fb", "%2Fa%2Fb", "a%2fb"])
    assert.equal((await fresh.call("GET", `${shares}/${path}`)).object.name, "/a/b", path);
  assert.equal((await fresh.call("GET", `${shares}/a/b`)).status, 404);
});

test("sizes come back rounded to two decimals of the largest binary unit", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const rows = [
    ["20GiB", "20.00GiB"],
    ["1536MiB", "1.50GiB"],
    ["1.005GiB", "1.00GiB"],
    ["1Gi", "1.00GiB"],
    ["1G", "953.67MiB"],
    ["1GB", "953.67MiB"],
    ["500", "500B"],
    [" 1.5 mib ", "1.50MiB"],
  ];
  for (const [index, [sent, shown]] of rows.entries())
    assert.equal((await fresh.addShare(`s${index}`, { local_store_size: sent })).object.local_store_size, shown, sent);
});

test("201 with an unknown status: the row exists, the share was not loaded, and only a restart loads it", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  rmSync(`${fresh.folder}/block`, { recursive: true });
  writeFileSync(`${fresh.folder}/block`, "a file in the way");
  const made = await fresh.addShare("export");
  assert.equal(made.status, 201);
  assert.match(JSON.stringify(made.object.status), /"unknown","message":"share not found/);
  assert.equal((await fresh.call("GET", shares)).list.length, 1);
  assert.equal(fresh.double.state.shares.size, 0);
  assert.equal(
    (await fresh.call("POST", `${shares}/export/enable`)).status,
    404,
    "what is not loaded cannot be switched",
  );
  rmSync(`${fresh.folder}/block`);
  assert.equal((await fresh.call("GET", `${shares}/export/status`)).object.status, "unknown");
  await fresh.restart();
  assert.equal((await fresh.call("GET", `${shares}/export/status`)).object.status, "healthy");
});

test("a colon in the name is accepted and keeps the share from being loaded, for ever", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  assert.equal((await fresh.addShare("a:b")).status, 201);
  await fresh.restart();
  assert.equal((await fresh.call("GET", `${shares}/a:b/status`)).object.status, "unknown");
});

test("which changes act at once, and which only after a restart although they show at once", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  const live = {
    read_only: true,
    default_permission: "read",
    quota_bytes: "1GiB",
    trash_enabled: true,
    retention_policy: "pin",
  };
  const late = { encrypt_data: true, access_based_enumeration: true, streams_disabled: true, local_store_size: "1GiB" };
  const shown = (await fresh.call("PUT", `${shares}/export`, { ...live, ...late })).object;
  assert.deepEqual([shown.encrypt_data, shown.local_store_size, shown.read_only], [true, "1.00GiB", true]);
  const served = fresh.double.state.shares.get("/export")?.row;
  assert.deepEqual([served?.readOnly, served?.defaultPermission, served?.quotaBytes], [true, "read", 2 ** 30]);
  assert.deepEqual([served?.trashEnabled, served?.retentionPolicy], [true, "pin"]);
  assert.deepEqual(
    [served?.encryptData, served?.accessBasedEnumeration, served?.streamsDisabled],
    [false, false, false],
  );
  assert.equal(served?.localStoreSize, 0);
  await fresh.restart();
  const after = fresh.double.state.shares.get("/export")?.row;
  assert.deepEqual([after?.encryptData, after?.localStoreSize], [true, 2 ** 30]);
});

test("what an update takes and what it leaves", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export", {
    quota_bytes: "1GiB",
    retention_policy: "ttl",
    retention_ttl: "72h",
    blocked_operations: ["READ"],
  });
  const put = async (body: object) => await fresh.call("PUT", `${shares}/export`, body);
  assert.equal((await put({ quota_bytes: "" })).object.quota_bytes, undefined);
  assert.equal((await put({ local_store_size: "" })).status, 400, "a size is not cleared by nothing");
  assert.equal((await put({ local_store_size: "0" })).object.local_store_size, undefined, "but by zero");
  assert.equal((await put({ retention_ttl: "1h" })).object.retention_ttl, "1h0m0s");
  assert.equal((await put({ retention_policy: "lru", retention_ttl: "0s" })).object.retention_ttl, undefined);
  assert.equal((await put({ retention_policy: "ttl" })).status, 400);
  assert.equal((await put({ blocked_operations: [] })).object.blocked_operations, undefined);
  assert.equal((await put({ name: "other", owner: "admin", enabled: false })).object.enabled, true);
  assert.equal((await put({ metadata_store_id: "whatever" })).object.metadata_store_id, "whatever", "unchecked");
});

test("another remote is bound at once; nothing unbinds it, and what was not uploaded is forgotten", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.call("POST", "/api/v1/store/block/remote", { name: "remote", type: "memory" });
  await fresh.addShare("export");
  const share = fresh.double.state.shares.get("/export");
  assert.ok(share !== undefined);
  share.unsyncedBytes = 5_000_000;
  const bound = await fresh.call("PUT", `${shares}/export`, { remote_block_store_id: "remote" });
  assert.match(String(bound.object.remote_block_store_id), /^[0-9a-f-]{36}$/);
  assert.equal(bound.object.warnings, undefined, "not a word of it");
  assert.equal(share.unsyncedBytes, 0);
  const free = await fresh.call("PUT", `${shares}/export`, { remote_block_store_id: "" });
  assert.equal(free.object.remote_block_store_id, null);
});

test("a binding that fails is stored all the same, with a warning", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  const path = `${fresh.folder}/other`;
  await fresh.call("POST", "/api/v1/store/block/local", {
    name: "other",
    type: "fs",
    config: JSON.stringify({ path }),
  });
  rmSync(path, { recursive: true });
  writeFileSync(path, "a file in the way");
  const { status, object } = await fresh.call("PUT", `${shares}/export`, { local_block_store_id: "other" });
  assert.equal(status, 200);
  assert.match(JSON.stringify(object.warnings), /live reload failed/);
});

test("switching off and on is idempotent, by name only", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const id = String((await fresh.addShare("export")).object.id);
  for (const [verb, enabled] of [
    ["disable", false],
    ["disable", false],
    ["enable", true],
    ["enable", true],
  ] as const) // a table
    assert.equal((await fresh.call("POST", `${shares}/export/${verb}`)).object.enabled, enabled);
  assert.equal((await fresh.call("POST", `${shares}/${id}/disable`)).status, 404);
  await fresh.call("POST", `${shares}/export/disable`);
  await fresh.restart();
  assert.equal((await fresh.call("GET", `${shares}/export`)).object.enabled, false);
});

test("deleting a share removes rows, not data; by its id it goes on being served until the restart", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("one");
  const id = String((await fresh.addShare("two")).object.id);
  await fresh.call("PUT", `${shares}/one/permissions/groups/users`, { level: "read" });
  assert.equal((await fresh.call("DELETE", `${shares}/one`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${shares}/one`)).status, 404);
  assert.equal(fresh.double.state.database.permissions.length, 0);
  assert.ok(existsSync(`${fresh.folder}/block/shares/%2Fone`));
  assert.equal((await fresh.call("DELETE", `${shares}/${id}`)).status, 204);
  assert.equal((await fresh.call("GET", `${shares}/two`)).status, 404);
  assert.deepEqual(
    fresh.double.state.shares.all().map(({ name }) => name),
    ["/two"],
  );
  await fresh.restart();
  assert.equal(fresh.double.state.shares.size, 0);
});

test("the status of a share named by its id is always unknown", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const id = String((await fresh.addShare("export")).object.id);
  assert.equal((await fresh.call("GET", `${shares}/${id}`)).object.name, "/export");
  assert.equal((await fresh.call("GET", `${shares}/${id}/status`)).object.status, "unknown");
});

test("with an owner the root belongs to that user", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.call("POST", "/api/v1/users", { username: "u", password: "some-password", uid: 1000 });
  const { object } = await fresh.addShare("export", { owner: "u" });
  assert.deepEqual([object.owner_uid, object.owner_gid], [1000, 1000]);
});
