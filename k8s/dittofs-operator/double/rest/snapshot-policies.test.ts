import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor, type FreshDouble } from "../fresh-double.ts";

const policy = "/api/v1/shares/export/snapshot-policy";

async function shared(t: Parameters<typeof doubleFor>[0]): Promise<FreshDouble> {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("export");
  return fresh;
}

test("a policy is replaced as a whole, is on unless it says otherwise, and shows durations for shorthands", async (t) => {
  const fresh = await shared(t);
  const rows = [
    ["24h", "24h0m0s"],
    ["@hourly", "1h0m0s"],
    ["@daily", "24h0m0s"],
    ["@weekly", "168h0m0s"],
    ["5s", "5s"],
  ];
  for (const [interval, shown] of rows)
    assert.equal((await fresh.call("PUT", policy, { interval })).object.interval, shown, interval);
  const all = { interval: "24h", keep_last: 7, ttl: "720h", enabled: false, name_prefix: "auto-" };
  const { object } = await fresh.call("PUT", policy, all);
  assert.deepEqual([object.keep_last, object.ttl, object.enabled, object.name_prefix], [7, "720h0m0s", false, "auto-"]);
  const less = (await fresh.call("PUT", policy, { interval: "24h" })).object;
  assert.deepEqual([less.keep_last, less.ttl, less.enabled, less.name_prefix], [0, undefined, true, undefined]);
  assert.equal((await fresh.call("GET", "/api/v1/snapshot-policies")).list.length, 1);
});

test("what a policy may not be", async (t) => {
  const fresh = await shared(t);
  const rows: readonly (readonly [body: unknown, because: string])[] = [
    ["", "nothing"],
    [{}, "no interval"],
    [{ interval: "@yearly" }, "no such shorthand"],
    [{ interval: "0 0 * * *" }, "cron"],
    [{ interval: "1d" }, "days do not exist"],
    [{ interval: "0s" }, "never"],
    [{ interval: "-5s" }, "in the past"],
    [{ interval: "24h", keep_last: -1 }, "below zero"],
    [{ interval: "24h", ttl: "x" }, "no duration"],
    [{ interval: "24h", ttl: "-1h" }, "in the past"],
    [{ interval: "24h", name_prefix: "a b" }, "a space"],
  ];
  for (const [body, because] of rows) assert.equal((await fresh.call("PUT", policy, body)).status, 400, because);
  assert.equal((await fresh.call("PUT", "/api/v1/shares/none/snapshot-policy", { interval: "24h" })).status, 404);
});

test("a policy that names its share by id is another policy", async (t) => {
  const fresh = await shared(t);
  const id = String((await fresh.call("GET", "/api/v1/shares/export")).object.id);
  const { status, object } = await fresh.call("PUT", `/api/v1/shares/${id}/snapshot-policy`, { interval: "24h" });
  assert.deepEqual([status, object.share], [200, `/${id}`]);
  assert.equal((await fresh.call("GET", policy)).status, 404);
});

test("running a policy makes a scheduled snapshot named by prefix and time", async (t) => {
  const fresh = await shared(t);
  assert.equal((await fresh.call("POST", `${policy}/run`)).status, 404);
  await fresh.call("PUT", policy, { interval: "24h", name_prefix: "auto-" });
  assert.equal((await fresh.call("POST", `${policy}/run`)).status, 202);
  const [snapshot] = (await fresh.call("GET", "/api/v1/shares/export/snapshots")).list;
  assert.match(String(snapshot?.name), /^auto--\d{8}-\d{6}$/);
  assert.equal(snapshot?.scheduled, true);
  assert.equal(typeof (await fresh.call("GET", policy)).object.last_run_at, "string");
});

test("deleting works once", async (t) => {
  const fresh = await shared(t);
  await fresh.call("PUT", policy, { interval: "24h" });
  assert.equal((await fresh.call("DELETE", policy)).status, 204);
  assert.equal((await fresh.call("DELETE", policy)).status, 404);
  assert.equal((await fresh.call("GET", `${policy}/`)).status, 404);
});
