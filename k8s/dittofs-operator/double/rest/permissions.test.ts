import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor, type FreshDouble } from "../fresh-double.ts";

const permissions = "/api/v1/shares/export/permissions";

async function shared(t: Parameters<typeof doubleFor>[0]): Promise<FreshDouble> {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  return fresh;
}

test("a share without grants has null, not an empty list", async (t) => {
  const fresh = await shared(t);
  assert.equal((await fresh.call("GET", permissions)).body, null);
  assert.equal((await fresh.call("GET", "/api/v1/shares/none/permissions")).status, 404);
});

test("users come first, then groups, then SIDs; a grant replaces the earlier one", async (t) => {
  const fresh = await shared(t);
  await fresh.call("PUT", `${permissions}/sids/S-1-5-21-1-2-3-1107`, { level: "read" });
  await fresh.call("PUT", `${permissions}/sids/S-1-5-21-1-2-3-8`, {
    level: "admin",
    is_group: false,
    display_name: "CORP\\x",
  });
  await fresh.call("PUT", `${permissions}/groups/users`, { level: "read-write" });
  await fresh.call("PUT", `${permissions}/users/admin`, { level: "read" });
  await fresh.call("PUT", `${permissions}/users/admin`, { level: "none" });
  assert.deepEqual((await fresh.call("GET", permissions)).body, [
    { type: "user", name: "admin", level: "none" },
    { type: "group", name: "users", level: "read-write" },
    { type: "sid", name: "S-1-5-21-1-2-3-1107", level: "read", sid: "S-1-5-21-1-2-3-1107", is_group: true },
    { type: "sid", name: "CORP\\x", level: "admin", sid: "S-1-5-21-1-2-3-8", is_group: false },
  ]);
});

test("a level that does not exist is stored for users and groups, and refused for SIDs", async (t) => {
  const fresh = await shared(t);
  assert.equal((await fresh.call("PUT", `${permissions}/users/admin`, { level: "raed" })).status, 204);
  assert.equal((await fresh.call("GET", permissions)).list[0]?.level, "raed");
  assert.equal((await fresh.call("PUT", `${permissions}/sids/S-1-5-21-1-2-3-4`, { level: "raed" })).status, 400);
});

test("what a grant needs", async (t) => {
  const fresh = await shared(t);
  const rows: readonly (readonly [path: string, body: object, status: number, because: string])[] = [
    [`${permissions}/users/admin`, {}, 400, "no level"],
    [`${permissions}/users/nobody`, { level: "read" }, 404, "no such user"],
    [`${permissions}/groups/none`, { level: "read" }, 404, "no such group"],
    [`${permissions}/sids/x`, { level: "read" }, 400, "no SID"],
    ["/api/v1/shares/none/permissions/users/admin", { level: "read" }, 404, "no such share"],
  ];
  for (const [path, body, status, because] of rows)
    assert.equal((await fresh.call("PUT", path, body)).status, status, because);
});

test("taking away always succeeds, also from a share, user or group that does not exist", async (t) => {
  const fresh = await shared(t);
  await fresh.call("PUT", `${permissions}/groups/users`, { level: "read" });
  for (const path of ["groups/users", "groups/users", "groups/none", "users/nobody", "sids/S-1-5-21-1-2-3-4"])
    assert.equal((await fresh.call("DELETE", `${permissions}/${path}`)).status, 204, path);
  assert.equal((await fresh.call("DELETE", "/api/v1/shares/none/permissions/users/admin")).status, 204);
  assert.equal((await fresh.call("GET", permissions)).body, null);
});
