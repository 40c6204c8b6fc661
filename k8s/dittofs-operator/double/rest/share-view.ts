import { durationText } from "../config/duration.ts";
import type { Call } from "../http/call.ts";
import { objectStoreState, unreachableWaits } from "../runtime/object-store.ts";
import type { Report } from "../runtime/report.ts";
import type { ShareRow } from "../state/rows.ts";
import { sizeText } from "./size.ts";

/** A share as answers show it: what is stored, with the state of what is loaded. */
export async function shareView(row: ShareRow, call: Call, warnings: readonly string[] = []): Promise<unknown> {
  return {
    id: row.id,
    name: row.name,
    metadata_store_id: row.metadataStoreId,
    local_block_store_id: row.localBlockStoreId,
    remote_block_store_id: row.remoteBlockStoreId ?? null,
    read_only: row.readOnly,
    enabled: row.enabled,
    encrypt_data: row.encryptData,
    default_permission: row.defaultPermission,
    ...(row.ownerUid === undefined ? {} : { owner_uid: row.ownerUid, owner_gid: row.ownerGid }),
    ...list("blocked_operations", row.blockedOperations),
    retention_policy: row.retentionPolicy,
    ...(row.retentionTtlSeconds > 0 ? { retention_ttl: durationText(row.retentionTtlSeconds * 1000) } : {}),
    ...size("local_store_size", row.localStoreSize),
    ...size("read_buffer_size", row.readBufferSize),
    ...size("quota_bytes", row.quotaBytes),
    used_bytes: 0,
    physical_bytes: 0,
    usage_percent: 0,
    acl_flag_inherited_canonicalization: row.aclFlagInheritedCanonicalization,
    access_based_enumeration: row.accessBasedEnumeration,
    change_notify_disabled: row.changeNotifyDisabled,
    streams_disabled: row.streamsDisabled,
    continuous_availability: row.continuousAvailability,
    allow_mfsymlink: row.allowMfsymlink,
    trash_enabled: row.trashEnabled,
    trash_retention_days: row.trashRetentionDays,
    trash_restrict_to_admin: row.trashRestrictToAdmin,
    trash_max_bytes: row.trashMaxBytes,
    ...list("trash_exclude_patterns", row.trashExcludePatterns),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    status: await shareReport(row.name, call),
    ...list("warnings", warnings),
  };
}

function size(field: string, bytes: number): Readonly<Record<string, string>> {
  return bytes > 0 ? { [field]: sizeText(bytes) } : {};
}

function list(field: string, values: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return values.length === 0 ? {} : { [field]: values };
}

export function shareReportKey(name: string): string {
  return `share ${name}`;
}

/** The worst of the share's metadata store and block stores. A lost remote shows only once something cannot be uploaded. Slow while its remote cannot be reached and nothing is kept. */
export function shareReport(name: string, call: Call): Promise<Report> {
  const { reports, shares, network } = call.server;
  return reports.kept(shareReportKey(name), async () => {
    const share = shares.get(name);
    if (share === undefined) return reports.make("unknown", `share not found: "${name}"`);
    if (share.remote?.type !== "s3") return reports.make("healthy");
    const state = await objectStoreState(share.remote, network);
    if (state === "unreachable") await call.wait(unreachableWaits.shareStatusMs);
    const isBehind = state === "denied" || share.unsyncedBytes > 0;
    if (state === "accessible" || !isBehind) return reports.make("healthy");
    return reports.make("degraded", `block: remote store ${state}`);
  });
}
