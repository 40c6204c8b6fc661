import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../../src/runtime/manual-clock.ts";
import { doubleFor, type FreshDouble } from "../fresh-double.ts";

const share = "/api/v1/shares/export";
const snapshots = `${share}/snapshots`;

async function shared(t: Parameters<typeof doubleFor>[0], clock = new ManualClock()): Promise<FreshDouble> {
  const fresh = await doubleFor(t, { clock });
  await fresh.addStores();
  await fresh.addShare("export");
  return fresh;
}

async function ready(fresh: FreshDouble, clock: ManualClock, body: object = {}): Promise<string> {
  const { object } = await fresh.call("POST", snapshots, body);
  await clock.advance(1000);
  return String(object.snapshot_id);
}

test("a snapshot is accepted, made in the background, and then ready", async (t) => {
  const clock = new ManualClock();
  const fresh = await shared(t, clock);
  const { status, object, headers } = await fresh.call("POST", snapshots, { name: "one" });
  const id = String(object.snapshot_id);
  assert.deepEqual(
    [status, object.share, headers.location],
    [202, "/export", `/api/v1/shares/%2Fexport/snapshots/${id}`],
  );
  assert.equal((await fresh.call("GET", `${snapshots}/${id}`)).object.state, "creating");
  assert.equal((await fresh.call("POST", snapshots, {})).status, 409, "one at a time");
  assert.equal((await fresh.call("DELETE", `${snapshots}/${id}`)).status, 409, "not while it is made");
  await clock.advance(1000);
  const made = (await fresh.call("GET", `${snapshots}/${id}`)).object;
  assert.deepEqual([made.state, made.name, made.remote_durable, made.scheduled], ["ready", "one", false, false]);
});

test("a share must be loaded, named by its name, and have its local store on disk", async (t) => {
  const fresh = await shared(t);
  await fresh.call("POST", "/api/v1/store/block/local", { name: "memory", type: "memory" });
  const id = String((await fresh.addShare("volatile", { local_block_store: "memory" })).object.id);
  assert.equal((await fresh.call("POST", "/api/v1/shares/volatile/snapshots", {})).status, 400);
  assert.equal((await fresh.call("POST", `/api/v1/shares/${id}/snapshots`, {})).status, 404);
  assert.equal((await fresh.call("POST", "/api/v1/shares/none/snapshots", {})).status, 404);
  assert.deepEqual((await fresh.call("GET", "/api/v1/shares/none/snapshots")).body, []);
});

test("restoring needs a share that is off and a snapshot that is on the remote, or the caller's word", async (t) => {
  const clock = new ManualClock();
  const fresh = await shared(t, clock);
  const id = await ready(fresh, clock);
  const restore = async (body: object) => await fresh.call("POST", `${snapshots}/${id}/restore`, body);
  assert.equal((await restore({})).status, 409, "still on");
  await fresh.call("POST", `${share}/disable`);
  assert.equal((await restore({})).status, 412, "only local");
  const { status, object } = await restore({ allow_non_durable: true });
  assert.deepEqual([status, object.snapshot_id, object.share], [200, id, "/export"]);
  const { list } = await fresh.call("GET", snapshots);
  assert.deepEqual(
    list.map((row) => row.id),
    [object.safety_snapshot_id, id],
    "the state before was kept, without a name",
  );
  assert.equal((await fresh.call("POST", `${snapshots}/none/restore`, {})).status, 404);
});

test("a snapshot of a share with a remote is durable", async (t) => {
  const clock = new ManualClock();
  const fresh = await shared(t, clock);
  await fresh.call("POST", "/api/v1/store/block/remote", { name: "remote", type: "memory" });
  await fresh.call("PUT", share, { remote_block_store_id: "remote" });
  const id = await ready(fresh, clock);
  assert.equal((await fresh.call("GET", `${snapshots}/${id}`)).object.remote_durable, true);
  await fresh.call("POST", `${share}/disable`);
  assert.equal((await fresh.call("POST", `${snapshots}/${id}/restore`, {})).status, 200);
});

test("one that was being made when the server stopped has failed, and only such a one is tried again", async (t) => {
  const clock = new ManualClock();
  const fresh = await shared(t, clock);
  const good = await ready(fresh, clock);
  const id = String((await fresh.call("POST", snapshots, {})).object.snapshot_id);
  await fresh.restart({ clock: new ManualClock() });
  const failed = (await fresh.call("GET", `${snapshots}/${id}`)).object;
  assert.equal(failed.state, "failed");
  assert.match(String(failed.error), /abandoned: server restarted/);
  assert.equal((await fresh.call("POST", snapshots, { retry_of: good })).status, 409);
  assert.equal((await fresh.call("POST", snapshots, { retry_of: "none" })).status, 404);
  assert.equal((await fresh.call("POST", snapshots, { retry_of: id })).object.snapshot_id, id);
});

test("deleting works once; with the share all its snapshots go", async (t) => {
  const clock = new ManualClock();
  const fresh = await shared(t, clock);
  const id = await ready(fresh, clock);
  assert.equal((await fresh.call("DELETE", `${snapshots}/${id}`)).status, 204);
  assert.equal((await fresh.call("DELETE", `${snapshots}/${id}`)).status, 404);
  await ready(fresh, clock);
  await fresh.call("DELETE", share);
  assert.equal(fresh.double.state.database.snapshots.length, 0);
});
