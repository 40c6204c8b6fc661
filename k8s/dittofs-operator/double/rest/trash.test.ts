import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

test("the bin of a share is empty, and whether it is on shows at once", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  const trash = "/api/v1/shares/export/trash";
  assert.deepEqual((await fresh.call("GET", trash)).body, []);
  assert.deepEqual((await fresh.call("GET", `${trash}/status`)).body, {
    enabled: false,
    item_count: 0,
    total_bytes: 0,
  });
  await fresh.call("PUT", "/api/v1/shares/export", { trash_enabled: true });
  assert.equal((await fresh.call("GET", `${trash}/status`)).object.enabled, true);
  assert.deepEqual((await fresh.call("POST", `${trash}/empty`)).body, { removed: 0 });
  assert.equal((await fresh.call("POST", `${trash}/restore`, {})).status, 400);
  assert.equal((await fresh.call("POST", `${trash}/restore`, { bin_path: "x", to: "y" })).status, 404);
});

test("a share that is not loaded has no bin", async (t) => {
  const fresh = await doubleFor(t);
  for (const path of ["", "/status"])
    assert.equal((await fresh.call("GET", `/api/v1/shares/none/trash${path}`)).status, 404);
});
