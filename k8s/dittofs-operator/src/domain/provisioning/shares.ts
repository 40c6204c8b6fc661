import type { Call, Change, ObjectRef } from "./change.ts";
import { isReachable } from "./dead-stores.ts";
import type { LiveDittoFs, LiveShare, LiveStore } from "./live-dittofs.ts";
import { type NetgroupCalls, netgroupDifference, netgroupName } from "./netgroups.ts";
import { nfsDifference, sentRetention, settingDifferences } from "./share-differences.ts";
import { isGuarded, mayServe } from "./share-guard.ts";
import { type NamedNfsSettings, type ShareSettings, shareFlagNames } from "./share-settings.ts";
import { areStartSettingsAsWanted } from "./start-settings.ts";
import type { WantedShare } from "./wanted-shares.ts";

export type ShareCalls = {
  readonly createShare: ShareSettings & {
    readonly name: string;
    readonly metadataStore: string;
    readonly localStore: string;
    readonly remoteStore?: string;
    readonly owner?: string;
  };
  readonly updateShare: Partial<ShareSettings> & { readonly name: string };
  readonly enableShare: { readonly name: string };
  readonly disableShare: { readonly name: string };
  readonly patchShareNfsConfig: { readonly share: string; readonly settings: Partial<NamedNfsSettings> };
} & NetgroupCalls;

type Difference = { readonly what: string; readonly calls: readonly Call<ShareCalls>[] };

export function shareChanges(
  wanted: readonly WantedShare[],
  declaredUsers: readonly { readonly name: string }[],
  live: LiveDittoFs,
): readonly Change<ShareCalls>[] {
  return wanted.map((share) => {
    const present = live.shares.find(({ name }) => name === share.name);
    const change =
      present === undefined
        ? creation(share, live, neededOwner(share, declaredUsers, live))
        : update(share, present, live);
    const waiting = change.calls.length === 0 ? undefined : remoteWait(share, live);
    return waiting === undefined ? change : { ...change, calls: [], what: "", problem: change.problem ?? waiting };
  });
}

function neededOwner(
  { owner }: WantedShare,
  declaredUsers: readonly { readonly name: string }[],
  live: LiveDittoFs,
): readonly ObjectRef[] {
  const isAwaited = declaredUsers.some(({ name }) => name === owner) && !live.users.some(({ name }) => name === owner);
  return isAwaited && owner !== undefined ? [{ family: "user", name: owner }] : [];
}

/** Each call about a share whose remote store does not answer takes the server half a minute, and its creation much longer. */
function remoteWait({ name, remoteStore }: WantedShare, { remoteStores }: LiveDittoFs): string | undefined {
  if (remoteStore === undefined) return undefined;
  const store = remoteStores.find((each) => each.name === remoteStore);
  if (store === undefined)
    return `Share ${name} waits for remote store ${remoteStore}, which is not there yet; see there.`;
  if (isReachable(store)) return undefined;
  return `Share ${name} waits for remote store ${remoteStore}, which does not answer (${store.health.message}). It is made or changed when that does.`;
}

/** Neither enabled nor what NFS alone keeps is part of the POST: what has to be closed until it is protected is closed at once. */
function creation(share: WantedShare, live: LiveDittoFs, alsoNeeds: readonly ObjectRef[]): Change<ShareCalls> {
  const { name, metadataStore, localStore, remoteStore, owner, allowedClients } = share;
  const netgroups = live.netgroups.kind === "read" ? live.netgroups.netgroups : [];
  const named = allowedClients === undefined ? {} : { netgroup: netgroupName(name) };
  return {
    family: "share",
    name,
    needs: [{ family: "metadataStore", name: metadataStore }, { family: "localStore", name: localStore }, ...alsoNeeds],
    what: "created",
    calls: [
      ...netgroupDifference(name, allowedClients, netgroups).before,
      {
        name: "createShare",
        body: {
          name,
          metadataStore,
          localStore,
          ...(remoteStore !== undefined && { remoteStore }),
          ...(owner !== undefined && { owner }),
          ...settings(share),
        },
      },
      ...(share.enabled && !isGuarded(share) ? [] : ([{ name: "disableShare", body: { name } }] as const)),
      { name: "patchShareNfsConfig", body: { share: name, settings: { ...share.nfs, ...named } } },
    ],
  };
}

function settings(share: WantedShare): ShareSettings {
  const { readOnly, defaultPermission, localStoreSizeBytes, readBufferBytes, quotaBytes, trash } = share;
  const flags = Object.fromEntries(shareFlagNames.map((flag) => [flag, share[flag]]));
  return {
    readOnly,
    defaultPermission,
    ...(flags as Pick<ShareSettings, (typeof shareFlagNames)[number]>), // one entry for each flag
    ...(localStoreSizeBytes === undefined ? {} : { localStoreSize: `${localStoreSizeBytes}` }),
    ...(readBufferBytes === 0n ? {} : { readBufferSize: `${readBufferBytes}` }),
    ...(quotaBytes === 0n ? {} : { quota: `${quotaBytes}` }),
    ...(trash === undefined ? {} : { trash }),
    ...(share.remoteStore === undefined ? {} : sentRetention(share)),
  };
}

