import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDouble } from "./fresh-double.ts";

test("a new server serves a share after four calls", async (t) => {
  const fresh = await freshDouble();
  t.after(() => fresh.end());
  const metadata = await fresh.call("POST", "/api/v1/store/metadata", {
    name: "meta",
    type: "badger",
    config: JSON.stringify({ path: `${fresh.folder}/meta` }),
  });
  assert.equal(metadata.status, 201);
  const local = await fresh.call("POST", "/api/v1/store/block/local", {
    name: "local",
    type: "fs",
    config: JSON.stringify({ path: `${fresh.folder}/block` }),
  });
  assert.equal(local.status, 201);
  const share = await fresh.call("POST", "/api/v1/shares", {
    name: "export",
    metadata_store_id: "meta",
    local_block_store: "local",
  });
  assert.equal(share.status, 201);
  const status = await fresh.call("GET", "/api/v1/shares/export/status");
  assert.deepEqual({ ...(status.body as object), checked_at: "" }, { status: "healthy", checked_at: "" });
  await fresh.restart();
  const list = await fresh.call("GET", "/api/v1/shares");
  assert.equal((list.body as unknown[]).length, 1);
});
