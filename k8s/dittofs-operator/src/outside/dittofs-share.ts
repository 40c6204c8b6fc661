import type { DittoFsHealth } from "./dittofs-health.ts";

/** What is on or off for a share. They count from the process's next start on, or at the creation. */
export type DittoFsShareFlags = {
  readonly encryptData: boolean;
  readonly accessBasedEnumeration: boolean;
  readonly changeNotifyDisabled: boolean;
  readonly streamsDisabled: boolean;
  readonly continuousAvailability: boolean;
  readonly allowMFSymlink: boolean;
  readonly aclFlagInheritedCanonicalization: boolean;
};

/** Acts at once. Switching it off empties the bin. */
export type DittoFsTrash = {
  readonly enabled: boolean;
  readonly retentionDays: number;
  readonly restrictToAdmin: boolean;
  /** 0 is no bound. */
  readonly maxBytes: number;
  readonly excludePatterns: readonly string[];
};

export type DittoFsShare = DittoFsShareFlags & {
  readonly id: string;
  readonly name: string;
  /** Ids, also where the share was created with names. */
  readonly metadataStoreId: string;
  readonly localStoreId: string;
  readonly remoteStoreId?: string;
  /** `pin`, `ttl` or `lru`; heeded only with a remote store. */
  readonly retentionPolicy: string;
  /** A Go duration. */
  readonly retentionTtl?: string;
  readonly enabled: boolean;
  readonly readOnly: boolean;
  readonly defaultPermission: string;
  /** Of the root directory as it was created; absent for root. */
  readonly ownerUid?: number;
  /** Sizes as the server shows them: two decimals of a binary unit (`17.00GiB`), not what was sent; absent when unset. */
  readonly localStoreSize?: string;
  readonly readBufferSize?: string;
  readonly quota?: string;
  readonly trash: DittoFsTrash;
  readonly health: DittoFsHealth;
};

/** `squash` and the ids act at once, the rest from the process's next start on, also at the creation. */
export type DittoFsShareNfsConfig = {
  readonly squash: string;
  readonly anonymousUid: number;
  readonly anonymousGid: number;
  readonly allowAuthSys: boolean;
  readonly requireKerberos: boolean;
  readonly minKerberosLevel: string;
  readonly disableReaddirplus: boolean;
  /** Name of the netgroup that may mount the share over NFSv3; empty lets everybody in, and takes one away. Acts at once. */
  readonly netgroup: string;
};

/** Sizes are bytes in decimal digits, and 0 takes one away. */
export type DittoFsShareSettings = DittoFsShareFlags & {
  readonly readOnly: boolean;
  readonly defaultPermission: string;
  readonly localStoreSize?: string;
  readonly readBufferSize?: string;
  readonly quota?: string;
  readonly trash?: DittoFsTrash;
  readonly retentionPolicy?: string;
  readonly retentionTtl?: string;
};

export type DittoFsNewShare = DittoFsShareSettings & {
  readonly name: string;
  /** Name or id. */
  readonly metadataStore: string;
  readonly localStore: string;
  readonly remoteStore?: string;
  /** A user that exists and has a uid; root when left out. Only now. */
  readonly owner?: string;
};

/** Only what is given changes. Flags, `localStoreSize` and `readBufferSize` act from the process's next start on, the rest at once. */
export type DittoFsShareUpdate = Partial<DittoFsShareSettings> & { readonly name: string };
