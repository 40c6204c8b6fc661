import type { DittoServer, UserSpec } from "../../api/ditto-server.ts";
import type { UserPassword, UserPasswords } from "../secrets/user-passwords.ts";
import type { Call, Change, ObjectRef } from "./change.ts";
import type { LiveDittoFs, LiveUser } from "./live-dittofs.ts";

export type WantedUser = Pick<UserSpec, "name" | "uid" | "gid" | "displayName" | "email"> & {
  readonly role: string;
  readonly enabled: boolean;
  readonly groups: readonly string[];
  readonly password: UserPassword;
};

/** What calls carry of a user; the password is put in where the call is made. */
export type UserFields = Pick<UserSpec, "uid" | "gid" | "displayName" | "email"> & {
  readonly name: string;
  readonly role?: string;
  readonly enabled?: boolean;
  readonly groups?: readonly string[];
};

export type UserCalls = {
  readonly createUser: UserFields & { readonly passwordDigest: string };
  readonly updateUser: UserFields;
  readonly setUserPassword: { readonly name: string; readonly passwordDigest: string };
};

const notSeen: UserPassword = { kind: "unusable", message: "Its Secret has not been looked at yet." };

/** Role, state and groups are spelled out; other fields that are left out are not compared, as with groups. */
export function wantedUsers(server: DittoServer, passwords: UserPasswords): readonly WantedUser[] {
  return (server.spec.users ?? []).map(({ passwordSecretRef: _, ...user }) => ({
    ...user,
    role: user.role ?? "user",
    enabled: user.enabled ?? true,
    groups: user.groups ?? [],
    password: passwords.get(user.name) ?? notSeen,
  }));
}

export function userChanges(
  wanted: readonly WantedUser[],
  declaredGroups: readonly { readonly name: string }[],
  live: LiveDittoFs,
): readonly Change<UserCalls>[] {
  const byName = new Map(live.users.map((user) => [user.name, user]));
  const holders = new Map<number, string>();
  for (const { uid, name } of wanted) if (uid !== undefined && !holders.has(uid)) holders.set(uid, name);
  const groups = {
    live: new Set(live.groups.map(({ name }) => name)),
    declared: new Set(declaredGroups.map(({ name }) => name)),
  };
  return wanted.map((user) => {
    const present = byName.get(user.name);
    const ref = { family: "user", name: user.name, needs: missingGroups(user, groups.live) } as const;
    const problem = idProblem(user, holders) ?? groupProblem(user, groups);
    if (problem !== undefined) return { ...ref, calls: [], what: "", problem };
    return { ...ref, ...(present === undefined ? creation(user) : update(user, present, live)) };
  });
}

function missingGroups({ groups }: WantedUser, live: ReadonlySet<string>): readonly ObjectRef[] {
  return groups.filter((name) => !live.has(name)).map((name) => ({ family: "group", name }));
}

function idProblem({ name, uid }: WantedUser, holders: ReadonlyMap<number, string>): string | undefined {
  const holder = uid === undefined ? undefined : holders.get(uid);
  if (holder === undefined || holder === name) return undefined;
  return `User ${name} has the uid ${uid} of user ${holder} in the spec. Give it one of its own.`;
}

function groupProblem(
  { name, groups }: WantedUser,
  { live, declared }: { readonly live: ReadonlySet<string>; readonly declared: ReadonlySet<string> },
): string | undefined {
  const unknown = groups.find((group) => !live.has(group) && !declared.has(group));
  if (unknown === undefined) return undefined;
  return `User ${name} is to be in group ${unknown}, which is neither in spec.groups nor on the server. Declare it, or correct the name.`;
}

type Body = Pick<Change<UserCalls>, "calls" | "what" | "problem">;

/** The server makes every user enabled, whatever the POST says. */
function creation(user: WantedUser): Body {
  const { enabled, password, ...fields } = user;
  if (password.kind === "unusable") return { calls: [], what: "", problem: passwordProblem(user, password) };
  const { name } = user;
  return {
    what: "created",
    calls: [
      { name: "createUser", body: { ...fields, passwordDigest: password.digest } },
      ...(enabled ? [] : ([{ name: "updateUser", body: { name, enabled } }] as const)),
    ],
  };
}

function update(wanted: WantedUser, live: LiveUser, { appliedPasswords }: LiveDittoFs): Body {
  const { name, password } = wanted;
  const fields = fieldDifferences(wanted, live);
  const isPasswordNew = password.kind === "usable" && password.digest !== appliedPasswords.get(name);
  const calls: readonly Call<UserCalls>[] = [
    ...(Object.keys(fields).length === 0 ? [] : [{ name: "updateUser", body: { name, ...fields } } as const]),
    ...(isPasswordNew ? [{ name: "setUserPassword", body: { name, passwordDigest: password.digest } } as const] : []),
  ];
  const what = [...Object.keys(fields).map((field) => `${field} changed`), ...(isPasswordNew ? ["password set"] : [])];
  const problem = password.kind === "unusable" ? passwordProblem(wanted, password) : undefined;
  return { calls, what: what.join(", "), ...(problem === undefined ? {} : { problem }) };
}

function fieldDifferences(wanted: WantedUser, live: LiveUser): Omit<UserFields, "name"> {
  const { uid, gid, displayName, email, role, enabled, groups } = wanted;
  return {
    ...(uid === undefined || uid === live.uid ? {} : { uid }),
    ...(gid === undefined || gid === live.gid ? {} : { gid }),
    ...(displayName === undefined || displayName === live.displayName ? {} : { displayName }),
    ...(email === undefined || email === live.email ? {} : { email }),
    ...(role === live.role ? {} : { role }),
    ...(enabled === live.enabled ? {} : { enabled }),
    ...(areSame(groups, live.groups) ? {} : { groups }),
  };
}

function areSame(wanted: readonly string[], live: readonly string[]): boolean {
  return wanted.length === live.length && wanted.every((name) => live.includes(name));
}

function passwordProblem({ name }: WantedUser, { message }: { readonly message: string }): string {
  return `User ${name}: ${message}`;
}

/** Users whom the operator once gave a password, who are on the server and no longer in the spec: they are left alone. */
export function keptUsers(wanted: readonly WantedUser[], live: LiveDittoFs): readonly string[] {
  const declared = new Set(wanted.map(({ name }) => name));
  return live.users
    .map(({ name }) => name)
    .filter((name) => live.appliedPasswords.has(name) && !declared.has(name))
    .toSorted();
}
