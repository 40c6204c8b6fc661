/** What is on or off for a share, and what the server does when nobody says. */
export const shareFlags = {
  encryptData: false,
  accessBasedEnumeration: false,
  changeNotifyDisabled: false,
  streamsDisabled: false,
  continuousAvailability: false,
  allowMFSymlink: false,
  aclFlagInheritedCanonicalization: true,
} as const satisfies Readonly<Record<string, boolean>>;

export type ShareFlag = keyof typeof shareFlags;

export const shareFlagNames = Object.keys(shareFlags) as readonly ShareFlag[]; // the keys of an object literal

export type ShareTrash = {
  readonly enabled: boolean;
  readonly retentionDays: number;
  readonly restrictToAdmin: boolean;
  /** 0 is no bound. */
  readonly maxBytes: number;
  readonly excludePatterns: readonly string[];
};

export const noTrash: ShareTrash = {
  enabled: false,
  retentionDays: 0,
  restrictToAdmin: false,
  maxBytes: 0,
  excludePatterns: [],
};

/** What calls carry of a share; sizes are bytes in decimal digits, and 0 takes one away. */
export type ShareSettings = Readonly<Record<ShareFlag, boolean>> & {
  readonly readOnly: boolean;
  readonly defaultPermission: string;
  readonly localStoreSize?: string;
  readonly readBufferSize?: string;
  readonly quota?: string;
  readonly trash?: ShareTrash;
  readonly retentionPolicy?: string;
  /** A Go duration. */
  readonly retentionTtl?: string;
};

/** What NFS alone keeps of a share. */
export type ShareNfsSettings = {
  readonly squash: string;
  readonly anonymousUid: number;
  readonly anonymousGid: number;
  readonly allowAuthSys: boolean;
  readonly requireKerberos: boolean;
  readonly minKerberosLevel: string;
  readonly disableReaddirplus: boolean;
};

/** With the netgroup that the share names, empty for none. */
export type NamedNfsSettings = ShareNfsSettings & { readonly netgroup: string };

export const nfsDefaults: ShareNfsSettings = {
  squash: "root_to_guest",
  anonymousUid: 65_534,
  anonymousGid: 65_534,
  allowAuthSys: true,
  requireKerberos: false,
  minKerberosLevel: "krb5",
  disableReaddirplus: false,
};
