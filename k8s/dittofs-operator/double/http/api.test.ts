import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

test("what the router and the guards say is plain text, what handlers say is JSON", async (t) => {
  const fresh = await doubleFor(t);
  const rows: readonly (readonly [
    method: string,
    path: string,
    token: string | undefined,
    status: number,
    type: string,
  ])[] = [
    ["GET", "/nope", "", 404, "text/plain; charset=utf-8"],
    ["GET", "/api/v1/nope", "", 404, "text/plain; charset=utf-8"],
    ["GET", "/api/v1/shares", "", 401, "text/plain; charset=utf-8"],
    ["GET", "/api/v1/shares", "a.b.c", 401, "text/plain; charset=utf-8"],
    ["GET", "/api/v1/shares/a/b/c", "", 401, "text/plain; charset=utf-8"],
    ["GET", "/api/v1/shares/a/b/c", undefined, 404, "text/plain; charset=utf-8"],
    ["GET", "/api/v1/shares/a", undefined, 404, "application/problem+json"],
    ["DELETE", "/api/v1/shares", undefined, 405, ""],
    ["GET", "/api/v1/shares", undefined, 200, "application/json"],
  ];
  for (const [method, path, token, status, type] of rows) {
    const reply = await fresh.call(method, path, undefined, token);
    assert.deepEqual([reply.status, reply.type], [status, type], `${method} ${path} ${token}`);
  }
  assert.equal((await fresh.call("GET", "/api/v1/shares", undefined, "")).body, "Authorization header required\n");
  assert.equal((await fresh.call("GET", "/api/v1/shares", undefined, "x")).body, "Invalid or expired token\n");
  assert.equal((await fresh.call("DELETE", "/api/v1/shares")).headers.allow, "GET, POST");
});

test("a problem has type, title, status and detail", async (t) => {
  const fresh = await doubleFor(t);
  const { body } = await fresh.call("GET", "/api/v1/shares/none");
  assert.deepEqual(body, { type: "about:blank", title: "Not Found", status: 404, detail: "Share not found" });
});

test("the root leads to the health page", async (t) => {
  const fresh = await doubleFor(t);
  const reply = await fresh.call("GET", "/", undefined, "");
  assert.deepEqual([reply.status, reply.headers.location], [307, "/health"]);
});

test("a write timeout of nanoseconds cuts every answer", async (t) => {
  const fresh = await doubleFor(t, { config: { controlplane: { write_timeout: 30 } } });
  await assert.rejects(fresh.call("GET", "/health", undefined, ""), /socket hang up|ECONNRESET/);
});

test("an answer that comes after the write timeout never arrives, although the work is done", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  const config = { bucket: "b", access_key_id: "a", secret_access_key: "s", endpoint: "http://unreachable.invalid" };
  const remote = { name: "far", type: "s3", config: JSON.stringify(config) };
  assert.equal((await fresh.call("POST", "/api/v1/store/block/remote", remote)).status, 201, "5 s are within 10 s");
  await assert.rejects(fresh.addShare("slow", { remote_block_store: "far" }), /socket hang up|ECONNRESET/);
  assert.equal(fresh.double.state.database.shares.length, 1);
  assert.deepEqual(
    fresh.double.state.shares.all().map(({ name }) => name),
    ["/slow"],
  );
});

test("requests are recorded in the order of their answers", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("GET", "/health", undefined, "");
  await fresh.call("GET", "/api/v1/shares?x=1", undefined, "");
  assert.deepEqual(fresh.double.requests, [
    { method: "GET", path: "/health", status: 200 },
    { method: "GET", path: "/api/v1/shares", status: 401 },
  ]);
});
