import * as z from "zod/mini";
import type { DittoFsApi, DittoFsShare, DittoFsShareFlags, DittoFsShareSettings } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, health, listOf } from "./schemas.ts";
import { nfsConfig, nfsConfigBody } from "./share-nfs-config.ts";
import { sharePath } from "./share-path.ts";

const path = "/api/v1/shares";

/** Sizes are strings such as `17.00GiB`; a number would be bytes. */
const size = z.pipe(
  z.nullish(z.union([z.string(), z.number()])),
  z.transform((value): string | undefined =>
    value === null || value === undefined || value === "" ? undefined : String(value),
  ),
);

const flag = z.nullish(z.boolean());

const shown = z.object({
  id: z.string(),
  name: z.string(),
  metadata_store_id: z.nullish(z.string()),
  local_block_store_id: z.nullish(z.string()),
  remote_block_store_id: z.nullish(z.string()),
  retention_policy: z.nullish(z.string()),
  retention_ttl: z.nullish(z.string()),
  enabled: z.boolean(),
  read_only: flag,
  default_permission: z.nullish(z.string()),
  owner_uid: z.nullish(z.number()),
  local_store_size: size,
  read_buffer_size: size,
  quota_bytes: size,
  encrypt_data: flag,
  access_based_enumeration: flag,
  change_notify_disabled: flag,
  streams_disabled: flag,
  continuous_availability: flag,
  allow_mfsymlink: flag,
  acl_flag_inherited_canonicalization: flag,
  trash_enabled: flag,
  trash_retention_days: z.nullish(z.number()),
  trash_restrict_to_admin: flag,
  trash_max_bytes: z.nullish(z.number()),
  trash_exclude_patterns: z.nullish(z.array(z.string())),
  status: health,
});

const share = z.pipe(
  shown,
  z.transform(
    (value): DittoFsShare => ({
      id: value.id,
      name: value.name,
      metadataStoreId: value.metadata_store_id ?? "",
      localStoreId: value.local_block_store_id ?? "",
      retentionPolicy: value.retention_policy ?? "lru",
      enabled: value.enabled,
      readOnly: value.read_only ?? false,
      defaultPermission: value.default_permission ?? "none",
      ...shownFlags(value),
      trash: {
        enabled: value.trash_enabled ?? false,
        retentionDays: value.trash_retention_days ?? 0,
        restrictToAdmin: value.trash_restrict_to_admin ?? false,
        maxBytes: value.trash_max_bytes ?? 0,
        excludePatterns: value.trash_exclude_patterns ?? [],
      },
      health: value.status,
      ...(typeof value.remote_block_store_id === "string" && { remoteStoreId: value.remote_block_store_id }),
      ...(typeof value.retention_ttl === "string" && { retentionTtl: value.retention_ttl }),
      ...(typeof value.owner_uid === "number" && { ownerUid: value.owner_uid }),
      ...(value.local_store_size !== undefined && { localStoreSize: value.local_store_size }),
      ...(value.read_buffer_size !== undefined && { readBufferSize: value.read_buffer_size }),
      ...(value.quota_bytes !== undefined && { quota: value.quota_bytes }),
    }),
  ),
);

/** A server that does not know a flag does what all did before it. */
function shownFlags(value: z.output<typeof shown>): DittoFsShareFlags {
  return {
    encryptData: value.encrypt_data ?? false,
    accessBasedEnumeration: value.access_based_enumeration ?? false,
    changeNotifyDisabled: value.change_notify_disabled ?? false,
    streamsDisabled: value.streams_disabled ?? false,
    continuousAvailability: value.continuous_availability ?? false,
    allowMFSymlink: value.allow_mfsymlink ?? false,
    aclFlagInheritedCanonicalization: value.acl_flag_inherited_canonicalization ?? true,
  };
}

/** What is undefined does not travel. */
function settingsBody(settings: Partial<DittoFsShareSettings>): Readonly<Record<string, unknown>> {
  const { trash } = settings;
  return {
    read_only: settings.readOnly,
    default_permission: settings.defaultPermission,
    local_store_size: settings.localStoreSize,
    read_buffer_size: settings.readBufferSize,
    quota_bytes: settings.quota,
    encrypt_data: settings.encryptData,
    access_based_enumeration: settings.accessBasedEnumeration,
    change_notify_disabled: settings.changeNotifyDisabled,
    streams_disabled: settings.streamsDisabled,
    continuous_availability: settings.continuousAvailability,
    allow_mfsymlink: settings.allowMFSymlink,
    acl_flag_inherited_canonicalization: settings.aclFlagInheritedCanonicalization,
    retention_policy: settings.retentionPolicy,
    retention_ttl: settings.retentionTtl,
    trash_enabled: trash?.enabled,
    trash_retention_days: trash?.retentionDays,
    trash_restrict_to_admin: trash?.restrictToAdmin,
    trash_max_bytes: trash?.maxBytes,
    trash_exclude_patterns: trash?.excludePatterns,
  };
}

type ShareCalls =
  | "shares"
  | "share"
  | "createShare"
  | "updateShare"
  | "enableShare"
  | "disableShare"
  | "removeShare"
  | "shareNfsConfig"
  | "patchShareNfsConfig";

export function shareCalls(call: Rest): Pick<DittoFsApi, ShareCalls> {
  const post = (to: string, signal: AbortSignal) => call({ method: "POST", path: to, schema: anything, signal });
  return {
    shares: (signal) => call({ method: "GET", path, schema: listOf(share), isList: true, signal }),
    share: (name, signal) => call({ method: "GET", path: sharePath(name), schema: share, signal }),
    createShare: ({ name, metadataStore, localStore, remoteStore, owner, ...settings }, signal) =>
      call({
        method: "POST",
        path,
        body: {
          name,
          metadata_store_id: metadataStore,
          local_block_store: localStore,
          remote_block_store: remoteStore,
          owner,
          ...settingsBody(settings),
        },
        schema: anything,
        signal,
      }),
    updateShare: ({ name, ...settings }, signal) =>
      call({ method: "PUT", path: sharePath(name), body: settingsBody(settings), schema: anything, signal }),
    enableShare: ({ name }, signal) => post(`${sharePath(name)}/enable`, signal),
    disableShare: ({ name }, signal) => post(`${sharePath(name)}/disable`, signal),
    removeShare: ({ name }, signal) => call({ method: "DELETE", path: sharePath(name), schema: anything, signal }),
    shareNfsConfig: (name, signal) =>
      call({ method: "GET", path: `${sharePath(name)}/adapters/nfs/config`, schema: nfsConfig, signal }),
    patchShareNfsConfig: ({ share: name, settings }, signal) =>
      call({
        method: "PATCH",
        path: `${sharePath(name)}/adapters/nfs/config`,
        body: nfsConfigBody(settings),
        schema: nfsConfig,
        signal,
      }),
  };
}
