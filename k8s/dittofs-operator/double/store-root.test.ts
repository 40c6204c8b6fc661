import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { freshDouble } from "./fresh-double.ts";

const badger = { name: "meta", type: "badger", config: JSON.stringify({ path: "/data/store-root-test/metadata" }) };
const folder = { name: "local", type: "fs", config: JSON.stringify({ path: "/data/store-root-test/block" }) };

test("two doubles with a store root each keep stores of the same path apart, and below their roots", async (t) => {
  const roots = [];
  for (const _ of ["one", "other"]) {
    const fresh = await freshDouble();
    t.after(() => fresh.end());
    await fresh.restart({ storeRoot: `${fresh.folder}/root` });
    roots.push(`${fresh.folder}/root`);
    assert.equal((await fresh.call("POST", "/api/v1/store/metadata", badger)).status, 201);
    assert.equal((await fresh.call("POST", "/api/v1/store/block/local", folder)).status, 201);
    const status = await fresh.call("GET", "/api/v1/store/block/local/local/status");
    assert.match(JSON.stringify(status.body), /"status":"healthy"/);
  }
  for (const root of roots) assert.ok(existsSync(`${root}/data/store-root-test/metadata`));
  assert.ok(!existsSync("/data/store-root-test"));
});

test("a restart on the same root finds the store's lock free and its row in place", async (t) => {
  const fresh = await freshDouble();
  t.after(() => fresh.end());
  const storeRoot = `${fresh.folder}/root`;
  await fresh.restart({ storeRoot });
  await fresh.call("POST", "/api/v1/store/metadata", badger);
  await fresh.restart({ storeRoot });
  assert.match(JSON.stringify((await fresh.call("GET", "/api/v1/store/metadata")).body), /"name":"meta"/);
});
