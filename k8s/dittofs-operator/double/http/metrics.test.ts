import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { test } from "node:test";
import { doubleFor, freshLoopback, request } from "../fresh-double.ts";

test("metrics have their own port and tell version and what is not uploaded", async (t) => {
  const host = freshLoopback();
  const fresh = await doubleFor(t, { config: { metrics: { enabled: true, host } } });
  await fresh.addStores();
  await fresh.addShare("export");
  const read = (path: string) => request(`http://${host}:9090`, { method: "GET", path, token: "" });
  const reply = await read("/metrics");
  const body = String(reply.body);
  assert.match(reply.type, /^text\/plain; version=0\.0\.4/);
  assert.match(body, /^dittofs_build_info\{commit="double",version="v0\.29\.0"\} 1$/m);
  assert.match(body, /^dittofs_sync_pending_bytes\{share="\/export"\} 0$/m);
  assert.equal((await read("/")).status, 404);
});

test("with a token nobody else reads them, and without one in the file the server does not start", async (t) => {
  const host = freshLoopback();
  const fresh = await doubleFor(t);
  const metrics = { enabled: true, host, auth: "token", token_file: `${fresh.folder}/token` };
  const config = { ...Object(fresh.options.config), metrics };
  await assert.rejects(fresh.restart({ config }), /read metrics token file/);
  writeFileSync(`${fresh.folder}/token`, " \n");
  await assert.rejects(fresh.restart({ config }), /is empty/);
  writeFileSync(`${fresh.folder}/token`, "a-token\n");
  await fresh.restart({ config });
  const read = (token: string) => request(`http://${host}:9090`, { method: "GET", path: "/metrics", token });
  const refused = await read("other");
  assert.deepEqual([refused.status, refused.headers["www-authenticate"]], [401, "Bearer"]);
  assert.equal((await read("a-token")).status, 200);
});

test("a metrics port that is taken is only missing", async (t) => {
  const host = freshLoopback();
  const blocker = createServer().listen(9090, host);
  t.after(() => blocker.close());
  await new Promise((resolve) => blocker.once("listening", resolve));
  const fresh = await doubleFor(t, { config: { metrics: { enabled: true, host } } });
  assert.equal((await fresh.call("GET", "/health", undefined, "")).status, 200);
});
