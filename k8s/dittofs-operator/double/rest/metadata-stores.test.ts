import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const stores = "/api/v1/store/metadata";

test("the configuration goes in as a text and comes out as an object", async (t) => {
  const fresh = await doubleFor(t);
  const path = `${fresh.folder}/meta`;
  const { status, object } = await fresh.call("POST", stores, {
    name: "m",
    type: "badger",
    config: JSON.stringify({ path }),
  });
  assert.deepEqual([status, object.config, object.type], [201, { path }, "badger"]);
  assert.match(String(object.id), /^[0-9a-f-]{36}$/);
  assert.equal((await fresh.call("POST", stores, { name: "n", type: "badger", config: { path } })).status, 400);
  assert.equal((await fresh.call("POST", stores, { name: "n", type: "memory" })).object.config, undefined);
});

test("what cannot be opened is refused", async (t) => {
  const fresh = await doubleFor(t);
  const rows: readonly (readonly [body: object, because: string])[] = [
    [{ type: "memory" }, "no name"],
    [{ name: "m" }, "no type"],
    [{ name: "m", type: "oracle" }, "no such type"],
    [{ name: "m", type: "badger" }, "no path"],
    [{ name: "m", type: "badger", config: '{"path":3}' }, "the path is no text"],
    [{ name: "m", type: "badger", config: "{" }, "no JSON"],
    [{ name: "m", type: "badger", config: "[]" }, "no object"],
    [{ name: "m", type: "badger", config: '{"path":"/proc/none/meta"}' }, "the path cannot be made"],
    [{ name: "m", type: "badger", config: `{"path":"${fresh.folder}/m","block_cache_mb":-1}` }, "a negative cache"],
    [
      { name: "m", type: "sqlite", config: `{"path":"${fresh.folder}/none/m.db"}` },
      "the folder of the file is missing",
    ],
    [{ name: "m", type: "postgres", config: "{}" }, "no host"],
  ];
  for (const [body, because] of rows) assert.equal((await fresh.call("POST", stores, body)).status, 400, because);
  assert.deepEqual((await fresh.call("GET", stores)).body, []);
});

test("an existing badger store is locked, not a duplicate; other types are duplicates", async (t) => {
  const fresh = await doubleFor(t);
  const badger = (name: string, folder: string): object => ({
    name,
    type: "badger",
    config: `{"path":"${fresh.folder}/${folder}"}`,
  });
  assert.equal((await fresh.call("POST", stores, badger("m", "a"))).status, 201);
  assert.equal((await fresh.call("POST", stores, badger("m", "a"))).status, 400, "the same store");
  assert.equal((await fresh.call("POST", stores, badger("n", "a"))).status, 400, "another name on its folder");
  assert.equal((await fresh.call("POST", stores, badger("m", "b"))).status, 409, "its name on another folder");
  assert.equal((await fresh.call("POST", stores, badger("n", "b"))).status, 400, "which stays locked since");
  assert.equal((await fresh.call("POST", stores, { name: "x", type: "memory" })).status, 201);
  assert.equal((await fresh.call("POST", stores, { name: "x", type: "memory" })).status, 409);
});

test("a deleted store stays open until the restart, and a new one of its name is not used", async (t) => {
  const fresh = await doubleFor(t);
  const badger = (folder: string): object => ({
    name: "m",
    type: "badger",
    config: `{"path":"${fresh.folder}/${folder}"}`,
  });
  await fresh.call("POST", stores, badger("a"));
  assert.equal((await fresh.call("DELETE", `${stores}/m`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${stores}/m`)).status, 404);
  assert.equal((await fresh.call("POST", stores, badger("a"))).status, 400, "still locked");
  assert.equal((await fresh.call("POST", stores, badger("b"))).status, 201);
  assert.equal(fresh.double.state.metadataStores.get("m")?.path, `${fresh.folder}/a`, "the old one is still in use");
  await fresh.restart();
  assert.equal(fresh.double.state.metadataStores.get("m")?.path, `${fresh.folder}/b`);
});

test("secrets are hidden, at any depth, and an echo of what hides them keeps them", async (t) => {
  const fresh = await doubleFor(t);
  const config = { my_password: "p1", Api_KEY: "k1", list: [{ secret: "s1" }], note: "n1" };
  const made = await fresh.call("POST", stores, { name: "m", type: "memory", config: JSON.stringify(config) });
  const shown = { my_password: "********", Api_KEY: "********", list: [{ secret: "********" }], note: "n1" };
  assert.deepEqual(made.object.config, shown);
  await fresh.call("PUT", `${stores}/m`, { config: JSON.stringify({ ...shown, note: "n2" }) });
  const stored = fresh.double.state.database.metadataStores[0]?.config ?? "";
  assert.deepEqual(JSON.parse(stored), { ...config, note: "n2" });
  await fresh.call("PUT", `${stores}/m`, { config: JSON.stringify({ my_password: "p2" }) });
  assert.equal(fresh.double.state.database.metadataStores[0]?.config, '{"my_password":"p2"}');
});

test("an update changes only the row, unchecked, and acts at the next start", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const wanted = { type: "badger", config: `{"path":"${fresh.folder}/elsewhere"}` };
  assert.equal((await fresh.call("PUT", `${stores}/meta`, wanted)).status, 200);
  assert.equal(fresh.double.state.metadataStores.get("meta")?.path, `${fresh.folder}/meta`);
  await fresh.restart();
  assert.equal(fresh.double.state.metadataStores.get("meta")?.path, `${fresh.folder}/elsewhere`);
  assert.equal((await fresh.call("PUT", `${stores}/meta`, { type: "nonsense" })).status, 200);
});

test("one store that cannot be opened ends every later start, naming it", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.call("PUT", `${stores}/meta`, { config: "{}" });
  await assert.rejects(fresh.restart(), /failed to create metadata store "meta": badger metadata store requires path/);
});

test("a store in use cannot be deleted", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  assert.equal((await fresh.call("DELETE", `${stores}/meta`)).status, 409);
  await fresh.call("DELETE", "/api/v1/shares/export");
  assert.equal((await fresh.call("DELETE", `${stores}/meta`)).status, 204);
});

test("status and health are those of the name as written: by id both miss the store", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const { object } = await fresh.call("GET", `${stores}/meta`);
  const byId = `${stores}/${String(object.id)}`;
  assert.match(JSON.stringify(object.status), /"healthy"/);
  assert.match(JSON.stringify((await fresh.call("GET", byId)).object.status), /"unknown".*not loaded/);
  assert.equal((await fresh.call("GET", `${stores}/meta/health`)).object.healthy, true);
  assert.equal((await fresh.call("GET", `${byId}/health`)).object.healthy, false);
  assert.equal((await fresh.call("GET", `${stores}/none/status`)).status, 404);
});
