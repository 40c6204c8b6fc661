import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const netgroups = "/api/v1/adapters/nfs/netgroups";

test("a netgroup is made once, found by name or id, and listed with its members", async (t) => {
  const fresh = await doubleFor(t);
  const { status, object } = await fresh.call("POST", netgroups, { name: "lan" });
  assert.deepEqual([status, object.members], [201, undefined]);
  assert.equal((await fresh.call("POST", netgroups, { name: "lan" })).status, 409);
  assert.equal((await fresh.call("POST", netgroups, {})).status, 400);
  assert.equal((await fresh.call("GET", `${netgroups}/${String(object.id)}`)).object.name, "lan");
  assert.equal((await fresh.call("GET", `${netgroups}/none`)).status, 404);
  assert.equal((await fresh.call("GET", "/api/v1/netgroups")).status, 404);
});

test("members are checked by kind, and the same one is added twice", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", netgroups, { name: "lan" });
  const rows: readonly (readonly [type: string, value: string, status: number])[] = [
    ["ip", "10.0.0.1", 201],
    ["ip", "10.0.0.1", 201],
    ["ip", "fe80::1", 201],
    ["ip", "10.0.0.300", 400],
    ["cidr", "10.1.2.3/8", 201],
    ["cidr", "fd00::/8", 201],
    ["cidr", "10.0.0.0", 400],
    ["cidr", "10.0.0.0/33", 400],
    ["hostname", "*.example.com", 201],
    ["hostname", "a b", 400],
    ["hostname", "", 400],
    ["", "x", 400],
    ["range", "x", 400],
  ];
  for (const [type, value, status] of rows)
    assert.equal(
      (await fresh.call("POST", `${netgroups}/lan/members`, { type, value })).status,
      status,
      `${type} ${value}`,
    );
  const { members } = (await fresh.call("GET", `${netgroups}/lan`)).object;
  assert.ok(Array.isArray(members));
  assert.equal(members.length, 6);
  assert.equal((await fresh.call("POST", `${netgroups}/none/members`, { type: "ip", value: "10.0.0.1" })).status, 404);
});

test("a member is removed by id, and what is not there too", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", netgroups, { name: "lan" });
  const { object } = await fresh.call("POST", `${netgroups}/lan/members`, { type: "ip", value: "10.0.0.1" });
  for (const id of [String(object.id), "none"])
    assert.equal((await fresh.call("DELETE", `${netgroups}/lan/members/${id}`)).status, 204);
  assert.equal((await fresh.call("GET", `${netgroups}/lan`)).object.members, undefined);
  assert.equal((await fresh.call("DELETE", `${netgroups}/none/members/x`)).status, 404);
});

test("a netgroup that a share uses cannot be deleted", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  await fresh.call("POST", netgroups, { name: "lan" });
  await fresh.call("PATCH", "/api/v1/shares/export/adapters/nfs/config", { netgroup: "lan" });
  assert.equal((await fresh.call("DELETE", `${netgroups}/lan`)).status, 409);
  await fresh.call("PATCH", "/api/v1/shares/export/adapters/nfs/config", { netgroup: "" });
  assert.equal((await fresh.call("DELETE", `${netgroups}/lan`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${netgroups}/lan`)).status, 404);
});
