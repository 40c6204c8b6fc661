/** What the control-plane database holds. Times are ISO texts; identities and sizes are numbers; `undefined` means not set. */
export interface UserRow {
  readonly id: string;
  readonly username: string;
  passwordHash: string;
  /** Users made from a password can use SMB (NTLM); one made from a bcrypt hash cannot. */
  hasNtHash: boolean;
  enabled: boolean;
  mustChangePassword: boolean;
  role: string;
  uid?: number | undefined;
  gid?: number | undefined;
  displayName: string;
  email: string;
  groupIds: string[];
  readonly createdAt: string;
  lastLogin?: string | undefined;
}

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  gid?: number | undefined;
  description: string;
  readonly createdAt: string;
}

export interface MetadataStoreRow {
  readonly id: string;
  readonly name: string;
  type: string;
  /** The JSON text as it was sent. */
  config: string;
  readonly createdAt: string;
}

export type BlockStoreKind = "local" | "remote";

export interface BlockStoreRow extends MetadataStoreRow {
  readonly kind: BlockStoreKind;
}

export interface ShareRow {
  readonly id: string;
  readonly name: string;
  metadataStoreId: string;
  localBlockStoreId: string;
  remoteBlockStoreId?: string | undefined;
  readOnly: boolean;
  enabled: boolean;
  encryptData: boolean;
  defaultPermission: string;
  ownerUid?: number | undefined;
  ownerGid?: number | undefined;
  blockedOperations: string[];
  retentionPolicy: string;
  retentionTtlSeconds: number;
  localStoreSize: number;
  readBufferSize: number;
  quotaBytes: number;
  aclFlagInheritedCanonicalization: boolean;
  accessBasedEnumeration: boolean;
  changeNotifyDisabled: boolean;
  streamsDisabled: boolean;
  continuousAvailability: boolean;
  allowMfsymlink: boolean;
  trashEnabled: boolean;
  trashRetentionDays: number;
  trashRestrictToAdmin: boolean;
  trashMaxBytes: number;
  trashExcludePatterns: string[];
  nfs: NfsExport;
  readonly createdAt: string;
  updatedAt: string;
}

export interface NfsExport {
  squash: string;
  anonymousUid?: number | undefined;
  anonymousGid?: number | undefined;
  allowAuthSys: boolean;
  requireKerberos: boolean;
  minKerberosLevel: string;
  netgroupId?: string | undefined;
  disableReaddirplus: boolean;
}

export interface PermissionRow {
  readonly shareId: string;
  readonly kind: "user" | "group" | "sid";
  /** Id of the user or group, or the SID itself. */
  readonly principal: string;
  level: string;
  isGroup: boolean;
  displayName: string;
}

export interface AdapterRow {
  readonly id: string;
  readonly type: string;
  enabled: boolean;
  port: number;
  config: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  updatedAt: string;
}

export interface AdapterSettingsRow {
  readonly type: string;
  values: Readonly<Record<string, unknown>>;
  version: number;
}

export interface NetgroupRow {
  readonly id: string;
  readonly name: string;
  members: {
    readonly id: string;
    readonly type: string;
    readonly value: string;
    readonly createdAt: string;
  }[];
  readonly createdAt: string;
  updatedAt: string;
}

export interface QuotaRow {
  /** As it was written in the path: there need be no such share. */
  readonly shareName: string;
  readonly scope: string;
  readonly identityId?: number | undefined;
  readonly limitBytes: number;
  readonly softBytes: number;
  readonly limitFiles: number;
  readonly softFiles: number;
  readonly graceSeconds: number;
}

export interface SnapshotRow {
  readonly id: string;
  readonly share: string;
  readonly name: string;
  state: "creating" | "ready" | "failed";
  readonly remoteDurable: boolean;
  readonly scheduled: boolean;
  error: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface SnapshotPolicyRow {
  /** As it was written in the path: a policy that names its share by id never applies. */
  readonly share: string;
  intervalMs: number;
  keepLast: number;
  ttlMs: number;
  enabled: boolean;
  namePrefix: string;
  lastRunAt?: string | undefined;
  readonly createdAt: string;
  updatedAt: string;
}

export interface IdentityMappingRow {
  readonly id: string;
  readonly provider: string;
  readonly principal: string;
  readonly username: string;
  readonly createdAt: string;
}

export interface SettingRow {
  readonly key: string;
  value: string;
  updatedAt: string;
}

export interface IdentityProviderRow {
  readonly type: string;
  /** With its secrets in clear. */
  config: Readonly<Record<string, unknown>>;
}

export interface Tables {
  users: UserRow[];
  groups: GroupRow[];
  metadataStores: MetadataStoreRow[];
  blockStores: BlockStoreRow[];
  shares: ShareRow[];
  permissions: PermissionRow[];
  adapters: AdapterRow[];
  adapterSettings: AdapterSettingsRow[];
  netgroups: NetgroupRow[];
  quotas: QuotaRow[];
  snapshots: SnapshotRow[];
  snapshotPolicies: SnapshotPolicyRow[];
  identityMappings: IdentityMappingRow[];
  identityProviders: IdentityProviderRow[];
  settings: SettingRow[];
}
