import type { Journals } from "./cache-journals.ts";
import type { NamedNfsSettings, ShareFlag, ShareTrash } from "./share-settings.ts";

/** What the server has, as far as decisions need it; what the adapter to its API reads fits this shape. */
export type LiveDittoFs = {
  readonly adapters: readonly LiveAdapter[];
  readonly metadataStores: readonly LiveStore[];
  readonly localStores: readonly LiveStore[];
  /** Empty while the spec declares none: then nobody asks. */
  readonly remoteStores: readonly LiveRemoteStore[];
  /** By remote store, the digest of what shares use; absent for one that an earlier operator has not noted. */
  readonly appliedStores: ReadonlyMap<string, string>;
  /** By remote store, the digest of what this operator sent last to a store that existed. */
  readonly sentStores: ReadonlyMap<string, string>;
  readonly shares: readonly LiveShare[];
  /** Empty while the spec declares none: then nobody asks. */
  readonly users: readonly LiveUser[];
  readonly groups: readonly LiveGroup[];
  /** By user, the digest of the password that the operator set last: the server shows none. */
  readonly appliedPasswords: ReadonlyMap<string, string>;
  /** By metadata store in a database, the digest of the password that it was sent with last. */
  readonly appliedMetadataStores: ReadonlyMap<string, string>;
  /** By share id, of shares on which the spec names grants, or did. */
  readonly sharePermissions: ReadonlyMap<string, LiveSharePermissions>;
  /** By share name, the grants that the operator gave: as `grantKey` writes them. */
  readonly appliedGrants: ReadonlyMap<string, ReadonlySet<string>>;
  /** By adapter type, of adapters whose settings the spec names. */
  readonly protocolSettings: ReadonlyMap<string, LiveProtocolSettings>;
  /** Nothing is asked, and this is an empty list, while the spec names no policy and did not before. */
  readonly snapshotPolicies: LiveSnapshotPolicies;
  /** Empty while no share of the spec has allowed clients, or had: then nobody asks. */
  readonly netgroups: LiveNetgroups;
  /** Shares whose policy the operator set. */
  readonly appliedSnapshotPolicies: ReadonlySet<string>;
  /** Shares that the spec names, or an earlier one did. */
  readonly declaredShares: ReadonlySet<string>;
  /** What the process has loaded of shares: by name, a digest. */
  readonly loadedShares: ReadonlyMap<string, string>;
  /** By name, of disabled shares that are to be removed, how many bytes their remote store has not got yet. */
  readonly unsyncedShares: ReadonlyMap<string, number>;
  readonly journals: Journals;
  /** Of the shares that an earlier spec named, those that are known to be gone although the list of shares is empty. */
  readonly goneShares: ReadonlySet<string>;
  /** Metadata and local stores that the spec names, or an earlier one did; as `refKey` writes them. */
  readonly ownStores: ReadonlySet<string>;
  /** Metadata stores that were removed since the process started, which still has them open. */
  readonly removedMetadataStores: ReadonlySet<string>;
  /** By share id. Not part of the list of shares and therefore read one by one, never all in each pass. */
  readonly shareNfsConfigs: ReadonlyMap<string, LiveShareNfsConfig>;
  /** By type, of those that the spec names or that the operator has set. */
  readonly identityProviders: ReadonlyMap<string, LiveIdentityProvider>;
  /** By type, the digest of the secret that the operator set last: the server shows none. */
  readonly appliedProviders: ReadonlyMap<string, string>;
  /** As with snapshot policies. */
  readonly identityMappings: LiveIdentityMappings;
  /** Principals whose mapping the operator made, as `mappingKey` writes them. */
  readonly appliedMappings: ReadonlySet<string>;
};

export type LiveHealth = {
  readonly status: "healthy" | "degraded" | "unhealthy" | "unknown" | "disabled";
  readonly message: string;
  readonly checkedAtMs?: number;
};

export type LiveAdapter = {
  readonly type: string;
  readonly enabled: boolean;
  readonly port: number;
  readonly updatedAtMs?: number;
  readonly health: LiveHealth;
  readonly config?: Readonly<Record<string, unknown>>;
};

export type LiveStore = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
};

export type LiveRemoteStore = LiveStore & { readonly health: LiveHealth };

export type LiveShare = Readonly<Record<ShareFlag, boolean>> & {
  readonly id: string;
  readonly name: string;
  readonly metadataStoreId: string;
  readonly localStoreId: string;
  readonly remoteStoreId?: string;
  readonly retentionPolicy: string;
  readonly retentionTtl?: string;
  readonly enabled: boolean;
  readonly readOnly: boolean;
  readonly defaultPermission: string;
  /** Absent: root. */
  readonly ownerUid?: number;
  readonly localStoreSize?: string;
  readonly readBufferSize?: string;
  readonly quota?: string;
  readonly trash: ShareTrash;
  readonly health: LiveHealth;
  /** It exists, and more is not known. */
  readonly isAssumed?: true;
};

export type LiveShareNfsConfig =
  | { readonly kind: "read"; readonly settings: NamedNfsSettings }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveNetgroups =
  | { readonly kind: "read"; readonly netgroups: readonly LiveNetgroup[] }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveNetgroup = {
  readonly name: string;
  readonly members: readonly { readonly id: string; readonly value: string }[];
};

export type LiveUser = {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly role: string;
  readonly enabled: boolean;
  readonly groups: readonly string[];
  readonly displayName: string;
  readonly email: string;
};

export type LiveGroup = { readonly name: string; readonly gid?: number; readonly description: string };

export type LiveSharePermissions =
  | { readonly kind: "read"; readonly grants: readonly LiveGrant[] }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveGrant = {
  readonly kind: "user" | "group" | "sid";
  /** A name; for a directory's account its identifier. */
  readonly name: string;
  readonly level: string;
  readonly isGroup?: boolean;
  readonly displayName?: string;
};

export type LiveProtocolSettings =
  | { readonly kind: "read"; readonly settings: Readonly<Record<string, unknown>> }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveIdentityProvider =
  /** Without settings while nothing is configured. */
  | { readonly kind: "read"; readonly settings: Readonly<Record<string, unknown>> | undefined }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveIdentityMapping = { readonly principal: string; readonly user: string };

export type LiveIdentityMappings =
  | { readonly kind: "read"; readonly mappings: readonly LiveIdentityMapping[] }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveSnapshotPolicies =
  | { readonly kind: "read"; readonly policies: readonly LiveSnapshotPolicy[] }
  | { readonly kind: "unreadable"; readonly message: string };

export type LiveSnapshotPolicy = {
  readonly share: string;
  readonly enabled: boolean;
  readonly interval: string;
  readonly keepLast: number;
  readonly ttl?: string;
  readonly namePrefix: string;
};
