import type { DittoFsApi } from "../../../outside.ts";

/** The calls that change nothing. */
export const reads = [
  "clients",
  "adapters",
  "metadataStores",
  "localStores",
  "remoteStores",
  "remoteStore",
  "unsyncedBytes",
  "shareUnsyncedBytes",
  "shares",
  "share",
  "shareNfsConfig",
  "netgroups",
  "netgroup",
  "users",
  "groups",
  "sharePermissions",
  "protocolSettings",
  "snapshotPolicies",
  "identityProvider",
  "identityMappings",
] as const satisfies readonly (keyof DittoFsApi)[];
