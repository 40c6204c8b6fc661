import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;

test("users can log in with the password of their Secret, and with a new one when that changes", {
  timeout: 30_000,
}, async () => {
  const at = await DoubleProvisioning.start();
  try {
    const server = aServer({
      storage,
      groups: [{ name: "staff", gid: 2000, description: "All of us" }],
      users: [
        {
          name: "alice",
          uid: 1001,
          gid: 2000,
          groups: ["staff", "users"],
          displayName: "Alice",
          email: "a@example.com",
        },
        { name: "svc_backup", enabled: false },
      ],
    });
    for (const name of ["alice", "svc_backup"]) at.setPassword(name, `password-of-${name}`);
    const seen = await at.pass(server);
    assert.ok(seen.kind === "answered" && seen.outcomes.every(({ result }) => result.kind !== "failed"));
    assert.partialDeepStrictEqual((await at.fresh.call("GET", "/api/v1/users/alice")).body, {
      uid: 1001,
      gid: 2000,
      groups: ["staff", "users"],
      display_name: "Alice",
      email: "a@example.com",
    });
    assert.partialDeepStrictEqual((await at.fresh.call("GET", "/api/v1/groups/staff")).body, { gid: 2000 });
    assert.notEqual(await at.fresh.login("alice", "password-of-alice"), "");
    assert.partialDeepStrictEqual((await at.fresh.call("GET", "/api/v1/users/svc_backup")).body, { enabled: false });

    const rest = await at.requestsOf(() => at.pass(server));
    assert.deepEqual(writesAmong(rest.requests), []);
    assert.ok(rest.requests.length <= 8);

    at.setPassword("alice", "a-new-password");
    const { requests } = await at.requestsOf(() => at.pass(server));
    assert.deepEqual(
      writesAmong(requests).map(({ method, path }) => `${method} ${path}`),
      ["POST /api/v1/users/alice/password"],
    );
    assert.notEqual(await at.fresh.login("alice", "a-new-password"), "");
  } finally {
    await at.fresh.end();
  }
});

test("grants are given and taken back over the wire, and those made by hand stay", { timeout: 30_000 }, async () => {
  const at = await DoubleProvisioning.start();
  try {
    at.setPassword("alice", "password-of-alice");
    const withGrants = (permissions: ShareSpec["permissions"]) =>
      aServer({
        storage,
        groups: [{ name: "staff" }],
        users: [{ name: "alice" }],
        shares: [{ name: "/export", ...(permissions !== undefined && { permissions }) }],
      });
    const sid = { sid: "S-1-5-21-1-2-3-1107", level: "read", displayName: "CORP\\Eng" } as const;
    const all = withGrants({
      users: [{ name: "alice", level: "read-write" }],
      groups: [{ name: "staff", level: "none" }],
      sids: [sid],
    });
    const seen = await at.pass(all);
    assert.ok(seen.kind === "answered" && seen.outcomes.every(({ result }) => result.kind !== "failed"));
    await at.fresh.call("PUT", "/api/v1/shares/export/permissions/groups/users", { level: "read" });
    const rest = await at.requestsOf(() => at.pass(all));
    assert.deepEqual(writesAmong(rest.requests), []);
    assert.ok(rest.requests.length <= 8);

    const { requests } = await at.requestsOf(() => at.pass(withGrants({ sids: [{ ...sid, level: "admin" }] })));
    assert.deepEqual(
      writesAmong(requests).map(
        ({ method, path }) => `${method} ${path.replace("/api/v1/shares/export/permissions", "")}`,
      ),
      ["PUT /sids/S-1-5-21-1-2-3-1107", "DELETE /users/alice", "DELETE /groups/staff"],
    );
    assert.deepEqual((await at.fresh.call("GET", "/api/v1/shares/export/permissions")).body, [
      { type: "group", name: "users", level: "read" },
      { type: "sid", name: "CORP\\Eng", level: "admin", sid: sid.sid, is_group: true },
    ]);
  } finally {
    await at.fresh.end();
  }
});

test("200 shares and 500 users are there in a minute, and a bad one of each holds up no other", {
  timeout: 110_000,
}, async (context) => {
  const at = await DoubleProvisioning.start();
  try {
    const shares = Array.from({ length: 200 }, (_, index) => ({ name: `/share-${index}` }));
    const users = Array.from({ length: 500 }, (_, index) => ({ name: `user-${index}`, uid: 2000 + index }));
    for (const { name } of users) at.setPassword(name, name === "user-7" ? "short" : "long-enough-password");
    const server = aServer({ storage, users, shares: [...shares.slice(0, 199), { name: "/a:b" }] });
    const startMs = performance.now();
    const { result, requests } = await at.requestsOf(() => at.pass(server));
    const seconds = (performance.now() - startMs) / 1000;
    context.diagnostic(`${requests.length} requests in ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 60);
    assert.ok(result.kind === "answered");
    const failed = result.outcomes.filter((each) => each.result.kind === "failed").map(({ name }) => name);
    assert.deepEqual(failed, ["user-7"]);
    assert.deepEqual(
      result.shares.filter(({ isServing }) => !isServing).map(({ name }) => name),
      ["/a:b"],
    );
    assert.equal(Object.keys(result.appliedPasswords).length, 499);
  } finally {
    await at.fresh.end();
  }
});
