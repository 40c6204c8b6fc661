import assert from "node:assert/strict";
import { test } from "node:test";
import { aLiveDittoFs } from "../testing/a-live-dittofs.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { wantedAdapters } from "./adapters.ts";
import { protocolSettingsChanges, type WantedProtocolSettings, wantedProtocolSettings } from "./protocol-settings.ts";

const nfs: WantedProtocolSettings = {
  type: "nfs",
  settings: { lease_time: 60, blocked_operations: ["MKNOD", "LINK"] },
};
const liveWith = (settings: Readonly<Record<string, unknown>>) =>
  aLiveDittoFs({ protocolSettings: new Map([["nfs", { kind: "read", settings }]]) });

test("settings are told in the server's words, times in seconds, and only those that the spec names", () => {
  const server = aServer({
    nfs: {
      ...defaultSpec.nfs,
      settings: {
        leaseTime: "1m30s",
        gracePeriod: "10s",
        delegationsEnabled: false,
        maxDelegations: 0,
        maxConnections: 7,
        blockedOperations: [],
      },
    },
    smb: {
      ...defaultSpec.smb,
      settings: {
        minDialect: "SMB2.1",
        maxDialect: "SMB3.1.1",
        signing: "required",
        encryption: true,
        maxConnections: 8,
        maxSessions: 9,
        sessionTimeout: "1h",
        directoryLeasing: false,
      },
    },
  });
  assert.deepEqual(wantedProtocolSettings(server), [
    {
      type: "nfs",
      settings: {
        lease_time: 90,
        grace_period: 10,
        delegations_enabled: false,
        max_delegations: 0,
        max_connections: 7,
        blocked_operations: [],
      },
    },
    {
      type: "smb",
      settings: {
        min_dialect: "SMB2.1",
        max_dialect: "SMB3.1.1",
        signing: "required",
        enable_encryption: true,
        max_connections: 8,
        max_sessions: 9,
        session_timeout: 3600,
        directory_leasing_enabled: false,
      },
    },
  ]);
});

test("without settings, and for a protocol that is off, nothing is wanted", () => {
  assert.deepEqual(wantedProtocolSettings(aServer()), []);
  const off = { ...defaultSpec.nfs, enabled: false, settings: { leaseTime: "60s", gracePeriod: "60s" } };
  assert.deepEqual(wantedProtocolSettings(aServer({ nfs: off })), []);
});

const rows: readonly (readonly [name: string, live: Readonly<Record<string, unknown>>, sent: unknown])[] = [
  [
    "settings as wanted are not touched, whatever else was set by hand",
    { lease_time: 60, blocked_operations: ["LINK", "MKNOD"], grace_period: 3600 },
    undefined,
  ],
  ["only what differs is sent", { lease_time: 90, blocked_operations: ["MKNOD", "LINK"] }, { lease_time: 60 }],
  [
    "a list is compared as a whole",
    { lease_time: 60, blocked_operations: ["MKNOD"] },
    { blocked_operations: ["MKNOD", "LINK"] },
  ],
];

for (const [name, live, sent] of rows) {
  test(name, () => {
    const [change] = protocolSettingsChanges({ protocolSettings: [nfs], adapters: [] }, liveWith(live));
    const calls = sent === undefined ? [] : [{ name: "patchProtocolSettings", body: { type: "nfs", settings: sent } }];
    assert.deepEqual(change?.calls, calls);
  });
}

test("what an adapter heeds only when it starts is set while it is off, so that no interruption leaves it running without", () => {
  const server = aServer({ nfs: { ...defaultSpec.nfs, settings: { portmapper: true, udp: true, leaseTime: "60s" } } });
  const wanted = { protocolSettings: wantedProtocolSettings(server), adapters: wantedAdapters(server) };
  const [adapter] = wanted.adapters;
  const sent = (live: Readonly<Record<string, unknown>>) => protocolSettingsChanges(wanted, liveWith(live))[0]?.calls;
  assert.deepEqual(sent({ portmapper_enabled: true, udp_enabled: false, lease_time: 60 }), [
    { name: "putAdapter", body: { ...adapter, enabled: false } },
    { name: "patchProtocolSettings", body: { type: "nfs", settings: { udp_enabled: true } } },
    { name: "putAdapter", body: { ...adapter, enabled: true } },
  ]);
  assert.deepEqual(
    sent({ portmapper_enabled: true, udp_enabled: true, lease_time: 90 }),
    [{ name: "patchProtocolSettings", body: { type: "nfs", settings: { lease_time: 60 } } }],
    "other settings cut nobody off",
  );
});

test("the settings of an adapter that is not there yet wait for it", () => {
  const [change] = protocolSettingsChanges({ protocolSettings: [nfs], adapters: [] }, aLiveDittoFs());
  assert.deepEqual(change?.needs, [{ family: "adapter", name: "nfs" }]);
  assert.equal(change.what, "lease_time -> 60, blocked_operations -> MKNOD,LINK");
});

test("settings that cannot be read are a problem, and nothing is sent", () => {
  const unreadable = { kind: "unreadable", message: "the answer is 500." } as const;
  const [change] = protocolSettingsChanges(
    { protocolSettings: [nfs], adapters: [] },
    aLiveDittoFs({ protocolSettings: new Map([["nfs", unreadable]]) }),
  );
  assert.deepEqual(change?.calls, []);
  assert.equal(change.problem, "The settings of adapter nfs cannot be read: the answer is 500.");
});
