import { type Journals, journals } from "../../domain/provisioning/cache-journals.ts";
import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import { netgroupName } from "../../domain/provisioning/netgroups.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { removedShares } from "../../domain/provisioning/removed-shares.ts";
import {
  allNetgroups,
  allSnapshotPolicies,
  type Detail,
  detailTables,
  netgroupsDetail,
  nfsConfigDetail,
  protocolSettingsDetail,
  readDetails,
  sharePermissionsDetail,
} from "./details.ts";
import { type AppliedIdentity, appliedIdentity, identityDetails } from "./identity-details.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { Read } from "./pass-end.ts";
import { readGoneShares } from "./read-gone-shares.ts";
import { readList } from "./read-list.ts";
import { readShares } from "./read-shares.ts";
import { readUnsyncedShares } from "./read-unsynced-shares.ts";
import { seeLoadedShares } from "./see-loaded-shares.ts";
import { seeOpenStores } from "./see-open-stores.ts";

/** Everything that provisioning compares. A read that fails ends the pass: a failed read is not an empty list. */
export async function readLive(pass: ProvisioningPass, wanted: WantedDittoFs): Promise<Read<LiveDittoFs>> {
  const adapters = await readList(pass, "adapters");
  if (adapters.code !== "ok") return adapters;
  const metadataStores = await readList(pass, "metadataStores");
  if (metadataStores.code !== "ok") return metadataStores;
  const localStores = await readList(pass, "localStores");
  if (localStores.code !== "ok") return localStores;
  const appliedStores = storesBefore(pass);
  const remote = await readShares(pass, wanted, appliedStores);
  if (remote.code !== "ok") return remote;
  const { shares, remoteStores } = remote.value;
  const people = await readPeople(pass, wanted);
  if (people.code !== "ok") return people;

  const applied = {
    appliedGrants: grantsBefore(pass),
    appliedSnapshotPolicies: policiesBefore(pass),
    ...appliedIdentity(pass),
  };
  const end = await readDetails(pass, neededDetails(pass, wanted, { adapters: adapters.value, shares, ...applied }));
  if (end !== undefined) return end;
  const tables = detailTables(pass.session.details.values());
  if (pass.session.details.has(netgroupsDetail)) seeNetgroups(pass, tables.netgroups);
  const look = { shares, shareNfsConfigs: tables.shareNfsConfigs, declaredShares: declaredBefore(pass) };
  const unsynced = await readUnsyncedShares(pass, wanted, { ...look, remoteStores });
  if (unsynced.code !== "ok") return unsynced;
  const gone = await readGoneShares(pass, wanted, look);
  if (gone.code !== "ok") return gone;
  return {
    code: "ok",
    value: {
      adapters: adapters.value,
      metadataStores: metadataStores.value,
      localStores: localStores.value,
      remoteStores,
      appliedStores,
      appliedMetadataStores: metadataStoresBefore(pass),
      sentStores: pass.session.sentStores,
      ...people.value,
      ...tables,
      ...applied,
      ...look,
      loadedShares: seeLoadedShares(pass, wanted, look),
      unsyncedShares: unsynced.value,
      goneShares: gone.value,
      ...seeOpenStores(pass, { ...look, metadataStores: metadataStores.value }),
      journals: journalsSeen(pass, wanted, { ...look, localStores: localStores.value }),
    },
  };
}

type Shown = Pick<LiveDittoFs, "adapters" | "shares" | "appliedGrants" | "appliedSnapshotPolicies"> & AppliedIdentity;

/** What no list shows, of what the spec names or the operator has set. */
function neededDetails(pass: ProvisioningPass, wanted: WantedDittoFs, shown: Shown): readonly Detail[] {
  const declared = shown.shares.filter(({ name }) => wanted.shares.some((share) => share.name === name));
  const granting = new Set([...wanted.grants.map(({ share }) => share), ...shown.appliedGrants.keys()]);
  const present = new Set(shown.adapters.map(({ type }) => type));
  const leaving = leavingNetgroups(pass, wanted);
  const hasPolicies = wanted.snapshotPolicies.length > 0 || shown.appliedSnapshotPolicies.size > 0;
  return [
    ...(hasPolicies ? [allSnapshotPolicies()] : []),
    ...identityDetails(wanted, shown),
    ...(leaving.length > 0 || hasNetgroups(pass, wanted) ? [allNetgroups(leaving)] : []),
    ...wanted.protocolSettings.filter(({ type }) => present.has(type)).map(({ type }) => protocolSettingsDetail(type)),
    ...declared.map(nfsConfigDetail),
    ...declared.filter(({ name }) => granting.has(name)).map(sharePermissionsDetail),
  ];
}

