import { type Answer, badRequest, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import type { PermissionRow } from "../state/rows.ts";
import { grant, revoke } from "./permission-rows.ts";
import { namedShare, shareRow } from "./share-rows.ts";

/** The list of a share without grants is null, not empty. */
export function listPermissions(call: Call): Answer {
  const share = shareRow(call);
  const { database } = call.server;
  const rows = database.permissions.filter((row) => row.shareId === share.id);
  const views = (["user", "group", "sid"] as const).flatMap((kind) =>
    rows.filter((row) => row.kind === kind).flatMap((row) => permissionView(row, database)),
  );
  return json(views.length === 0 ? null : views);
}

/** The level of a user or group is stored as it was sent, also if it is none that exists. */
export const grantUser = (call: Call): Answer => grantNamed(call, "user");
export const grantGroup = (call: Call): Answer => grantNamed(call, "group");
export const revokeUser = (call: Call): Answer => revokeNamed(call, "user");
export const revokeGroup = (call: Call): Answer => revokeNamed(call, "group");

function grantNamed(call: Call, kind: "user" | "group"): Answer {
  namedShare(call);
  const level = requiredLevel(fields(call, { level: "string" }).level);
  const share = shareRow(call);
  const principal = principalId(call.server.database, kind, param(call, "principal"));
  if (principal === undefined) throw notFound(kind === "user" ? "User not found" : "Group not found");
  grant(call.server.database, {
    shareId: share.id,
    kind,
    principal,
    level,
    isGroup: kind === "group",
    displayName: "",
  });
  call.server.database.save();
  return noContent;
}

/** Succeeds also for a share, user or group that does not exist. */
function revokeNamed(call: Call, kind: "user" | "group"): Answer {
  const name = namedShare(call);
  const { database } = call.server;
  const share = database.shares.find((row) => row.name === name || row.id === name.slice(1));
  const principal = principalId(database, kind, param(call, "principal"));
  if (share !== undefined && principal !== undefined) revoke(database, { shareId: share.id, kind, principal });
  database.save();
  return noContent;
}

export function grantSid(call: Call): Answer {
  namedShare(call);
  const sid = checkedSid(call);
  const body = fields(call, { level: "string", is_group: "boolean", display_name: "string" });
  const level = requiredLevel(body.level);
  if (!["none", "read", "read-write", "admin"].includes(level)) throw badRequest("Invalid permission level");
  const share = shareRow(call);
  grant(call.server.database, {
    shareId: share.id,
    kind: "sid",
    principal: sid,
    level,
    isGroup: body.is_group ?? true,
    displayName: body.display_name ?? "",
  });
  call.server.database.save();
  return noContent;
}

export function revokeSid(call: Call): Answer {
  const name = namedShare(call);
  const principal = checkedSid(call);
  const { database } = call.server;
  const share = database.shares.find((row) => row.name === name || row.id === name.slice(1));
  if (share !== undefined) revoke(database, { shareId: share.id, kind: "sid", principal });
  database.save();
  return noContent;
}

function requiredLevel(level: string | undefined): string {
  if (!level) throw badRequest("Permission level is required");
  return level;
}

function checkedSid(call: Call): string {
  const sid = param(call, "principal");
  if (!/^S-1-\d+(-\d+)+$/.test(sid)) throw badRequest("Invalid SID");
  return sid;
}

function principalId(database: Database, kind: "user" | "group", token: string): string | undefined {
  const row =
    kind === "user"
      ? database.users.find(({ username, id }) => username === token || id === token)
      : database.groups.find(({ name, id }) => name === token || id === token);
  return row?.id;
}

function permissionView(
  { kind, principal, level, isGroup, displayName }: PermissionRow,
  database: Database,
): readonly unknown[] {
  if (kind === "sid") return [{ type: kind, name: displayName || principal, level, sid: principal, is_group: isGroup }];
  const name =
    kind === "user"
      ? database.users.find(({ id }) => id === principal)?.username
      : database.groups.find(({ id }) => id === principal)?.name;
  return name === undefined ? [] : [{ type: kind, name, level }];
}
