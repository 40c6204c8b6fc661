import { isPassword, passwordHash, passwordProblem } from "../auth/password.ts";
import { type DittofsServer, timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, forbidden, json, serverError, unauthorized } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import type { UserRow } from "../state/rows.ts";
import { bearer, userView } from "./user-view.ts";

export function login(call: Call): Answer {
  const { username, password } = fields(call, { username: "string", password: "string" });
  if (!username || !password) throw badRequest("Username and password are required");
  const { server } = call;
  const user = server.database.users.find((row) => row.username === username || row.id === username);
  if (user?.enabled === false) throw forbidden("User account is disabled");
  if (user === undefined || !isPassword(password, user.passwordHash))
    throw unauthorized("Invalid username or password");
  user.lastLogin = timestamp(server);
  server.database.save();
  return tokensFor(user, server);
}

/** Role and flags are read anew; this and a login are the only moments when a change of them reaches the bearer. */
export function refresh(call: Call): Answer {
  const { refresh_token } = fields(call, { refresh_token: "string" });
  if (!refresh_token) throw badRequest("Refresh token is required");
  const check = call.server.tokens.check(refresh_token, "refresh");
  if (!check.ok) throw unauthorized(check.code === "expired" ? "Refresh token has expired" : "Invalid refresh token");
  const user = call.server.database.users.find((row) => row.username === check.claims.username);
  if (user === undefined) throw unauthorized("User not found");
  if (!user.enabled) throw forbidden("User account is disabled");
  return tokensFor(user, call.server);
}

export function me(call: Call): Answer {
  return json(userView(ownRow(call), call.server.database));
}

/** The current password is not asked for while it must be changed. */
export function changeOwnPassword(call: Call): Answer {
  const { current_password, new_password } = fields(call, { current_password: "string", new_password: "string" });
  if (!new_password) throw badRequest("New password is required");
  const user = ownRow(call);
  if (!user.mustChangePassword) {
    if (!current_password) throw badRequest("Current password is required");
    if (!isPassword(current_password, user.passwordHash)) throw unauthorized("Current password is incorrect");
  }
  if (passwordProblem(new_password) !== undefined) throw serverError("Failed to hash password");
  user.passwordHash = passwordHash(new_password);
  user.hasNtHash = true;
  user.mustChangePassword = false;
  call.server.database.save();
  return tokensFor(user, call.server);
}

function ownRow(call: Call): UserRow {
  const user = call.server.database.users.find((row) => row.username === call.claims?.username);
  if (user === undefined) throw unauthorized("User not found");
  return user;
}

function tokensFor(user: UserRow, server: DittofsServer): Answer {
  return json({ ...server.tokens.pair(bearer(user, server.database)), user: userView(user, server.database) });
}
