import { randomBytes, randomUUID } from "node:crypto";
import { isBcryptHash, passwordHash, passwordProblem } from "../auth/password.ts";
import type { Config } from "../config/config.ts";
import { StartError } from "../start-error.ts";
import { defaultSettings } from "./adapter-settings.ts";
import type { Database } from "./database.ts";
import type { UserRow } from "./rows.ts";

const groups = [
  { name: "admins", gid: 0, description: "System administrators" },
  { name: "operators", gid: 999, description: "Service account operators" },
  { name: "users", gid: 1000, description: "Regular users" },
];

// The server documents 12445 for SMB but a new database has had 1445 in every version so far.
const adapters = [
  { type: "nfs", port: 12049 },
  { type: "smb", port: 1445 },
];

export const builtInGroups: readonly string[] = groups.map((group) => group.name);

/** Adds what every start adds when it is missing: the admin, the built-in groups, both adapters and their settings. */
export function addDefaultRows(database: Database, admin: Config["admin"], now: string): void {
  for (const group of groups)
    if (!database.groups.some((row) => row.name === group.name))
      database.groups.push({ id: randomUUID(), ...group, createdAt: now });
  if (!database.users.some((user) => user.username === "admin")) database.users.push(adminUser(admin, now));
  const admins = database.groups.find((group) => group.name === "admins");
  const adminRow = database.users.find((user) => user.username === "admin");
  if (admins !== undefined && adminRow?.groupIds.includes(admins.id) === false) adminRow.groupIds.push(admins.id);
  for (const { type, port } of adapters) {
    if (!database.adapters.some((adapter) => adapter.type === type))
      database.adapters.push({
        id: randomUUID(),
        type,
        enabled: true,
        port,
        config: {},
        createdAt: now,
        updatedAt: now,
      });
    if (!database.adapterSettings.some((settings) => settings.type === type))
      database.adapterSettings.push({ type, values: defaultSettings(type), version: 1 });
  }
  database.save();
}

/** The account is always `admin`. The password of the environment wins over the configured hash; without either it is random and lost. */
function adminUser(admin: Config["admin"], now: string): UserRow {
  const problem = admin.initialPassword === undefined ? undefined : passwordProblem(admin.initialPassword);
  if (problem !== undefined)
    throw new StartError(`failed to ensure admin user: DITTOFS_ADMIN_INITIAL_PASSWORD: ${problem}`);
  const fromHash = admin.initialPassword === undefined && admin.passwordHash !== undefined;
  if (fromHash && !isBcryptHash(admin.passwordHash ?? ""))
    throw new StartError("failed to ensure admin user: admin.password_hash is not a valid bcrypt hash");
  const password = admin.initialPassword ?? randomBytes(18).toString("base64url");
  return {
    id: randomUUID(),
    username: "admin",
    passwordHash: fromHash ? (admin.passwordHash ?? "") : passwordHash(password),
    hasNtHash: !fromHash,
    enabled: true,
    mustChangePassword: !fromHash && admin.initialPassword === undefined && admin.mustChangePassword,
    role: "admin",
    uid: 0,
    displayName: "Administrator",
    email: "",
    groupIds: [],
    createdAt: now,
  };
}
