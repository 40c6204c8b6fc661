import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";
import { FaultSwitch } from "./fault.ts";

const groups = "/api/v1/groups";

test("answers in place of the server's", async (t) => {
  const fresh = await doubleFor(t);
  const rows = [
    ["500", 500, "application/problem+json"],
    ["html503", 503, "text/html"],
    ["429", 429, "text/plain; charset=utf-8"],
    ["403", 403, "text/plain; charset=utf-8"],
    ["redirect", 302, "text/html"],
  ] as const; // the faults by name
  for (const [fault, status, type] of rows) {
    fresh.double.faults.set(`POST ${groups}`, fault);
    const reply = await fresh.call("POST", groups, { name: fault });
    assert.deepEqual([reply.status, reply.type], [status, type], fault);
    fresh.double.faults.clear();
  }
  assert.equal((await fresh.call("GET", groups)).list.length, 3, "none of the requests reached the server");
});

test("a busy server says when to come again", async (t) => {
  const fresh = await doubleFor(t, { faults: { "* *": "429" } });
  assert.equal((await fresh.call("GET", groups, undefined, "")).headers["retry-after"], "1");
});

test("a token that expired once is refused once", async (t) => {
  const fresh = await doubleFor(t, { faults: { [`GET ${groups}`]: "401once" } });
  assert.equal((await fresh.call("GET", groups)).status, 401);
  assert.equal((await fresh.call("GET", groups)).status, 200);
});

test("a fault hits as often as it was told, by route or by path", async (t) => {
  const fresh = await doubleFor(t, { faults: { "GET /api/v1/groups/{group}": { fault: "500", times: 2 } } });
  const statuses = [];
  for (const name of ["users", "admins", "users"]) statuses.push((await fresh.call("GET", `${groups}/${name}`)).status);
  assert.deepEqual(statuses, [500, 500, 200]);
});

test("a connection that is reset after the work leaves the work done", async (t) => {
  const fresh = await doubleFor(t, { faults: { [`POST ${groups}`]: { fault: "resetAfterCommit", times: 1 } } });
  await assert.rejects(fresh.call("POST", groups, { name: "eng" }), /ECONNRESET|socket hang up/);
  assert.equal((await fresh.call("POST", groups, { name: "eng" })).status, 409);
});

test("a body that breaks off, one that is huge, and a list that is wrongly empty", async (t) => {
  const fresh = await doubleFor(t);
  fresh.double.faults.set(`GET ${groups}`, "cutBody");
  await assert.rejects(fresh.call("GET", groups), /aborted|ECONNRESET|socket hang up/);
  fresh.double.faults.set(`GET ${groups}`, "bigBody");
  const big = await fresh.call("GET", groups);
  assert.ok(JSON.stringify(big.body).length > 2 ** 23);
  fresh.double.faults.set(`GET ${groups}`, "emptyList");
  assert.deepEqual((await fresh.call("GET", groups)).body, []);
});

test("a request that hangs is never answered", async (t) => {
  const fresh = await doubleFor(t, { faults: { [`GET ${groups}`]: "hang" } });
  await fresh.login("admin", "admin-password");
  const hanging = assert.rejects(fresh.call("GET", groups), /ECONNRESET|socket hang up/);
  while (fresh.double.requests.at(-1)?.path !== groups) await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(fresh.double.requests.at(-1), { method: "GET", path: groups, status: 0 });
  await fresh.double.crash();
  await hanging;
});

test("the path as sent comes before its route, and that before everything", () => {
  const faults = new FaultSwitch({ "GET /a/1": "500", "GET /a/{id}": "403", "* *": "429" });
  assert.equal(faults.take("GET", "/a/1", "/a/{id}"), "500");
  assert.equal(faults.take("GET", "/a/2", "/a/{id}"), "403");
  assert.equal(faults.take("PUT", "/b", undefined), "429");
  faults.clear("* *");
  assert.equal(faults.take("PUT", "/b", undefined), undefined);
});
