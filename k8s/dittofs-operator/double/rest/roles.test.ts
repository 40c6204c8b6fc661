import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const adminRoutes = [
  "GET /api/v1/users",
  "POST /api/v1/users",
  "GET /api/v1/groups",
  "GET /api/v1/shares",
  "GET /api/v1/shares/x/nfs",
  "GET /api/v1/store/metadata",
  "GET /api/v1/store/block/local",
  "GET /api/v1/store/nope",
  "POST /api/v1/adapters",
  "GET /api/v1/adapters/nfs",
  "PUT /api/v1/adapters/nfs",
  "GET /api/v1/adapters/nfs/settings",
  "PATCH /api/v1/adapters/nfs/settings",
  "GET /api/v1/adapters/nfs/netgroups",
  "GET /api/v1/adapters/nfs/nope",
  "GET /api/v1/snapshot-policies",
  "PUT /api/v1/shares/x/snapshot-policy",
  "GET /api/v1/blockstore/stats",
  "POST /api/v1/system/drain-uploads",
  "GET /api/v1/clients",
  "GET /api/v1/mounts",
  "GET /api/v1/settings",
  "GET /api/v1/identity-mappings",
  "GET /api/v1/identity-providers",
];

test("what each role may do", async (t) => {
  const fresh = await doubleFor(t);
  for (const role of ["user", "operator"]) {
    await fresh.call("POST", "/api/v1/users", { username: role, password: "some-password", role });
    const token = await fresh.login(role, "some-password");
    const status = async (route: string): Promise<number> => {
      const [method = "", path = ""] = route.split(" ");
      return (await fresh.call(method, path, undefined, token)).status;
    };
    for (const route of adminRoutes) assert.equal(await status(route), 403, `${role}: ${route}`);
    assert.equal(await status("GET /api/v1/adapters"), role === "operator" ? 200 : 403, `${role} lists adapters`);
    for (const route of ["GET /api/v1/adapters/ports", `GET /api/v1/users/${role}`, "GET /api/v1/auth/me"])
      assert.equal(await status(route), 200, `${role}: ${route}`);
    assert.equal(await status("GET /api/v1/users/admin"), 403, `${role} reads another user`);
  }
});

test("refusals by role are text, and each guard has its words", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", "/api/v1/users", { username: "u", password: "some-password" });
  const token = await fresh.login("u", "some-password");
  assert.equal((await fresh.call("GET", "/api/v1/shares", undefined, token)).body, "Admin access required\n");
  assert.equal((await fresh.call("GET", "/api/v1/adapters", undefined, token)).body, "Insufficient permissions\n");
  assert.equal((await fresh.call("GET", "/api/v1/users/admin", undefined, token)).object.detail, "Access denied");
});