function update(wanted: WantedShare, live: LiveShare, all: LiveDittoFs): Change<ShareCalls> {
  if (live.isAssumed === true) return { family: "share", name: wanted.name, needs: [], calls: [], what: "" };
  const isOpen = wanted.enabled && mayServe(wanted, live, all);
  const opening = enabledDifference(wanted.name, isOpen, live);
  const differences = [
    ...settingsDifference(wanted, live),
    ...(isOpen ? [] : opening),
    ...nfsConfigDifference(wanted, live, all),
    ...(isOpen ? opening : []),
  ];
  const problem =
    storeProblem(wanted, live, all) ??
    ownerProblem(wanted, live, all) ??
    nfsConfigProblem(live, all) ??
    netgroupProblem(wanted, all);
  return {
    family: "share",
    name: wanted.name,
    needs: [],
    calls: differences.flatMap(({ calls }) => calls),
    what: differences.map(({ what }) => what).join(", "),
    ...(areStartSettingsAsWanted(wanted, live, all) === false && { readAtStart: true }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function settingsDifference(wanted: WantedShare, live: LiveShare): readonly Difference[] {
  const differing = settingDifferences(wanted, live);
  if (differing.length === 0) return [];
  const body = differing.reduce<Partial<ShareSettings>>((all, { sent }) => ({ ...all, ...sent }), {});
  return [
    {
      what: differing.map(({ what }) => what).join(", "),
      calls: [{ name: "updateShare", body: { name: wanted.name, ...body } }],
    },
  ];
}

function enabledDifference(name: string, enabled: boolean, live: LiveShare): readonly Difference[] {
  if (live.enabled === enabled) return [];
  if (enabled) return [{ what: "enabled", calls: [{ name: "enableShare", body: { name } }] }];
  return [{ what: "disabled", calls: [{ name: "disableShare", body: { name } }] }];
}

function nfsConfigDifference(
  { name, nfs, allowedClients }: WantedShare,
  live: LiveShare,
  all: LiveDittoFs,
): readonly Difference[] {
  const config = all.shareNfsConfigs.get(live.id);
  if (config?.kind !== "read" || all.netgroups.kind !== "read") return [];
  const { what, sent } = nfsDifference(nfs, config.settings) ?? { what: "", sent: {} };
  const named = netgroupNamed(name, allowedClients, config.settings.netgroup);
  const clients = netgroupDifference(name, allowedClients, all.netgroups.netgroups);
  const patch = { ...sent, ...(named !== undefined && { netgroup: named }) };
  const calls: readonly Call<ShareCalls>[] = [
    ...clients.before,
    ...(Object.keys(patch).length === 0
      ? []
      : [{ name: "patchShareNfsConfig", body: { share: name, settings: patch } } as const]),
    // The list of netgroups may not have been asked for yet; that the share names its own proves that it is there.
    ...(named === "" ? [{ name: "removeNetgroup", body: { name: netgroupName(name) } } as const] : clients.after),
  ];
  if (calls.length === 0) return [];
  const parts = [
    what,
    clients.what,
    named === undefined || clients.what !== "" ? "" : `allowed clients ${named === "" ? "dropped" : "put back"}`,
  ];
  return [{ what: parts.filter((part) => part !== "").join(", "), calls }];
}

/** What the share has to name instead; a netgroup that somebody chose by hand stays while the spec gives no clients. */
function netgroupNamed(share: string, clients: readonly string[] | undefined, live: string): string | undefined {
  const own = netgroupName(share);
  if (clients === undefined) return live === own ? "" : undefined;
  return live === own ? undefined : own;
}

function netgroupProblem({ name, allowedClients }: WantedShare, { netgroups }: LiveDittoFs): string | undefined {
  return allowedClients !== undefined && netgroups.kind === "unreadable"
    ? `The allowed clients of share ${name} cannot be read: ${netgroups.message}`
    : undefined;
}

function nfsConfigProblem(live: LiveShare, all: LiveDittoFs): string | undefined {
  const config = all.shareNfsConfigs.get(live.id);
  return config?.kind === "unreadable"
    ? `The NFS settings of share ${live.name} cannot be read: ${config.message}`
    : undefined;
}

/** The server takes another store without a word, and the share then shows no files, or zeros in their place. */
function storeProblem(wanted: WantedShare, live: LiveShare, all: LiveDittoFs): string | undefined {
  const pairs = [
    ["metadata store", quoted(wanted.metadataStore), quoted(nameOf(live.metadataStoreId, all.metadataStores))],
    ["local store", quoted(wanted.localStore), quoted(nameOf(live.localStoreId, all.localStores))],
    ["remote store", quoted(wanted.remoteStore) ?? "none", remoteOf(live, all)],
  ] as const;
  const differing = pairs.find(([, asked, present]) => present !== undefined && asked !== present);
  if (differing === undefined) return undefined;
  const [title, asked, present] = differing;
  return `Share ${wanted.name} lies on ${title} ${present} and the spec asks for ${asked}. Its files would not move along, so its stores are left as they are: name ${present} again, or declare a new share on ${asked} and copy the files.`;
}

/** Another or no remote store is never given to a share: the server would take files for uploaded that are not, and lose them. */
function remoteOf({ remoteStoreId: id }: LiveShare, { remoteStores }: LiveDittoFs): string {
  return id === undefined ? "none" : (quoted(nameOf(id, remoteStores)) ?? "one that the spec does not declare");
}

function quoted(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `"${name}"`;
}

/** Undefined for an id that the list lacks: then nothing is known, and a server that starts may still show empty lists. */
function nameOf(id: string, stores: readonly LiveStore[]): string | undefined {
  return stores.find((store) => store.id === id || store.name === id)?.name;
}

/** The server takes an owner at the creation only. Whose uid is not known says nothing. */
function ownerProblem({ name, owner }: WantedShare, live: LiveShare, { users }: LiveDittoFs): string | undefined {
  const uid = owner === undefined ? undefined : users.find((user) => user.name === owner)?.uid;
  if (uid === undefined || uid === (live.ownerUid ?? 0)) return undefined;
  return `Share ${name} was created for uid ${live.ownerUid ?? 0}, and its owner ${owner} has uid ${uid}. The server takes an owner only when it creates a share: leave owner as it was, and change the owner of the share's root directory from a client (chown).`;
}
