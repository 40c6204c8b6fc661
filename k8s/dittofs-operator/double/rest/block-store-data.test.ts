import assert from "node:assert/strict";
import { totalmem } from "node:os";
import { test } from "node:test";
import { doubleFor, type FreshDouble } from "../fresh-double.ts";

const stats = "/api/v1/shares/export/blockstore/stats";
const s3 = (host: string): object => ({
  name: "s3",
  type: "s3",
  config: JSON.stringify({ bucket: "b", access_key_id: "a", secret_access_key: "s", endpoint: `http://${host}` }),
});

async function shared(t: Parameters<typeof doubleFor>[0], fields: object = {}): Promise<FreshDouble> {
  const fresh = await doubleFor(t, { config: { controlplane: { write_timeout: "10m" } } });
  await fresh.addStores();
  await fresh.call("POST", "/api/v1/store/block/remote", { name: "remote", type: "memory" });
  await fresh.addShare("export", { ...fields });
  return fresh;
}

async function totals(fresh: FreshDouble, path = stats): Promise<Readonly<Record<string, unknown>>> {
  return Object(await (await fresh.call("GET", path)).object.totals);
}

test("how much a share may keep locally: its own size, else by remote, else a quarter of the memory", async (t) => {
  const fresh = await shared(t);
  assert.equal((await totals(fresh)).local_disk_max, Math.trunc(totalmem() / 4));
  await fresh.addShare("sized", { local_store_size: "1GiB" });
  assert.equal((await totals(fresh, "/api/v1/shares/sized/blockstore/stats")).local_disk_max, 2 ** 30);
  await fresh.addShare("remote", { remote_block_store: "remote" });
  assert.equal((await totals(fresh, "/api/v1/shares/remote/blockstore/stats")).local_disk_max, 10 * 2 ** 30);
  const all = await totals(fresh, "/api/v1/blockstore/stats");
  assert.equal(all.has_remote, true);
  assert.equal((await fresh.call("GET", "/api/v1/shares/none/blockstore/stats")).status, 404);
});

test("the store's own limit beats the share's", async (t) => {
  const fresh = await shared(t);
  const config = JSON.stringify({ path: `${fresh.folder}/small`, max_size: 1000 });
  await fresh.call("POST", "/api/v1/store/block/local", { name: "small", type: "fs", config });
  await fresh.addShare("small", { local_block_store: "small", local_store_size: "1GiB" });
  assert.equal((await totals(fresh, "/api/v1/shares/small/blockstore/stats")).local_disk_max, 1000);
});

test("what is not uploaded is counted, and draining uploads it", async (t) => {
  const fresh = await shared(t, { remote_block_store: "remote" });
  const share = fresh.double.state.shares.get("/export");
  assert.ok(share !== undefined);
  share.unsyncedBytes = 5_000_000;
  const before = await totals(fresh);
  assert.deepEqual([before.unsynced_bytes, before.pending_uploads], [5_000_000, 1]);
  const { status, object } = await fresh.call("POST", "/api/v1/system/drain-uploads");
  assert.deepEqual([status, object.status], [200, "drained"]);
  assert.equal((await totals(fresh)).unsynced_bytes, 0);
});

test("draining a share whose remote is away ends with 504 after the stall time, beyond any write timeout", async (t) => {
  const fresh = await shared(t);
  await fresh.call("POST", "/api/v1/store/block/remote", s3("unreachable.invalid"));
  await fresh.addShare("far", { remote_block_store: "s3" });
  const share = fresh.double.state.shares.get("/far");
  assert.ok(share !== undefined);
  share.unsyncedBytes = 1;
  assert.equal((await fresh.call("POST", "/api/v1/system/drain-uploads")).status, 504);
  const after = await totals(fresh, "/api/v1/shares/far/blockstore/stats");
  assert.deepEqual([after.unsynced_bytes, after.remote_healthy, after.eviction_suspended], [1, false, true]);
  assert.equal((await fresh.call("GET", "/api/v1/shares/far/status")).object.status, "degraded");
});

test("refused keys make a share degraded, but its remote stays healthy by the figures", async (t) => {
  const fresh = await shared(t);
  await fresh.call("POST", "/api/v1/store/block/remote", s3("denied.invalid"));
  await fresh.addShare("keys", { remote_block_store: "s3" });
  assert.equal((await fresh.call("GET", "/api/v1/shares/keys/status")).object.status, "degraded");
  assert.equal((await totals(fresh, "/api/v1/shares/keys/blockstore/stats")).remote_healthy, true);
  const share = fresh.double.state.shares.get("/keys");
  assert.ok(share !== undefined);
  share.unsyncedBytes = 1;
  assert.equal((await fresh.call("POST", "/api/v1/system/drain-uploads")).status, 500);
});

test("new keys in the store reach the store's status at once and its shares at the next start", async (t) => {
  const fresh = await shared(t);
  await fresh.call("POST", "/api/v1/store/block/remote", s3("denied.invalid"));
  await fresh.addShare("keys", { remote_block_store: "s3" });
  await fresh.call("PUT", "/api/v1/store/block/remote/s3", s3("s3.invalid"));
  assert.equal((await fresh.call("GET", "/api/v1/store/block/remote/s3/status")).object.status, "healthy");
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal((await fresh.call("GET", "/api/v1/shares/keys/status")).object.status, "degraded");
  await fresh.restart();
  assert.equal((await fresh.call("GET", "/api/v1/shares/keys/status")).object.status, "healthy");
});

test("only shares with a remote can be evicted, except their read buffer", async (t) => {
  const fresh = await shared(t);
  const evict = "/api/v1/shares/export/blockstore/evict";
  assert.equal((await fresh.call("POST", evict)).status, 400);
  assert.equal((await fresh.call("POST", evict, { read_buffer_only: true })).status, 200);
  assert.equal((await fresh.call("POST", "/api/v1/blockstore/evict", {})).status, 400, "one refuses for all");
  await fresh.call("PUT", "/api/v1/shares/export", { remote_block_store_id: "remote" });
  assert.equal((await fresh.call("POST", evict)).status, 200);
  assert.equal((await fresh.call("POST", "/api/v1/blockstore/evict", {})).status, 200);
});

test("warming up is a job, which fails without a remote and is forgotten at a restart", async (t) => {
  const fresh = await shared(t);
  const warm = "/api/v1/shares/export/blockstore/warm";
  const { status, object } = await fresh.call("POST", warm);
  assert.deepEqual([status, object.job_id], [202, "warm-1"]);
  assert.match(JSON.stringify(object.status), /"state":"running"/);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal((await fresh.call("GET", `${warm}/warm-1`)).object.state, "failed");
  assert.equal((await fresh.call("GET", `${warm}/warm-9`)).status, 404);
  await fresh.restart();
  assert.equal((await fresh.call("GET", `${warm}/warm-1`)).status, 404);
});

test("the audit of a share without files finds nothing", async (t) => {
  const fresh = await shared(t);
  const { object } = await fresh.call("POST", "/api/v1/shares/export/audit/refcounts");
  assert.match(JSON.stringify(object.result), /"share":"\/export".*"dangling_refs":0/);
  assert.equal((await fresh.call("POST", "/api/v1/shares/none/audit/refcounts")).status, 404);
});
