import type { DittoServer } from "../../api/ditto-server.ts";
import type { StoreDatabases } from "../database/store-databases.ts";
import { type IdentityFacts, noIdentity } from "../identity-facts.ts";
import type { AllStoreCredentials } from "../secrets/store-credentials.ts";
import type { UserPasswords } from "../secrets/user-passwords.ts";
import { type AdapterCalls, adapterChanges, wantedAdapters } from "./adapters.ts";
import type { Change } from "./change.ts";
import { type GroupCalls, groupChanges, wantedGroups } from "./groups.ts";
import { type IdentityMappingCalls, identityMappingChanges, wantedIdentityMappings } from "./identity-mappings.ts";
import { type IdentityProviderCalls, identityProviderChanges, wantedIdentityProviders } from "./identity-providers.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { type LocalStoreCalls, localStoreChanges, wantedLocalStores } from "./local-stores.ts";
import { type MetadataStoreCalls, metadataStoreChanges, wantedMetadataStores } from "./metadata-stores.ts";
import { type PermissionCalls, permissionChanges, wantedGrants } from "./permissions.ts";
import { type ProtocolSettingsCalls, protocolSettingsChanges, wantedProtocolSettings } from "./protocol-settings.ts";
import { type RemoteStoreCalls, remoteStoreChanges, wantedRemoteStores } from "./remote-stores.ts";
import { type RemovedRemoteStoreCalls, removedRemoteStoreChanges } from "./removed-remote-stores.ts";
import { type RemovedShareCalls, removedShareChanges } from "./removed-shares.ts";
import { type RemovedStoreCalls, removedStoreChanges } from "./removed-stores.ts";
import { type ShareCalls, shareChanges } from "./shares.ts";
import { type SnapshotPolicyCalls, snapshotPolicyChanges, wantedSnapshotPolicies } from "./snapshot-policies.ts";
import { type UserCalls, userChanges, wantedUsers } from "./users.ts";
import { wantedShares } from "./wanted-shares.ts";

/** Every write that provisioning can ask for, with its body. */
export type CallBodies = AdapterCalls &
  MetadataStoreCalls &
  LocalStoreCalls &
  RemoteStoreCalls &
  ShareCalls &
  RemovedShareCalls &
  RemovedStoreCalls &
  RemovedRemoteStoreCalls &
  GroupCalls &
  UserCalls &
  PermissionCalls &
  ProtocolSettingsCalls &
  SnapshotPolicyCalls &
  IdentityProviderCalls &
  IdentityMappingCalls;
export type DittoFsChange = Change<CallBodies>;

export type WantedDittoFs = ReturnType<typeof wantedDittoFs>;

/** What decides beside the spec. */
export type Circumstances = {
  readonly passwords: UserPasswords;
  readonly storeCredentials: AllStoreCredentials;
  readonly podVolumes: ReadonlySet<string>;
  readonly storeDatabases: StoreDatabases;
  readonly identity: IdentityFacts;
};

/** What should be on the DittoFS server; what is left out of the circumstances is nothing. */
export function wantedDittoFs(server: DittoServer, circumstances: Partial<Circumstances> = {}) {
  const {
    passwords = new Map(),
    storeCredentials = new Map(),
    podVolumes = new Set(),
    storeDatabases = new Map(),
    identity = noIdentity,
  } = circumstances;
  return {
    adapters: wantedAdapters(server, podVolumes),
    protocolSettings: wantedProtocolSettings(server),
    metadataStores: wantedMetadataStores(server, storeDatabases),
    localStores: wantedLocalStores(server),
    remoteStores: wantedRemoteStores(server, storeCredentials, podVolumes),
    shares: wantedShares(server),
    deletionPolicy: server.spec.deletionPolicy,
    groups: wantedGroups(server),
    users: wantedUsers(server, passwords),
    grants: wantedGrants(server),
    snapshotPolicies: wantedSnapshotPolicies(server),
    identityProviders: wantedIdentityProviders(server, identity),
    identityMappings: wantedIdentityMappings(server),
  };
}

/** Object by object what differs, in the order in which the objects can be made. What the spec does not name is not looked at. */
export function changes(wanted: WantedDittoFs, live: LiveDittoFs): readonly DittoFsChange[] {
  return [
    ...adapterChanges(wanted.adapters, live),
    ...protocolSettingsChanges(wanted, live),
    ...metadataStoreChanges(wanted.metadataStores, live),
    ...localStoreChanges(wanted.localStores, live),
    ...remoteStoreChanges(wanted.remoteStores, live),
    ...shareChanges(wanted.shares, wanted.users, live),
    ...removedShareChanges(wanted, live),
    ...removedStoreChanges(wanted, live),
    ...removedRemoteStoreChanges(wanted, live),
    ...groupChanges(wanted.groups, live),
    ...userChanges(wanted.users, wanted.groups, live),
    ...permissionChanges(wanted, live),
    ...snapshotPolicyChanges(wanted, live),
    ...identityProviderChanges(wanted.identityProviders, live),
    ...identityMappingChanges(wanted.identityMappings, live),
  ];
}
