import { randomUUID } from "node:crypto";
import { passwordHash, passwordProblem } from "../auth/password.ts";
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
import { fields, isObject } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import type { UserRow } from "../state/rows.ts";
import { grant } from "./permission-rows.ts";
import { userView } from "./user-view.ts";

const roles = ["user", "admin", "operator"];
const levels = ["none", "read", "read-write", "admin"];
const updatable = {
  email: "string",
  display_name: "string",
  role: "string",
  uid: "uint32",
  gid: "uint32",
  groups: "strings",
  enabled: "boolean",
  share_permissions: "object",
} as const;

/** The account is always enabled, whatever the body says. An administrator made here must change the password before anything else. */
export function createUser(call: Call): Answer {
  const body = fields(call, { username: "string", password: "string", ...updatable });
  const { database } = call.server;
  if (!body.username) throw badRequest("Username is required");
  if (!body.password) throw badRequest("Password is required");
  if (passwordProblem(body.password) !== undefined) throw serverError("Failed to hash password");
  const role = checkedRole(body.role || "user");
  const groupIds = groupIdsOf(body.groups ?? [], database);
  if (database.users.some((row) => row.username === body.username || (row.uid !== undefined && row.uid === body.uid)))
    throw conflict("User already exists");
  const user: UserRow = {
    id: randomUUID(),
    username: body.username,
    passwordHash: passwordHash(body.password),
    hasNtHash: true,
    enabled: true,
    mustChangePassword: role === "admin",
    role,
    uid: body.uid,
    gid: body.gid,
    displayName: body.display_name ?? "",
    email: body.email ?? "",
    groupIds,
    createdAt: timestamp(call.server),
  };
  database.users.push(user);
  grantShares(user, body.share_permissions, database);
  database.save();
  return created(userView(user, database));
}

export function listUsers({ server }: Call): Answer {
  return json(server.database.users.map((user) => userView(user, server.database)));
}

export function getUser(call: Call): Answer {
  if (call.claims?.role !== "admin" && call.claims?.username !== param(call, "user")) throw forbidden("Access denied");
  return json(userView(userRow(call), call.server.database));
}

export function updateUser(call: Call): Answer {
  const body = fields(call, updatable);
  const { database } = call.server;
  const user = userRow(call);
  const role = body.role === undefined ? user.role : checkedRole(body.role);
  if (body.uid !== undefined && database.users.some((row) => row !== user && row.uid === body.uid))
    throw serverError("Failed to update user");
  user.role = role;
  user.email = body.email ?? user.email;
  user.displayName = body.display_name ?? user.displayName;
  user.enabled = body.enabled ?? user.enabled;
  user.uid = body.uid ?? user.uid;
  user.gid = body.gid ?? user.gid;
  database.save();
  if (body.groups !== undefined) {
    // Groups and passwords are only changed by name; the fields above are stored by now.
    if (user.username !== param(call, "user")) throw serverError("Failed to update user groups");
    user.groupIds = groupIdsOf(body.groups, database);
  }
  grantShares(user, body.share_permissions, database);
  database.save();
  return json(userView(user, database));
}

export function deleteUser(call: Call): Answer {
  const { database } = call.server;
  const user = userRow(call);
  if (user.username === "admin") throw forbidden("Cannot delete admin user");
  database.users = database.users.filter((row) => row !== user);
  database.permissions = database.permissions.filter((row) => row.principal !== user.id);
  database.save();
  return noContent;
}

export function resetPassword(call: Call): Answer {
  const { new_password } = fields(call, { new_password: "string" });
  if (!new_password) throw badRequest("New password is required");
  const user = userRow(call);
  if (passwordProblem(new_password) !== undefined) throw serverError("Failed to hash password");
  if (user.username !== param(call, "user")) throw serverError("Failed to update password");
  user.passwordHash = passwordHash(new_password);
  user.hasNtHash = true;
  user.mustChangePassword = user.role === "admin";
  call.server.database.save();
  return noContent;
}

function userRow(call: Call): UserRow {
  const token = param(call, "user");
  const { users } = call.server.database;
  const user = users.find((row) => row.username === token) ?? users.find((row) => row.id === token);
  if (user === undefined) throw notFound("User not found");
  return user;
}

function checkedRole(role: string): string {
  if (!roles.includes(role)) throw badRequest("Invalid role. Must be 'user', 'admin', or 'operator'");
  return role;
}

function groupIdsOf(names: readonly string[], database: Database): string[] {
  return [...new Set(names)].map((name) => {
    const group = database.groups.find((row) => row.name === name);
    if (group === undefined) throw badRequest("One or more specified groups do not exist");
    return group.id;
  });
}

/** Best effort: what is no level or no share is skipped without a word. */
function grantShares(user: UserRow, permissions: unknown, database: Database): void {
  if (!isObject(permissions)) return;
  for (const [name, level] of Object.entries(permissions)) {
    const share = database.shares.find((row) => row.name === name || row.id === name);
    if (share !== undefined && levels.includes(String(level)))
      grant(database, {
        shareId: share.id,
        kind: "user",
        principal: user.id,
        level: String(level),
        isGroup: false,
        displayName: "",
      });
  }
}
