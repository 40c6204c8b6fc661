import { parseDurationMs } from "../config/duration.ts";
import { badRequest } from "../http/answer.ts";
import type { Fields } from "../http/body.ts";
import { operations } from "../state/operations.ts";
import type { ShareRow } from "../state/rows.ts";
import { sizeBytes } from "./size.ts";

/** The fields that creating and updating a share have in common. */
export const shareShape = {
  read_only: "boolean",
  encrypt_data: "boolean",
  default_permission: "string",
  blocked_operations: "strings",
  retention_policy: "string",
  retention_ttl: "string",
  local_store_size: "string",
  read_buffer_size: "string",
  quota_bytes: "string",
  acl_flag_inherited_canonicalization: "boolean",
  access_based_enumeration: "boolean",
  change_notify_disabled: "boolean",
  streams_disabled: "boolean",
  continuous_availability: "boolean",
  allow_mfsymlink: "boolean",
  trash_enabled: "boolean",
  trash_retention_days: "integer",
  trash_restrict_to_admin: "boolean",
  trash_max_bytes: "integer",
  trash_exclude_patterns: "strings",
} as const;

export type ShareFields = Fields<typeof shareShape>;

const levels = ["none", "read", "read-write", "admin"];
const policies = ["pin", "ttl", "lru"];

/** The fields of a row that the body sets, checked; what the body leaves out is absent. */
export function shareChanges(
  body: ShareFields,
  row: Pick<ShareRow, "retentionPolicy" | "retentionTtlSeconds">,
): Partial<ShareRow> {
  const permission = body.default_permission;
  if (permission && !levels.includes(permission))
    throw badRequest(`Invalid default_permission: ${permission} (want none|read|read-write|admin)`);
  const blocked = body.blocked_operations?.find((name) => !Object.values(operations).some((known) => known.has(name)));
  if (blocked !== undefined) throw badRequest(`Unknown blocked operation: ${blocked}`);
  if ((body.trash_retention_days ?? 0) < 0) throw badRequest("trash_retention_days must be >= 0");
  if ((body.trash_max_bytes ?? 0) < 0) throw badRequest("trash_max_bytes must be >= 0");
  const pattern = body.trash_exclude_patterns?.find((glob) => !isGlob(glob));
  if (pattern !== undefined) throw badRequest(`invalid exclude pattern "${pattern}"`);
  return present({
    readOnly: body.read_only,
    encryptData: body.encrypt_data,
    defaultPermission: permission,
    blockedOperations: copy(body.blocked_operations),
    localStoreSize: size("local_store_size", body.local_store_size),
    readBufferSize: size("read_buffer_size", body.read_buffer_size),
    quotaBytes: body.quota_bytes === "" ? 0 : size("quota_bytes", body.quota_bytes),
    aclFlagInheritedCanonicalization: body.acl_flag_inherited_canonicalization,
    accessBasedEnumeration: body.access_based_enumeration,
    changeNotifyDisabled: body.change_notify_disabled,
    streamsDisabled: body.streams_disabled,
    continuousAvailability: body.continuous_availability,
    allowMfsymlink: body.allow_mfsymlink,
    trashEnabled: body.trash_enabled,
    trashRetentionDays: body.trash_retention_days,
    trashRestrictToAdmin: body.trash_restrict_to_admin,
    trashMaxBytes: body.trash_max_bytes,
    trashExcludePatterns: copy(body.trash_exclude_patterns),
    ...retention(body, row),
  });
}

/** Brackets are closed and hold something, and no backslash ends the pattern. */
function isGlob(pattern: string): boolean {
  return /^([^[\\]|\\.|\[\^?([^\]\\]|\\.)([^\]\\]|\\.)*\])*$/s.test(pattern);
}

function present(changes: { readonly [K in keyof ShareRow]?: ShareRow[K] | undefined }): Partial<ShareRow> {
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Partial<ShareRow>; // the fields that are left have a value of their type
}

function copy(list: readonly string[] | undefined): string[] | undefined {
  return list === undefined ? undefined : [...list];
}

function size(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const bytes = sizeBytes(text);
  if (bytes === undefined) throw badRequest(`Invalid ${field}: invalid byte size "${text}"`);
  return bytes;
}

function retention(
  body: ShareFields,
  row: Pick<ShareRow, "retentionPolicy" | "retentionTtlSeconds">,
): Partial<ShareRow> {
  if (body.retention_policy === undefined && body.retention_ttl === undefined) return {};
  const policy =
    body.retention_policy === undefined ? row.retentionPolicy : body.retention_policy.toLowerCase() || "lru";
  if (!policies.includes(policy)) throw badRequest(`invalid retention policy: "${policy}" (valid: pin, ttl, lru)`);
  const ttlMs = body.retention_ttl === undefined ? row.retentionTtlSeconds * 1000 : parseDurationMs(body.retention_ttl);
  if (ttlMs === undefined) throw badRequest(`Invalid retention TTL duration: "${body.retention_ttl}"`);
  if (policy === "ttl" && ttlMs <= 0) throw badRequest("retention policy ttl requires a positive TTL");
  return { retentionPolicy: policy, retentionTtlSeconds: Math.trunc(ttlMs / 1000) };
}
