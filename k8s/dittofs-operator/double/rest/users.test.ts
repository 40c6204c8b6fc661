import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const users = "/api/v1/users";
const password = "some-password";

test("a new user has role user, no groups, and is enabled whatever the body says", async (t) => {
  const fresh = await doubleFor(t);
  const { status, object } = await fresh.call("POST", users, { username: "u", password, enabled: false });
  assert.equal(status, 201);
  assert.deepEqual(
    { ...object, id: "", created_at: "" },
    {
      id: "",
      username: "u",
      role: "user",
      enabled: true,
      must_change_password: false,
      created_at: "",
    },
  );
});

test("what a new user may not be", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", users, { username: "first", password, uid: 1000 });
  const rows: readonly (readonly [body: object, status: number, because: string])[] = [
    [{ password }, 400, "no name"],
    [{ username: "u" }, 400, "no password"],
    [{ username: "u", password: "short" }, 500, "a short password"],
    [{ username: "u", password: "x".repeat(73) }, 500, "a long password"],
    [{ username: "u", password, role: "king" }, 400, "no such role"],
    [{ username: "u", password: "short", role: "king" }, 500, "the password is looked at first"],
    [{ username: "u", password, groups: ["nope"] }, 400, "no such group"],
    [{ username: "first", password }, 409, "the name is taken"],
    [{ username: "u", password, uid: 1000 }, 409, "the uid is taken"],
    [{ username: "first", password, groups: ["nope"] }, 400, "the group is looked at before the name"],
  ];
  for (const [body, status, because] of rows)
    assert.equal((await fresh.call("POST", users, body)).status, status, because);
});

test("only a new administrator must change the password, also after a reset", async (t) => {
  const fresh = await doubleFor(t);
  for (const role of ["user", "operator", "admin"]) {
    const made = await fresh.call("POST", users, { username: role[0] + role, password, role });
    assert.equal(made.object.must_change_password, role === "admin", role);
    assert.equal(
      (await fresh.call("POST", `${users}/${role[0] + role}/password`, { new_password: "new-password" })).status,
      204,
    );
    const after = await fresh.call("GET", `${users}/${role[0] + role}`);
    assert.equal(after.object.must_change_password, role === "admin", role);
  }
});

test("an update changes what it names; groups are replaced as a whole", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", users, {
    username: "u",
    password,
    groups: ["users", "users"],
    uid: 5,
    email: "u@example.com",
  });
  const changed = await fresh.call("PUT", `${users}/u`, { display_name: "U", groups: ["operators"] });
  assert.deepEqual([changed.object.display_name, changed.object.groups], ["U", ["operators"]]);
  assert.deepEqual([changed.object.uid, changed.object.email], [5, "u@example.com"]);
  assert.equal((await fresh.call("PUT", `${users}/u`, { groups: [] })).object.groups, undefined);
  assert.equal((await fresh.call("PUT", `${users}/u`, { enabled: false })).object.enabled, false);
});

test("an update that fails half-way keeps the first half", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", users, { username: "u", password, groups: ["users"] });
  assert.equal((await fresh.call("PUT", `${users}/u`, { email: "e", groups: ["nope"] })).status, 400);
  const { object } = await fresh.call("GET", `${users}/u`);
  assert.deepEqual([object.email, object.groups], ["e", ["users"]]);
  assert.equal((await fresh.call("PUT", `${users}/u`, { email: "f", role: "king" })).status, 400);
  assert.equal((await fresh.call("GET", `${users}/u`)).object.email, "e");
});

test("a user is found by id too, but groups and password are only changed by name", async (t) => {
  const fresh = await doubleFor(t);
  const { object } = await fresh.call("POST", users, { username: "u", password });
  const byId = `${users}/${String(object.id)}`;
  assert.equal((await fresh.call("GET", byId)).object.username, "u");
  assert.equal((await fresh.call("PUT", byId, { email: "e" })).status, 200);
  assert.equal((await fresh.call("PUT", byId, { groups: ["users"] })).status, 500);
  assert.equal((await fresh.call("POST", `${byId}/password`, { new_password: "new-password" })).status, 500);
  assert.equal((await fresh.call("DELETE", byId)).status, 204);
});

test("share permissions in the body are a wish: what is no share or no level is skipped", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  const share_permissions = { "/export": "read", "/none": "read", export: "admin" };
  await fresh.call("POST", users, { username: "u", password, share_permissions });
  await fresh.call("PUT", `${users}/admin`, { share_permissions: { "/export": "raed" } });
  assert.deepEqual((await fresh.call("GET", "/api/v1/shares/export/permissions")).body, [
    { type: "user", name: "u", level: "read" },
  ]);
});

test("admin cannot be deleted, others are gone with their grants", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  await fresh.call("POST", users, { username: "u", password });
  await fresh.call("PUT", "/api/v1/shares/export/permissions/users/u", { level: "read" });
  assert.equal((await fresh.call("DELETE", `${users}/admin`)).status, 403);
  assert.equal((await fresh.call("DELETE", `${users}/u`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${users}/u`)).status, 404);
  assert.equal((await fresh.call("GET", "/api/v1/shares/export/permissions")).body, null);
});