function journalsSeen(
  { session, server }: ProvisioningPass,
  wanted: WantedDittoFs,
  shown: Parameters<typeof journals>[1],
): Journals {
  session.journals = journals(
    wanted,
    shown,
    session.journals ?? new Map(Object.entries(server.status?.applied?.journals ?? {})),
  );
  return session.journals;
}

function seeNetgroups({ session }: ProvisioningPass, netgroups: LiveDittoFs["netgroups"]): void {
  if (netgroups.kind === "read") session.netgroups = new Set(netgroups.netgroups.map(({ name }) => name));
}

/** Also where the operator made one for an earlier spec, which its share still names, or which could not be removed. */
function hasNetgroups({ session }: ProvisioningPass, { shares }: WantedDittoFs): boolean {
  const own = new Set(shares.map(({ name }) => netgroupName(name)));
  return (
    shares.some(({ allowedClients }) => allowedClients !== undefined) ||
    [...own].some((name) => session.netgroups?.has(name)) ||
    [...session.details.values()].some(
      ({ table, value }) => table === "nfsConfig" && value.kind === "read" && own.has(value.settings.netgroup),
    )
  );
}

/** Netgroups that go with their shares. */
function leavingNetgroups(pass: ProvisioningPass, wanted: WantedDittoFs): readonly string[] {
  if (wanted.deletionPolicy === "Retain") return [];
  return removedShares(wanted, { declaredShares: declaredBefore(pass) }).map(netgroupName);
}

/** Asked only where they matter: a server without declared users costs no call for them. */
async function readPeople(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
): Promise<Read<Pick<LiveDittoFs, "users" | "groups" | "appliedPasswords">>> {
  const appliedPasswords = appliedBefore(pass);
  const hasOwners = wanted.shares.some(({ owner }) => owner !== undefined);
  const hasUsers = wanted.users.length > 0 || appliedPasswords.size > 0 || hasOwners;
  const users = hasUsers ? await readList(pass, "users") : none;
  if (users.code !== "ok") return users;
  const hasGroups = wanted.groups.length > 0 || wanted.users.some((user) => user.groups.length > 0);
  const groups = hasGroups ? await readList(pass, "groups") : none;
  if (groups.code !== "ok") return groups;
  return { code: "ok", value: { users: users.value, groups: groups.value, appliedPasswords } };
}

const none = { code: "ok", value: [] } as const;

/** After a start of the operator, what its predecessor wrote into the status. */
function appliedBefore({ session, server }: ProvisioningPass): ReadonlyMap<string, string> {
  session.appliedPasswords ??= new Map(Object.entries(server.status?.applied?.userPasswords ?? {}));
  return session.appliedPasswords;
}

/** Likewise; the status writes the grants of a share one after the other. */
function grantsBefore({ session, server }: ProvisioningPass): ReadonlyMap<string, ReadonlySet<string>> {
  const written = Object.entries(server.status?.applied?.grants ?? {});
  session.appliedGrants ??= new Map(written.map(([share, grants]) => [share, new Set(grants.split(" "))]));
  return session.appliedGrants;
}

function metadataStoresBefore({ session, server }: ProvisioningPass): ReadonlyMap<string, string> {
  session.appliedMetadataStores ??= new Map(Object.entries(server.status?.applied?.metadataStores ?? {}));
  return session.appliedMetadataStores;
}

function storesBefore({ session, server }: ProvisioningPass): ReadonlyMap<string, string> {
  session.appliedStores ??= new Map(Object.entries(server.status?.applied?.remoteStores ?? {}));
  return session.appliedStores;
}

/** Also of an earlier process: a share that the spec drops while the server is down has to be found. */
function declaredBefore({ session, server }: ProvisioningPass): ReadonlySet<string> {
  const written = Object.keys(server.status?.applied?.loadedShares?.digests ?? {});
  return new Set(session.loadedShares?.keys() ?? [...written, ...(session.earlierShares ?? [])]);
}

function policiesBefore({ session, server }: ProvisioningPass): ReadonlySet<string> {
  session.appliedSnapshotPolicies ??= new Set(server.status?.applied?.snapshotPolicies ?? []);
  return session.appliedSnapshotPolicies;
}
