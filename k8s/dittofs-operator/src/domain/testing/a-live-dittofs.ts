import type { LiveAdapter, LiveDittoFs, LiveRemoteStore, LiveShare, LiveStore } from "../provisioning/live-dittofs.ts";
import { shareFlags } from "../provisioning/share-settings.ts";

export const healthy = { status: "healthy", message: "" } as const;

/** A DittoFS server as the API shows it: fresh, with the given parts in place of nothing. */
export function aLiveDittoFs(changes: Partial<LiveDittoFs> = {}): LiveDittoFs {
  return {
    adapters: [aLiveAdapter({ type: "nfs", port: 12_049 }), aLiveAdapter({ type: "smb", port: 1445 })],
    metadataStores: [],
    localStores: [],
    remoteStores: [],
    appliedStores: new Map(),
    sentStores: new Map(),
    shares: [],
    users: [],
    groups: [],
    appliedPasswords: new Map(),
    appliedMetadataStores: new Map(),
    sharePermissions: new Map(),
    appliedGrants: new Map(),
    snapshotPolicies: { kind: "read", policies: [] },
    appliedSnapshotPolicies: new Set(),
    netgroups: { kind: "read", netgroups: [] },
    declaredShares: new Set(),
    loadedShares: new Map(),
    unsyncedShares: new Map(),
    goneShares: new Set(),
    ownStores: new Set(),
    journals: new Map(),
    removedMetadataStores: new Set(),
    protocolSettings: new Map(),
    shareNfsConfigs: new Map(),
    identityProviders: new Map(),
    appliedProviders: new Map(),
    identityMappings: { kind: "read", mappings: [] },
    appliedMappings: new Set(),
    ...changes,
  };
}

export function aLiveAdapter(changes: Partial<LiveAdapter> = {}): LiveAdapter {
  return { type: "nfs", enabled: true, port: 12_049, health: healthy, ...changes };
}

export function aLiveStore(changes: Partial<LiveStore> = {}): LiveStore {
  return { id: `id-of-${changes.name ?? "default"}`, name: "default", type: "memory", config: {}, ...changes };
}

export function aLiveRemoteStore(changes: Partial<LiveRemoteStore> = {}): LiveRemoteStore {
  return { ...aLiveStore({ name: "offsite", type: "s3", ...changes }), health: healthy, ...changes };
}

export function aLiveShare(changes: Partial<LiveShare> = {}): LiveShare {
  return {
    id: `id-of-${changes.name ?? "/export"}`,
    name: "/export",
    metadataStoreId: "id-of-default",
    localStoreId: "id-of-default",
    retentionPolicy: "lru",
    enabled: true,
    readOnly: false,
    defaultPermission: "none",
    ...shareFlags,
    trash: { enabled: false, retentionDays: 0, restrictToAdmin: false, maxBytes: 0, excludePatterns: [] },
    health: healthy,
    ...changes,
  };
}
