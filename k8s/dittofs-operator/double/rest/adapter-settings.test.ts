import assert from "node:assert/strict";
import { test } from "node:test";
import { doubleFor } from "../fresh-double.ts";

const nfs = "/api/v1/adapters/nfs/settings";
const smb = "/api/v1/adapters/smb/settings";

test("settings start with their defaults, which can be read with their ranges", async (t) => {
  const fresh = await doubleFor(t);
  const { object } = await fresh.call("GET", nfs);
  assert.deepEqual(
    [object.lease_time, object.max_version, object.portmapper_port, object.version],
    [90, "4.1", 10_111, 1],
  );
  const defaults = (await fresh.call("GET", `${nfs}/defaults`)).object;
  assert.deepEqual(defaults.defaults, object);
  assert.match(
    JSON.stringify(defaults.ranges),
    /"lease_time":\{"min":10,"max":3600\}.*"portmapper_port":\{"min":1,"max":65535\}/,
  );
  assert.match(JSON.stringify(defaults.ranges), /"max_version":\{"values":\["3","4.0","4.1"\]\}/);
  assert.equal((await fresh.call("GET", smb)).object.signing, "");
  assert.equal((await fresh.call("GET", "/api/v1/adapters/ftp/settings")).status, 404);
  assert.equal((await fresh.call("GET", "/api/v1/adapters/ftp/settings/defaults")).status, 400);
});

test("a patch changes what it names and counts the version, even if nothing changes", async (t) => {
  const fresh = await doubleFor(t);
  const changed = (await fresh.call("PATCH", nfs, { lease_time: 30 })).object;
  assert.deepEqual([changed.lease_time, changed.grace_period, changed.version], [30, 90, 2]);
  assert.equal((await fresh.call("PATCH", nfs, {})).object.version, 3);
  await fresh.restart();
  assert.equal((await fresh.call("GET", nfs)).object.lease_time, 30);
});

test("out of range: 422 with every field that is wrong, and nothing stored", async (t) => {
  const fresh = await doubleFor(t);
  const { status, type, object } = await fresh.call("PATCH", nfs, {
    lease_time: 5,
    max_version: "5",
    blocked_operations: ["FLY"],
    grace_period: 20,
  });
  assert.deepEqual([status, type, object.title], [422, "application/problem+json", "Validation Failed"]);
  assert.deepEqual(object.errors, {
    lease_time: "must be between 10 and 3600",
    max_version: "must be one of: [3 4.0 4.1]",
    blocked_operations: "unknown NFS operation: FLY",
  });
  assert.equal((await fresh.call("GET", nfs)).object.grace_period, 90);
  assert.equal((await fresh.call("PATCH", nfs, { lease_time: "30" })).status, 400);
  const minor = await fresh.call("PATCH", nfs, { v4_min_minor_version: 2, v4_max_minor_version: 1 });
  assert.deepEqual(minor.object.errors, { v4_min_minor_version: "must be <= v4_max_minor_version" });
});

test("force stores what is out of range, a dry run stores nothing", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("PATCH", `${nfs}?force=true`, { lease_time: 5 })).object.lease_time, 5);
  assert.equal((await fresh.call("PATCH", `${nfs}?dry_run=true`, { lease_time: 60 })).object.lease_time, 60);
  assert.equal((await fresh.call("PATCH", `${nfs}?dry_run=true`, { lease_time: 1 })).status, 422);
  const { object } = await fresh.call("GET", nfs);
  assert.deepEqual([object.lease_time, object.version], [5, 2]);
});

test("a replacement turns what it leaves out into zero, which is mostly out of range", async (t) => {
  const fresh = await doubleFor(t);
  const { status, object } = await fresh.call("PUT", nfs, { lease_time: 30 });
  assert.equal(status, 422);
  assert.match(JSON.stringify(object.errors), /"grace_period".*"portmapper_port"/);
  const whole = (await fresh.call("GET", smb)).object;
  const wanted = { ...whole, max_sessions: 7 };
  assert.equal((await fresh.call("PUT", smb, wanted)).object.max_sessions, 7);
});

test("three settings are accepted and never kept", async (t) => {
  const fresh = await doubleFor(t);
  const { object } = await fresh.call("PATCH", nfs, { v4_max_minor_version: 1, v4_max_connections_per_session: 3 });
  assert.deepEqual([object.v4_max_minor_version, object.v4_max_connections_per_session], [2, 16]);
});

test("reset of one or of all; UDP is unknown to the former", async (t) => {
  const fresh = await doubleFor(t);
  await fresh.call("PATCH", nfs, { lease_time: 30, grace_period: 30, udp_enabled: true });
  const one = (await fresh.call("POST", `${nfs}/reset?setting=lease_time`)).object;
  assert.deepEqual([one.lease_time, one.grace_period], [90, 30]);
  assert.equal((await fresh.call("POST", `${nfs}/reset?setting=udp_enabled`)).status, 400);
  assert.equal((await fresh.call("POST", `${nfs}/reset?setting=none`)).status, 400);
  const all = (await fresh.call("POST", `${nfs}/reset`)).object;
  assert.deepEqual([all.grace_period, all.udp_enabled, all.version], [90, false, 4]);
});

test("signing may be empty, or one of three", async (t) => {
  const fresh = await doubleFor(t);
  assert.equal((await fresh.call("PATCH", smb, { signing: "required" })).status, 200);
  assert.equal((await fresh.call("PATCH", smb, { signing: "" })).status, 200);
  assert.equal((await fresh.call("PATCH", smb, { signing: "maybe" })).status, 422);
  assert.equal((await fresh.call("PATCH", smb, { min_dialect: "SMB1" })).status, 422);
});
