import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

test("health needs no login and says how long the server has run", async (t) => {
  const fresh = await doubleFor(t);
  const { status, object } = await fresh.call("GET", "/health", undefined, "");
  assert.equal(status, 200);
  assert.equal(object.status, "healthy");
  assert.match(JSON.stringify(object.data), /"control_plane_db":"reachable".*"service":"dittofs".*"uptime_sec":0/);
});

test("readiness counts loaded shares, opened stores, and adapters even without their port", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.addStores();
  await fresh.addShare("good");
  await fresh.addShare("not:loaded");
  await fresh.call("PUT", "/api/v1/adapters/smb", { port: 12049 });
  const { object } = await fresh.call("GET", "/health/ready", undefined, "");
  const grace_period = { active: false, remaining_seconds: 0, expected_clients: 0, reclaimed_clients: 0 };
  const adapters = { running: 2, types: ["nfs", "smb"] };
  assert.deepEqual(object.data, { adapters, grace_period, metadata_stores: 1, shares: 1 });
});

test("without NFS in this process nothing is said about its grace period", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("PUT", "/api/v1/adapters/nfs", { enabled: false });
  await fresh.restart();
  const { body } = await fresh.call("GET", "/health/ready", undefined, "");
  assert.doesNotMatch(JSON.stringify(body), /grace/);
});
