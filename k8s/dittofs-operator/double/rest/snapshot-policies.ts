import { durationText, parseDurationMs } from "../config/duration.ts";
import { timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, json, noContent, notFound } from "../http/answer.ts";
import { optionalFields } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import type { SnapshotPolicyRow } from "../state/rows.ts";
import { namedShare, shareRow } from "./share-rows.ts";
import { startSnapshot } from "./snapshots.ts";

const hourMs = 3_600_000;
const shorthands: Readonly<Record<string, number>> = {
  "@hourly": hourMs,
  "@daily": 24 * hourMs,
  "@weekly": 168 * hourMs,
};

/** Replaces the whole policy; what is left out is zero, except that the policy is enabled. */
export function setSnapshotPolicy(call: Call): Answer {
  const body = optionalFields(call, {
    interval: "string",
    keep_last: "integer",
    ttl: "string",
    enabled: "boolean",
    name_prefix: "string",
  });
  const intervalMs = intervalOf(body.interval ?? "");
  const ttlMs = ttlOf(body.ttl ?? "");
  if ((body.keep_last ?? 0) < 0) throw badRequest("keep_last must be >= 0");
  const namePrefix = body.name_prefix ?? "";
  if (!/^[A-Za-z0-9_-]{0,64}$/.test(namePrefix))
    throw badRequest("invalid name_prefix: must match ^[A-Za-z0-9_-]{0,64}$");
  const share = namedShare(call);
  if (!isShare(call)) throw notFound("share not found");
  const { database } = call.server;
  const earlier = database.snapshotPolicies.find((policy) => policy.share === share);
  const now = timestamp(call.server);
  const row: SnapshotPolicyRow = {
    share,
    intervalMs,
    ttlMs,
    keepLast: body.keep_last ?? 0,
    enabled: body.enabled ?? true,
    namePrefix,
    lastRunAt: earlier?.lastRunAt,
    createdAt: earlier?.createdAt ?? now,
    updatedAt: now,
  };
  database.snapshotPolicies = [...database.snapshotPolicies.filter((policy) => policy !== earlier), row];
  database.save();
  return json(policyView(row));
}

export function getSnapshotPolicy(call: Call): Answer {
  return json(policyView(policyRow(call)));
}

export function deleteSnapshotPolicy(call: Call): Answer {
  const { database } = call.server;
  const row = policyRow(call);
  database.snapshotPolicies = database.snapshotPolicies.filter((policy) => policy !== row);
  database.save();
  return noContent;
}

export function runSnapshotPolicy(call: Call): Answer {
  const row = policyRow(call);
  const now = timestamp(call.server);
  row.lastRunAt = now;
  const stamp = now.replace(/[-:]|\..*/g, "").replace("T", "-");
  return startSnapshot(call, { name: `${row.namePrefix || "scheduled"}-${stamp}`, scheduled: true });
}

export function listSnapshotPolicies({ server }: Call): Answer {
  const rows = server.database.snapshotPolicies.toSorted((a, b) => (a.share < b.share ? -1 : 1));
  return json(rows.map(policyView));
}

function intervalOf(text: string): number {
  if (text === "") throw badRequest("invalid interval: schedule: empty interval");
  const intervalMs = shorthands[text] ?? parseDurationMs(text);
  if (intervalMs === undefined) throw badRequest(`invalid interval: schedule: invalid interval "${text}"`);
  if (intervalMs <= 0) throw badRequest(`invalid interval: schedule: interval must be positive, got "${text}"`);
  return intervalMs;
}

function ttlOf(text: string): number {
  const ttlMs = text === "" ? 0 : parseDurationMs(text);
  if (ttlMs === undefined) throw badRequest(`invalid ttl: "${text}"`);
  if (ttlMs < 0) throw badRequest("invalid ttl: must be >= 0");
  return ttlMs;
}

function isShare(call: Call): boolean {
  try {
    return shareRow(call) !== undefined;
  } catch {
    return false;
  }
}

function policyRow(call: Call): SnapshotPolicyRow {
  const share = namedShare(call);
  const row = call.server.database.snapshotPolicies.find((policy) => policy.share === share);
  if (row === undefined) throw notFound("snapshot policy not found");
  return row;
}

/** The interval comes back as a duration, also if it was sent as a shorthand. */
function policyView(row: SnapshotPolicyRow): unknown {
  return {
    share: row.share,
    enabled: row.enabled,
    interval: durationText(row.intervalMs),
    keep_last: row.keepLast,
    ...(row.ttlMs > 0 ? { ttl: durationText(row.ttlMs) } : {}),
    ...(row.namePrefix === "" ? {} : { name_prefix: row.namePrefix }),
    ...(row.lastRunAt === undefined ? {} : { last_run_at: row.lastRunAt }),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
