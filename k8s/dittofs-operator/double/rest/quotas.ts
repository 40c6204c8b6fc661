import { type Answer, badRequest, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import type { QuotaRow } from "../state/rows.ts";
import { namedShare } from "./share-rows.ts";
import { sizeBytes, sizeText } from "./size.ts";

const scopes = ["user", "group", "default-user"];

export function listQuotas(call: Call): Answer {
  const share = namedShare(call);
  const rows = call.server.database.quotas.filter(({ shareName }) => shareName === share);
  const key = ({ scope, identityId }: QuotaRow): string => `${scope} ${String(identityId ?? "").padStart(10, "0")}`;
  return json(rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(quotaView));
}

export function getQuota(call: Call): Answer {
  return json(quotaView(foundQuota(call)));
}

/** Replaces the whole quota. Neither share nor identity need exist. */
export function setQuota(call: Call): Answer {
  const target = targetOf(call);
  const body = fields(call, {
    limit_bytes: "string",
    soft_bytes: "string",
    limit_files: "integer",
    soft_files: "integer",
    grace_seconds: "integer",
  });
  const row: QuotaRow = {
    ...target,
    limitBytes: bytes("limit_bytes", body.limit_bytes),
    softBytes: bytes("soft_bytes", body.soft_bytes),
    limitFiles: body.limit_files ?? 0,
    softFiles: body.soft_files ?? 0,
    graceSeconds: body.grace_seconds ?? 0,
  };
  if (row.limitFiles < 0 || row.softFiles < 0 || row.graceSeconds < 0)
    throw badRequest("limit_files, soft_files and grace_seconds must be >= 0");
  if (row.limitBytes > 0 && row.softBytes > row.limitBytes) throw badRequest("soft_bytes must not exceed limit_bytes");
  if (row.limitFiles > 0 && row.softFiles > row.limitFiles) throw badRequest("soft_files must not exceed limit_files");
  const { database } = call.server;
  database.quotas = [...otherQuotas(database, target), row];
  database.save();
  return json(quotaView(row));
}

export function deleteQuota(call: Call): Answer {
  const row = foundQuota(call);
  const { database } = call.server;
  database.quotas = otherQuotas(database, row);
  database.save();
  return noContent;
}

/** The routes of the default quota without an identity lead nowhere: the server misses the scope that their path names. */
export function refuseQuota(): Answer {
  throw badRequest("Invalid scope:  (want user|group|default-user)");
}

type Target = Pick<QuotaRow, "shareName" | "scope" | "identityId">;

function targetOf(call: Call): Target {
  const shareName = namedShare(call);
  const scope = param(call, "scope");
  if (!scopes.includes(scope)) throw badRequest(`Invalid scope: ${scope} (want user|group|default-user)`);
  if (scope === "default-user") return { shareName, scope };
  const id = param(call, "identity");
  if (!/^\d+$/.test(id) || Number(id) >= 2 ** 32) throw badRequest(`Invalid identity id: ${id}`);
  return { shareName, scope, identityId: Number(id) };
}

function isSame(row: QuotaRow, target: Target): boolean {
  return row.shareName === target.shareName && row.scope === target.scope && row.identityId === target.identityId;
}

function otherQuotas(database: Database, target: Target): QuotaRow[] {
  return database.quotas.filter((row) => !isSame(row, target));
}

function foundQuota(call: Call): QuotaRow {
  const target = targetOf(call);
  const row = call.server.database.quotas.find((quota) => isSame(quota, target));
  if (row === undefined) throw notFound("Quota not found");
  return row;
}

function bytes(field: string, text: string | undefined): number {
  if (!text) return 0;
  const size = sizeBytes(text);
  if (size === undefined) throw badRequest(`Invalid ${field}: invalid byte size format: "${text}"`);
  if (size < 0) throw badRequest(`${field} too large`);
  return size;
}

function quotaView(row: QuotaRow): unknown {
  return {
    share_name: row.shareName,
    scope: row.scope,
    ...(row.identityId === undefined ? {} : { identity_id: row.identityId }),
    ...(row.limitBytes > 0 ? { limit_bytes: sizeText(row.limitBytes) } : {}),
    ...(row.softBytes > 0 ? { soft_bytes: sizeText(row.softBytes) } : {}),
    limit_files: row.limitFiles,
    soft_files: row.softFiles,
    grace_seconds: row.graceSeconds,
    used_bytes: 0,
    used_files: 0,
  };
}
