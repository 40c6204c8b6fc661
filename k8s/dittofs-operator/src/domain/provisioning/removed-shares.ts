import type { Change } from "./change.ts";
import { isReachable } from "./dead-stores.ts";
import type { LiveDittoFs, LiveShare } from "./live-dittofs.ts";
import { type NetgroupCalls, netgroupName } from "./netgroups.ts";

type Named = { readonly name: string };

export type RemovedShareCalls = {
  readonly disableShare: Named;
  readonly removeShare: Named;
} & Pick<NetgroupCalls, "removeNetgroup">;

export type WantedRemovals = {
  readonly deletionPolicy: "Retain" | "Delete";
  readonly shares: readonly Named[];
};

/**
 * What becomes of shares that an earlier spec named. Shares that were made by hand are in no such list, and neither are those that
 * are dealt with already: what somebody does with them afterwards is left alone.
 */
export function removedShareChanges(wanted: WantedRemovals, live: LiveDittoFs): readonly Change<RemovedShareCalls>[] {
  return removedShares(wanted, live).map((name) => {
    const share = live.shares.find((each) => each.name === name);
    const ref = { family: "share", name, needs: [] } as const;
    const clients = wanted.deletionPolicy === "Delete" ? netgroupRemoval(name, live) : [];
    if (share === undefined)
      return { ...ref, calls: isGone(name, live) ? clients : [], what: clients.length > 0 ? removed : "" };
    if (wanted.deletionPolicy === "Retain" && !share.enabled) return { ...ref, calls: [], what: "" };
    const waiting = wanted.deletionPolicy === "Delete" ? uploadsLeft(share, live) : undefined;
    if (waiting !== undefined) return { ...ref, ...waiting };
    const disabling = share.enabled ? [{ name: "disableShare", body: { name } } as const] : [];
    if (wanted.deletionPolicy === "Retain")
      return { ...ref, calls: disabling, what: "disabled, because spec.shares no longer names it; its data stays" };
    return {
      ...ref,
      calls: [...disabling, { name: "removeShare", body: { name } }, ...clients],
      what: removed,
    };
  });
}

const removed =
  "removed, because spec.shares no longer names it and the deletion policy is Delete; its files stay on the volume and in the bucket";

/** The clients of a share outlive it on the server, and would be those of the next share of its name. */
function netgroupRemoval(share: string, { netgroups }: Pick<LiveDittoFs, "netgroups">) {
  const name = netgroupName(share);
  const isThere = netgroups.kind === "read" && netgroups.netgroups.some((netgroup) => netgroup.name === name);
  return isThere ? [{ name: "removeNetgroup", body: { name } } as const] : [];
}

/** A share takes what it has not uploaded with it: it goes once nobody can write to it and its remote store has everything. */
function uploadsLeft(
  { name, enabled, remoteStoreId }: LiveShare,
  { remoteStores, unsyncedShares }: LiveDittoFs,
): Pick<Change<RemovedShareCalls>, "calls" | "what" | "problem"> | undefined {
  if (remoteStoreId === undefined) return undefined;
  const store = remoteStores.find(({ id }) => id === remoteStoreId);
  if (store === undefined || !isReachable(store)) {
    const which = store === undefined ? "its remote store" : `remote store ${store.name}`;
    return { calls: [], what: "", problem: `Share ${name} is removed when ${which} answers and has everything.` };
  }
  if (enabled) return { calls: [{ name: "disableShare", body: { name } }], what: "disabled until it is uploaded" };
  if (unsyncedShares.get(name) === 0) return undefined;
  const problem = `Share ${name} is disabled, and removed once all of it is uploaded to remote store ${store.name}.`;
  return { calls: [], what: "", problem };
}

/** Names that an earlier spec had and the present one has not. */
export function removedShares(
  { shares }: Pick<WantedRemovals, "shares">,
  live: Pick<LiveDittoFs, "declaredShares">,
): readonly string[] {
  const declared = new Set(shares.map(({ name }) => name));
  return [...live.declaredShares].filter((name) => !declared.has(name)).toSorted();
}

/** Whether there is nothing left to do about a removed share. */
export function isDealtWith(
  name: string,
  { deletionPolicy }: Pick<WantedRemovals, "deletionPolicy">,
  live: Pick<LiveDittoFs, "shares" | "goneShares" | "netgroups">,
): boolean {
  const share = live.shares.find((each) => each.name === name);
  if (deletionPolicy === "Retain") return share === undefined ? isGone(name, live) : !share.enabled;
  return isGone(name, live) && live.netgroups.kind === "read" && netgroupRemoval(name, live).length === 0;
}

/** That it is missing in an empty list is no proof by itself. */
function isGone(name: string, { shares, goneShares }: Pick<LiveDittoFs, "shares" | "goneShares">): boolean {
  return shares.every((share) => share.name !== name) && (shares.length > 0 || goneShares.has(name));
}

/**
 * Metadata stores that are to be made under a name that was removed in this process. It still has the old one open and would
 * write there, so that they wait for the next.
 */
export function reusedStores(
  wanted: readonly Named[],
  live: Pick<LiveDittoFs, "metadataStores" | "removedMetadataStores">,
): readonly string[] {
  return wanted
    .map(({ name }) => name)
    .filter((name) => live.removedMetadataStores.has(name) && live.metadataStores.every((each) => each.name !== name));
}
