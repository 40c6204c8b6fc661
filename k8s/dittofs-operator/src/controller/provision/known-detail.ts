import type {
  LiveIdentityMappings,
  LiveIdentityProvider,
  LiveNetgroups,
  LiveProtocolSettings,
  LiveShareNfsConfig,
  LiveSharePermissions,
  LiveSnapshotPolicies,
} from "../../domain/provisioning/live-dittofs.ts";

/** What no list of the server shows, as it was read last. */
export type KnownDetail =
  | { readonly table: "nfsConfig"; readonly id: string; readonly value: LiveShareNfsConfig }
  | { readonly table: "permissions"; readonly id: string; readonly value: LiveSharePermissions }
  | { readonly table: "settings"; readonly id: string; readonly value: LiveProtocolSettings }
  | { readonly table: "identityProvider"; readonly id: string; readonly value: LiveIdentityProvider }
  | { readonly table: "identityMappings"; readonly value: LiveIdentityMappings }
  | { readonly table: "netgroups"; readonly value: LiveNetgroups }
  | { readonly table: "snapshotPolicies"; readonly value: LiveSnapshotPolicies };
