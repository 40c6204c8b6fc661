import type { Claims } from "../auth/token.ts";
import type { Database } from "../state/database.ts";
import type { UserRow } from "../state/rows.ts";

/** A user as answers show it. */
export function userView(user: UserRow, database: Database): unknown {
  const groups = groupNames(user, database);
  return {
    id: user.id,
    username: user.username,
    ...(user.displayName === "" ? {} : { display_name: user.displayName }),
    ...(user.email === "" ? {} : { email: user.email }),
    role: user.role,
    ...(user.uid === undefined ? {} : { uid: user.uid }),
    ...(user.gid === undefined ? {} : { gid: user.gid }),
    ...(groups.length === 0 ? {} : { groups }),
    enabled: user.enabled,
    must_change_password: user.mustChangePassword,
    created_at: user.createdAt,
    ...(user.lastLogin === undefined ? {} : { last_login: user.lastLogin }),
  };
}

/** What the user's tokens will say. */
export function bearer(user: UserRow, database: Database): Omit<Claims, "token_type"> {
  const groups = groupNames(user, database);
  return {
    uid: user.id,
    username: user.username,
    role: user.role,
    ...(groups.length === 0 ? {} : { groups }),
    ...(user.mustChangePassword ? { must_change_password: true } : {}),
  };
}

function groupNames(user: UserRow, database: Database): readonly string[] {
  return user.groupIds.flatMap((id) => database.groups.find((group) => group.id === id)?.name ?? []);
}
