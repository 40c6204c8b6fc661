import { randomUUID } from "node:crypto";
import { timestamp } from "../dittofs-server.ts";
import {
  type Answer,
  badRequest,
  conflict,
  created,
  forbidden,
  json,
  noContent,
  notFound,
  serverError,
} from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import { builtInGroups } from "../state/default-rows.ts";
import type { GroupRow, UserRow } from "../state/rows.ts";

export function createGroup(call: Call): Answer {
  const body = fields(call, { name: "string", gid: "uint32", description: "string" });
  const { database } = call.server;
  if (!body.name) throw badRequest("Group name is required");
  const gid = body.gid === 0 ? undefined : body.gid;
  if (database.groups.some((row) => row.name === body.name || (gid !== undefined && row.gid === gid)))
    throw conflict("Group already exists");
  const group: GroupRow = {
    id: randomUUID(),
    name: body.name,
    gid,
    description: body.description ?? "",
    createdAt: timestamp(call.server),
  };
  database.groups.push(group);
  database.save();
  return created(groupView(group, database));
}

export function listGroups({ server }: Call): Answer {
  return json(server.database.groups.map((group) => groupView(group, server.database)));
}

export function getGroup(call: Call): Answer {
  return json(groupView(groupRow(call), call.server.database));
}

export function updateGroup(call: Call): Answer {
  const body = fields(call, { gid: "uint32", description: "string" });
  const group = groupRow(call);
  const { groups } = call.server.database;
  if (body.gid !== undefined && groups.some((row) => row !== group && row.gid === body.gid))
    throw serverError("Internal server error");
  group.description = body.description ?? group.description;
  group.gid = body.gid ?? group.gid;
  call.server.database.save();
  return json(groupView(group, call.server.database));
}

export function deleteGroup(call: Call): Answer {
  const { database } = call.server;
  const group = groupRow(call);
  if (builtInGroups.includes(group.name)) throw forbidden("Cannot delete system group");
  database.groups = database.groups.filter((row) => row !== group);
  database.permissions = database.permissions.filter((row) => row.principal !== group.id);
  for (const user of database.users) user.groupIds = user.groupIds.filter((id) => id !== group.id);
  database.save();
  return noContent;
}

export function listMembers(call: Call): Answer {
  const { database } = call.server;
  const group = groupByName(call);
  if (group === undefined) throw notFound("Group not found");
  return json(database.users.filter((user) => user.groupIds.includes(group.id)).map(memberView));
}

export function addMember(call: Call): Answer {
  const { username } = fields(call, { username: "string" });
  if (!username) throw badRequest("Username is required");
  const user = userByName(call, username);
  const group = groupByName(call);
  if (group === undefined) throw notFound("Group not found");
  if (!user.groupIds.includes(group.id)) user.groupIds.push(group.id);
  call.server.database.save();
  return noContent;
}

/** Leaving a group that does not exist succeeds; a user that does not exist is an error. */
export function removeMember(call: Call): Answer {
  const user = userByName(call, param(call, "user"));
  const group = groupByName(call);
  user.groupIds = user.groupIds.filter((id) => id !== group?.id);
  call.server.database.save();
  return noContent;
}

function groupRow(call: Call): GroupRow {
  const token = param(call, "group");
  const group = groupByName(call) ?? call.server.database.groups.find((row) => row.id === token);
  if (group === undefined) throw notFound("Group not found");
  return group;
}

/** Memberships are reached by name only, not by id. */
function groupByName(call: Call): GroupRow | undefined {
  return call.server.database.groups.find((row) => row.name === param(call, "group"));
}

function userByName(call: Call, username: string): UserRow {
  const user = call.server.database.users.find((row) => row.username === username);
  if (user === undefined) throw notFound("User not found");
  return user;
}

function groupView(group: GroupRow, database: Database): unknown {
  const members = database.users.filter((user) => user.groupIds.includes(group.id)).map((user) => user.username);
  return {
    id: group.id,
    name: group.name,
    ...(group.gid === undefined ? {} : { gid: group.gid }),
    ...(group.description === "" ? {} : { description: group.description }),
    ...(members.length === 0 ? {} : { members }),
    created_at: group.createdAt,
  };
}

function memberView(user: UserRow): unknown {
  return {
    id: user.id,
    username: user.username,
    ...(user.displayName === "" ? {} : { display_name: user.displayName }),
    ...(user.email === "" ? {} : { email: user.email }),
    role: user.role,
  };
}
