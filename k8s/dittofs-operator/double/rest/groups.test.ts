import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const groups = "/api/v1/groups";

test("three groups are built in and cannot be deleted", async (t) => {
  const fresh = await doubleFor(t);
  const { list } = await fresh.call("GET", groups);
  assert.deepEqual(
    list.map(({ name, gid, members }) => [name, gid, members]),
    [
      ["admins", 0, ["admin"]],
      ["operators", 999, undefined],
      ["users", 1000, undefined],
    ],
  );
  for (const name of ["admins", "operators", "users"])
    assert.equal((await fresh.call("DELETE", `${groups}/${name}`)).status, 403, name);
});

test("a group needs a name of its own and a gid of its own; gid 0 is none", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("POST", groups, {})).status, 400);
  assert.equal((await fresh.call("POST", groups, { name: "eng", gid: 5000 })).object.gid, 5000);
  assert.equal((await fresh.call("POST", groups, { name: "eng" })).status, 409);
  assert.equal((await fresh.call("POST", groups, { name: "other", gid: 5000 })).status, 409);
  assert.equal((await fresh.call("POST", groups, { name: "zero", gid: 0 })).object.gid, undefined);
});

test("an update to a gid that is taken is an error of the server, and changes nothing", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", groups, { name: "eng", gid: 5000, description: "before" });
  assert.equal((await fresh.call("PUT", `${groups}/eng`, { gid: 999, description: "after" })).status, 500);
  assert.equal((await fresh.call("GET", `${groups}/eng`)).object.description, "before");
  assert.equal((await fresh.call("PUT", `${groups}/eng`, { description: "after" })).object.description, "after");
});

test("membership: joining twice and leaving twice succeed, unknown names do not", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("POST", groups, { name: "eng" });
  const members = `${groups}/eng/members`;
  const rows: readonly (readonly [
    method: string,
    path: string,
    body: object | undefined,
    status: number,
    because: string,
  ])[] = [
    ["POST", members, { username: "admin" }, 204, "joins"],
    ["POST", members, { username: "admin" }, 204, "is in already"],
    ["POST", members, {}, 400, "no name"],
    ["POST", members, { username: "nobody" }, 404, "no such user"],
    ["POST", `${groups}/none/members`, { username: "admin" }, 404, "no such group"],
    ["GET", members, undefined, 200, "the list"],
    ["GET", `${groups}/none/members`, undefined, 404, "no such group"],
    ["DELETE", `${members}/admin`, undefined, 204, "leaves"],
    ["DELETE", `${members}/admin`, undefined, 204, "is not in"],
    ["DELETE", `${members}/nobody`, undefined, 404, "no such user"],
    ["DELETE", `${groups}/none/members/admin`, undefined, 204, "nobody is in a group that does not exist"],
  ];
  for (const [method, path, body, status, because] of rows)
    assert.equal((await fresh.call(method, path, body)).status, status, because);
});

test("members are reached by the group's name only, the group by its id too", async (t) => {
  const fresh = await doubleFor(t);
  const id = String((await fresh.call("POST", groups, { name: "eng" })).object.id);
  assert.equal((await fresh.call("GET", `${groups}/${id}`)).object.name, "eng");
  assert.equal((await fresh.call("GET", `${groups}/${id}/members`)).status, 404);
  assert.equal((await fresh.call("DELETE", `${groups}/${id}`)).status, 204);
});
