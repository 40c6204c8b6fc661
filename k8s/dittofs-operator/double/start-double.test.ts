import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { adminPassword, doubleFor, freshDouble } from "./fresh-double.ts";

test("a new server serves a share after four calls, and after a restart too", async (t) => {
  const fresh = await doubleFor(t);
  const config = (name: string): string => JSON.stringify({ path: `${fresh.folder}/${name}` });
  const calls: readonly (readonly [path: string, body: object])[] = [
    ["/api/v1/store/metadata", { name: "meta", type: "badger", config: config("meta") }],
    ["/api/v1/store/block/local", { name: "local", type: "fs", config: config("block") }],
    ["/api/v1/shares", { name: "export", metadata_store_id: "meta", local_block_store: "local" }],
  ];
  for (const [path, body] of calls) assert.equal((await fresh.call("POST", path, body)).status, 201, path);
  assert.equal((await fresh.call("GET", "/api/v1/shares/export/status")).object.status, "healthy");
  await fresh.restart();
  assert.equal((await fresh.call("GET", "/api/v1/shares/export/status")).object.status, "healthy");
});

test("who the first admin is", async (t) => {
  const hash = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
  const start = async (password: string, config: Parameters<typeof freshDouble>[0] = {}) => {
    const fresh = await doubleFor(t, { ...config, env: { DITTOFS_ADMIN_INITIAL_PASSWORD: password } });
    return fresh.double.state.database.users[0];
  };
  const fromEnvironment = await start("some-password");
  assert.deepEqual(
    [fromEnvironment?.username, fromEnvironment?.mustChangePassword, fromEnvironment?.hasNtHash],
    ["admin", false, true],
  );
  assert.equal((await start(""))?.mustChangePassword, true, "a random password");
  const relaxed = { config: { controlplane: { require_initial_password_change: false } } };
  assert.equal((await start("", relaxed))?.mustChangePassword, false, "a random password, which need not be changed");
  const hashed = await start("", { config: { admin: { password_hash: hash, username: "root" } } });
  assert.deepEqual([hashed?.username, hashed?.mustChangePassword, hashed?.hasNtHash], ["admin", false, false]);
  const both = await start("some-password", { config: { admin: { password_hash: "nonsense" } } });
  assert.equal(both?.hasNtHash, true, "the environment wins, and the hash is not even looked at");
});

test("an admin password of the wrong length or a hash that is none ends the first start only", async (t) => {
  const start = (password: string, config = {}) =>
    freshDouble({ env: { DITTOFS_ADMIN_INITIAL_PASSWORD: password }, config });
  await assert.rejects(start("short"), /at least 8/);
  await assert.rejects(start("x".repeat(73)), /at most 72/);
  await assert.rejects(start("", { admin: { password_hash: "xyz" } }), /admin\.password_hash/);
  const fresh = await doubleFor(t);
  await fresh.restart({ env: { ...fresh.options.env, DITTOFS_ADMIN_INITIAL_PASSWORD: "short" } });
  assert.notEqual(await fresh.login("admin", adminPassword), "", "later starts leave the password alone");
});

test("without a secret of 32 characters nothing starts, and locks and ports are free again", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const secret = fresh.options.env;
  await assert.rejects(fresh.restart({ env: { DITTOFS_CONTROLPLANE_SECRET: "short" } }), /at least 32/);
  await fresh.restart({ env: secret ?? {} });
  assert.equal((await fresh.call("GET", "/health/ready")).status, 200);
});

test("an API port that is taken ends the start, a protocol's port does not", async (t) => {
  const fresh = await doubleFor(t);
  const host = new URL(fresh.double.url).hostname;
  await fresh.double.stop();
  const block = async (port: number) => {
    const blocker = createServer().listen(port, host);
    await new Promise((resolve) => blocker.once("listening", resolve));
    return () => new Promise((resolve) => blocker.close(resolve));
  };
  const freeApi = await block(8080);
  await assert.rejects(fresh.restart(), /EADDRINUSE/);
  await freeApi();
  const freeNfs = await block(12049);
  await fresh.restart();
  assert.equal((await fresh.call("GET", "/api/v1/adapters/nfs/status")).object.status, "unknown");
  await freeNfs();
});

test("two doubles cannot have one badger store, and the second says so and stops", async (t) => {
  const first = await doubleFor(t);
  await first.addStores();
  const second = await doubleFor(t);
  const config = JSON.stringify({ path: `${first.folder}/meta` });
  const refused = await second.call("POST", "/api/v1/store/metadata", { name: "m", type: "badger", config });
  assert.equal(refused.status, 400);
  await second.call("POST", "/api/v1/store/metadata", { name: "m", type: "memory" });
  await second.call("PUT", "/api/v1/store/metadata/m", { type: "badger", config });
  await assert.rejects(second.restart(), /locked by another process/);
  await first.double.stop();
  await second.restart();
});

test("unknown keys of the configuration are one warning", async (t) => {
  const fresh = await doubleFor(t, { config: { adapters: { nfs: 1 } } });
  assert.deepEqual(fresh.double.warnings, ["WARNING: config contains unknown keys (ignored): adapters"]);
  assert.deepEqual((await doubleFor(t)).double.warnings, []);
});

test("what was lost is lost: without its volume the server is new", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", "/api/v1/users", { username: "u", password: "some-password" });
  const database = { sqlite: { path: `${fresh.folder}/elsewhere/controlplane.db` } };
  await fresh.restart({ config: { ...Object(fresh.options.config), database } });
  assert.equal(
    (await fresh.call("GET", "/api/v1/users", undefined, await fresh.login("admin", adminPassword))).list.length,
    1,
  );
});

test("memory stores keep their rows over a restart", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", "/api/v1/store/metadata", { name: "meta", type: "memory" });
  await fresh.call("POST", "/api/v1/store/block/local", { name: "local", type: "memory" });
  await fresh.addShare("export");
  await fresh.restart();
  assert.equal((await fresh.call("GET", "/api/v1/shares/export/status")).object.status, "healthy");
});

test("a share on an unreachable remote delays the start by minutes, and is served then", async (t) => {
  const fresh = await doubleFor(t, { config: { controlplane: { write_timeout: "10m" } } });
  await fresh.addStores();
  const config = { bucket: "b", access_key_id: "a", secret_access_key: "s", endpoint: "http://unreachable.invalid" };
  await fresh.call("POST", "/api/v1/store/block/remote", { name: "far", type: "s3", config: JSON.stringify(config) });
  await fresh.addShare("export", { remote_block_store: "far" });
  const startedMs = performance.now();
  await fresh.restart();
  assert.ok(performance.now() - startedMs >= 163, "163 s, a thousand times faster");
  assert.equal(fresh.double.state.shares.size, 1);
});

test("a stop lets a running request end and then refuses connections", async (t) => {
  const fresh = await doubleFor(t, { config: { controlplane: { write_timeout: "10m" } }, slowFactor: 0.01 });
  const config = { bucket: "b", access_key_id: "a", secret_access_key: "s", endpoint: "http://unreachable.invalid" };
  const running = fresh.call("POST", "/api/v1/store/block/remote", {
    name: "far",
    type: "s3",
    config: JSON.stringify(config),
  });
  while (fresh.double.state.database.blockStores.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await fresh.double.stop();
  assert.equal((await running).status, 201);
  await assert.rejects(fresh.call("GET", "/health", undefined, ""), /ECONNREFUSED/);
});
