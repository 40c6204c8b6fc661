import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../src/api/ditto-server.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { DoubleProvisioning, writesAmong } from "./provisioning/double-provisioning.ts";

const storage = { metadataSize: "5Gi", contentSize: "20Gi", accessMode: "ReadWriteOnce" } as const;
const users = [{ name: "alice", uid: 1001, gid: 1002 }];
const server = (share: Partial<ShareSpec>) => aServer({ storage, users, shares: [{ name: "/a", ...share }] });

const every: Partial<ShareSpec> = {
  owner: "alice",
  quota: "1500Mi",
  readBufferSize: "64Mi",
  localStoreSize: "2Gi",
  encryptData: true,
  trash: { enabled: true, retentionDays: 7, maxSize: "1Gi", restrictToAdmin: true, excludePatterns: ["*.tmp"] },
  nfs: {
    squash: "none",
    anonymousUid: 0,
    anonymousGid: 99,
    allowAuthSys: false,
    requireKerberos: true,
    minKerberosLevel: "krb5p",
    disableReaddirplus: true,
  },
  smb: {
    accessBasedEnumeration: true,
    changeNotifyDisabled: true,
    streamsDisabled: true,
    continuousAvailability: true,
    allowMFSymlink: true,
    aclFlagInheritedCanonicalization: false,
  },
};
const shown = {
  owner_uid: 1001,
  owner_gid: 1002,
  quota_bytes: "1.46GiB",
  read_buffer_size: "64.00MiB",
  local_store_size: "2.00GiB",
  encrypt_data: true,
  access_based_enumeration: true,
  change_notify_disabled: true,
  streams_disabled: true,
  continuous_availability: true,
  allow_mfsymlink: true,
  acl_flag_inherited_canonicalization: false,
  trash_enabled: true,
  trash_retention_days: 7,
  trash_restrict_to_admin: true,
  trash_max_bytes: 2 ** 30,
  trash_exclude_patterns: ["*.tmp"],
};
const nfsShown = {
  squash: "none",
  anonymous_uid: 0,
  anonymous_gid: 99,
  allow_auth_sys: false,
  require_kerberos: true,
  min_kerberos_level: "krb5p",
  disable_readdirplus: true,
};

test("every setting of a share reaches the server, at its creation and later, and is then left alone", {
  timeout: 60_000,
}, async () => {
  for (const before of [undefined, { owner: "alice" }]) {
    const at = await DoubleProvisioning.start();
    try {
      at.setPassword("alice", "password-of-alice");
      if (before !== undefined) await at.pass(server(before));
      const seen = await at.pass(server(every));
      assert.ok(seen.kind === "answered" && seen.outcomes.every(({ result }) => result.kind !== "failed"));
      const body = async (path: string) => (await at.fresh.call("GET", path)).body;
      assert.partialDeepStrictEqual(await body("/api/v1/shares/a"), shown);
      assert.partialDeepStrictEqual(await body("/api/v1/shares/a/adapters/nfs/config"), nfsShown);
      const { requests } = await at.requestsOf(() => at.pass(server(every)));
      assert.deepEqual(writesAmong(requests), []);
    } finally {
      await at.fresh.end();
    }
  }
});

test("what is no longer named goes back to what the server does by itself, but for the recycle bin", {
  timeout: 60_000,
}, async () => {
  const at = await DoubleProvisioning.start();
  try {
    at.setPassword("alice", "password-of-alice");
    await at.pass(server(every));
    await at.pass(server({ owner: "alice" }));
    const { body } = await at.fresh.call("GET", "/api/v1/shares/a");
    assert.partialDeepStrictEqual(body, { encrypt_data: false, acl_flag_inherited_canonicalization: true });
    assert.partialDeepStrictEqual(body, { trash_enabled: true, trash_retention_days: 7 });
    const { quota_bytes, read_buffer_size } = body as Readonly<Record<string, unknown>>; // a share
    assert.deepEqual([quota_bytes, read_buffer_size], [undefined, undefined]);
    const { requests } = await at.requestsOf(() => at.pass(server({ owner: "alice" })));
    assert.deepEqual(writesAmong(requests), []);
  } finally {
    await at.fresh.end();
  }
});
