import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const quotas = "/api/v1/shares/export/quotas";

test("a quota is replaced as a whole, and its sizes come back rounded", async (t) => {
  const fresh = await doubleFor(t);
  const first = await fresh.call("PUT", `${quotas}/user/1000`, {
    limit_bytes: "10GiB",
    soft_bytes: "8GiB",
    grace_seconds: 60,
  });
  assert.deepEqual(first.body, {
    share_name: "/export",
    scope: "user",
    identity_id: 1000,
    limit_bytes: "10.00GiB",
    soft_bytes: "8.00GiB",
    limit_files: 0,
    soft_files: 0,
    grace_seconds: 60,
    used_bytes: 0,
    used_files: 0,
  });
  const second = (await fresh.call("PUT", `${quotas}/user/1000`, { limit_files: 3 })).object;
  assert.deepEqual([second.limit_bytes, second.limit_files, second.grace_seconds], [undefined, 3, 0]);
  assert.equal((await fresh.call("GET", quotas)).list.length, 1);
});

test("the quota of all other users has no number, yet its path needs one", async (t) => {
  const fresh = await doubleFor(t);
  for (const method of ["GET", "PUT", "DELETE"])
    assert.equal(
      (await fresh.call(method, `${quotas}/default-user`, method === "PUT" ? {} : undefined)).status,
      400,
      method,
    );
  const { status, object } = await fresh.call("PUT", `${quotas}/default-user/0`, { limit_files: 3 });
  assert.deepEqual([status, object.identity_id], [200, undefined]);
  assert.equal((await fresh.call("GET", `${quotas}/default-user/7`)).object.limit_files, 3, "whatever the number");
});

test("what a quota may not be, and what does not matter", async (t) => {
  const fresh = await doubleFor(t);
  const rows: readonly (readonly [path: string, body: object, status: number, because: string])[] = [
    ["user/alice", {}, 400, "a name for a number"],
    ["robot/1", {}, 400, "no such scope"],
    ["user/1", { limit_bytes: "x" }, 400, "no size"],
    ["user/1", { limit_bytes: 5 }, 400, "no text"],
    ["user/1", { limit_bytes: "1GiB", soft_bytes: "2GiB" }, 400, "the soft limit is above the hard one"],
    ["user/1", { limit_files: 1, soft_files: 2 }, 400, "the same with files"],
    ["user/1", { limit_files: -1 }, 400, "below zero"],
    ["user/4000000000", {}, 200, "the share and the user need not exist"],
  ];
  for (const [path, body, status, because] of rows)
    assert.equal((await fresh.call("PUT", `${quotas}/${path}`, body)).status, status, because);
});

test("quotas are listed by scope and number, and deleted once", async (t) => {
  const fresh = await doubleFor(t);
  for (const path of ["user/20", "user/3", "group/5", "default-user/0"])
    await fresh.call("PUT", `${quotas}/${path}`, {});
  const { list } = await fresh.call("GET", quotas);
  assert.deepEqual(
    list.map(({ scope, identity_id }) => [scope, identity_id]),
    [
      ["default-user", undefined],
      ["group", 5],
      ["user", 3],
      ["user", 20],
    ],
  );
  assert.equal((await fresh.call("DELETE", `${quotas}/user/3`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${quotas}/user/3`)).status, 404);
  assert.equal((await fresh.call("GET", `${quotas}/user/3`)).status, 404);
});
