import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const config = "/api/v1/shares/export/adapters/nfs/config";

test("a share is exported with root as guest, and anonymous ids are not shown until set", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  assert.deepEqual((await fresh.call("GET", config)).body, {
    squash: "root_to_guest",
    allow_auth_sys: true,
    require_kerberos: false,
    min_kerberos_level: "krb5",
    netgroup: "",
    disable_readdirplus: false,
  });
  assert.equal((await fresh.call("GET", `${config}/`)).status, 200);
  assert.equal((await fresh.call("GET", "/api/v1/shares/none/adapters/nfs/config")).status, 404);
  assert.equal((await fresh.call("GET", "/api/v1/shares/export/adapters/smb/config")).status, 404);
});

test("a patch changes what it names; squash and netgroup are checked, the Kerberos level is not", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  const patch = async (body: object) => await fresh.call("PATCH", config, body);
  assert.equal((await patch({ squash: "none", anonymous_uid: 7 })).object.anonymous_uid, 7);
  assert.equal((await patch({})).object.squash, "none");
  assert.equal((await patch({ squash: "some" })).status, 400);
  assert.equal((await patch({ netgroup: "none" })).status, 400);
  assert.equal((await patch({ anonymous_gid: -1 })).status, 400);
  assert.equal((await patch({ min_kerberos_level: "x" })).object.min_kerberos_level, "x");
  await fresh.call("POST", "/api/v1/adapters/nfs/netgroups", { name: "lan" });
  assert.equal((await patch({ netgroup: "lan" })).object.netgroup, "lan");
  assert.equal((await patch({ netgroup: "" })).object.netgroup, "");
});

test("squash and anonymous ids act at once, Kerberos and the rest at the next start", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  await fresh.call("PATCH", config, {
    squash: "none",
    anonymous_gid: 9,
    require_kerberos: true,
    disable_readdirplus: true,
  });
  const served = fresh.double.state.shares.get("/export")?.row.nfs;
  assert.deepEqual([served?.squash, served?.anonymousGid], ["none", 9]);
  assert.deepEqual([served?.requireKerberos, served?.disableReaddirplus], [false, false]);
  await fresh.restart();
  assert.equal(fresh.double.state.shares.get("/export")?.row.nfs.requireKerberos, true);
});
