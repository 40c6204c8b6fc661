import type { DittoServer } from "../../api/ditto-server.ts";
import type { Change, ObjectRef } from "./change.ts";
import type { LiveDittoFs, LiveGrant } from "./live-dittofs.ts";

export type GrantKind = "user" | "group" | "sid";

export type WantedGrant = {
  readonly share: string;
  readonly kind: GrantKind;
  /** A name, or the identifier itself. */
  readonly name: string;
  readonly level: string;
  readonly isGroup?: boolean;
  readonly displayName?: string;
};

export type PermissionCalls = {
  readonly grantPermission: WantedGrant;
  readonly revokePermission: Pick<WantedGrant, "share" | "kind" | "name">;
};

/** What identifies a grant within its share; neither part holds a space. */
export function grantKey({ kind, name }: Pick<WantedGrant, "kind" | "name">): string {
  return `${kind}:${name}`;
}

export function wantedGrants(server: DittoServer): readonly WantedGrant[] {
  return (server.spec.shares ?? []).flatMap(({ name: share, permissions = {} }) => {
    const { users = [], groups = [], sids = [] } = permissions;
    return [
      ...users.map(({ name, level }) => ({ share, kind: "user", name, level }) as const),
      ...groups.map(({ name, level }) => ({ share, kind: "group", name, level }) as const),
      ...sids.map(
        ({ sid, isGroup = true, ...grant }) => ({ share, kind: "sid", name: sid, isGroup, ...grant }) as const,
      ),
    ];
  });
}

type Named = { readonly name: string };

export type WantedPermissions = {
  readonly grants: readonly WantedGrant[];
  readonly shares: readonly Named[];
  readonly users: readonly Named[];
  readonly groups: readonly Named[];
};

/** Grants are given and corrected, and those that an earlier spec named are taken back. A list that could not be read takes nothing back. */
export function permissionChanges(wanted: WantedPermissions, live: LiveDittoFs): readonly Change<PermissionCalls>[] {
  const byShare = Map.groupBy(wanted.grants, ({ share }) => share);
  const missing = missingPrincipals(wanted, live);
  const ids = new Map(live.shares.map(({ name, id }) => [name, id]));
  return wanted.shares.flatMap(({ name }) =>
    shareChanges({ name, id: ids.get(name) }, byShare.get(name) ?? [], { live, missing }),
  );
}

function shareChanges(
  share: { readonly name: string; readonly id: string | undefined },
  grants: readonly WantedGrant[],
  { live, missing }: { readonly live: LiveDittoFs; readonly missing: ReadonlySet<string> },
): readonly Change<PermissionCalls>[] {
  if (share.id === undefined) {
    const needs: readonly ObjectRef[] = [{ family: "share", name: share.name }];
    return grants.map((grant) => ({ ...grantChange(grant, undefined), needs }));
  }
  const read = live.sharePermissions.get(share.id) ?? { kind: "read", grants: [] };
  if (read.kind === "unreadable") {
    const problem = `The permissions of share ${share.name} cannot be read: ${read.message}`;
    return [{ family: "permission", name: `of share ${share.name}`, needs: [], calls: [], what: "", problem }];
  }
  const detail = permissionsDetail(share.id);
  const present = new Map(read.grants.map((grant) => [grantKey(grant), grant]));
  const wanted = new Set(grants.map(grantKey));
  const own = live.appliedGrants.get(share.name);
  const dropped = read.grants.filter((grant) => own?.has(grantKey(grant)) === true && !wanted.has(grantKey(grant)));
  return [
    ...grants.map((grant) => ({
      ...grantChange(grant, present.get(grantKey(grant))),
      needs: neededPrincipal(grant, missing),
      detail,
    })),
    ...dropped.map((grant) => ({ ...revocation(share.name, grant), detail })),
  ];
}

/** The key under which the permissions of a share are read. */
export function permissionsDetail(shareId: string): string {
  return `permissions ${shareId}`;
}

function grantChange(grant: WantedGrant, live: LiveGrant | undefined): Change<PermissionCalls> {
  const { level, isGroup, displayName } = grant;
  const isSame =
    live?.level === level &&
    (isGroup === undefined || live.isGroup === isGroup) &&
    (displayName === undefined || live.displayName === displayName);
  const ref = { family: "permission", name: permissionName(grant), needs: [] } as const;
  if (isSame) return { ...ref, calls: [], what: "" };
  const what = live === undefined ? `${level} granted` : `${live.level} -> ${level}`;
  return { ...ref, calls: [{ name: "grantPermission", body: grant }], what };
}

function revocation(share: string, { kind, name, level }: LiveGrant): Change<PermissionCalls> {
  return {
    family: "permission",
    name: permissionName({ share, kind, name }),
    needs: [],
    calls: [{ name: "revokePermission", body: { share, kind, name } }],
    what: `${level} taken back`,
  };
}

function permissionName({ share, kind, name }: Pick<WantedGrant, "share" | "kind" | "name">): string {
  return `of ${kind} ${name} on ${share}`;
}

/** Declared users and groups that are not there yet; of others only the server knows. */
function missingPrincipals({ users, groups }: WantedPermissions, live: LiveDittoFs): ReadonlySet<string> {
  const there = new Set([
    ...live.users.map(({ name }) => grantKey({ kind: "user", name })),
    ...live.groups.map(({ name }) => grantKey({ kind: "group", name })),
  ]);
  const declared = [
    ...users.map(({ name }) => grantKey({ kind: "user", name })),
    ...groups.map(({ name }) => grantKey({ kind: "group", name })),
  ];
  return new Set(declared.filter((key) => !there.has(key)));
}

function neededPrincipal({ kind, name }: WantedGrant, missing: ReadonlySet<string>): readonly ObjectRef[] {
  return kind !== "sid" && missing.has(grantKey({ kind, name })) ? [{ family: kind, name }] : [];
}

/** Of grants beyond this many characters the status does not remember that the spec named them; they are never taken back. */
export const rememberedGrantsLength = 20_000;

/**
 * By share, the grants that count as the operator's own: those that the spec names and the server has, and such as it named
 * before and are not taken back yet. What could not be looked at stays as it was; neither does an empty list prove
 * anything, because a server that starts may show one.
 */
export function ownGrants(
  wanted: readonly WantedGrant[],
  live: Pick<LiveDittoFs, "shares" | "sharePermissions" | "appliedGrants">,
): ReadonlyMap<string, ReadonlySet<string>> {
  const wantedKeys = new Map(
    Array.from(
      Map.groupBy(wanted, ({ share }) => share),
      ([share, grants]) => [share, new Set(grants.map(grantKey))],
    ),
  );
  const ids = new Map(live.shares.map(({ name, id }) => [name, id]));
  const own = new Map<string, ReadonlySet<string>>();
  let room = rememberedGrantsLength;
  for (const share of [...new Set([...wantedKeys.keys(), ...live.appliedGrants.keys()])].toSorted()) {
    const before = live.appliedGrants.get(share) ?? new Set();
    const read = live.sharePermissions.get(ids.get(share) ?? "");
    const isProof = read?.kind === "read" && read.grants.length > 0;
    const keys = isProof
      ? read.grants.map(grantKey).filter((key) => before.has(key) || wantedKeys.get(share)?.has(key) === true)
      : [...before];
    const kept: string[] = [];
    for (const key of keys.toSorted()) {
      room -= key.length + 1;
      if (room >= 0) kept.push(key);
    }
    if (kept.length > 0) own.set(share, new Set(kept));
  }
  return own;
}
