import { isAsWanted, refKey } from "./change.ts";
import type { LiveDittoFs, LiveRemoteStore } from "./live-dittofs.ts";
import { remoteStoreChanges, type WantedRemoteStore } from "./remote-stores.ts";
import { removedRemoteStores } from "./removed-remote-stores.ts";

export type RemoteStoresInUse = {
  /** By store, the digest of what shares use. */
  readonly appliedStores: Readonly<Record<string, string>>;
  /** Why the process has to start again; goes on after "because". */
  readonly outdated?: string;
};

type Wanted = {
  readonly deletionPolicy: "Retain" | "Delete";
  readonly remoteStores: readonly WantedRemoteStore[];
};

/**
 * Shares go on with what a store had when the process started. An access key that the object store refuses restarts
 * nothing, so that a slip in a Secret does not stop shares that work.
 */
export function remoteStoresInUse(
  wanted: Wanted,
  live: LiveDittoFs,
  removed: ReadonlySet<string> = new Set(),
): RemoteStoresInUse {
  const applied = leaving(wanted, live, removed);
  const outdated: string[] = [];
  for (const store of wanted.remoteStores) {
    const { name, digest } = store;
    const present = live.remoteStores.find((each) => each.name === name);
    const isSent = live.sentStores.get(name) === digest;
    const before = live.appliedStores.get(name) ?? adopted(store, present, live);
    const isNew = present !== undefined && isSent && before !== digest;
    if (isNew && isUsed(present, live) && present.health.status === "healthy") outdated.push(name);
    const inUse = isNew && !isUsed(present, live) ? digest : before;
    if (inUse !== undefined) applied.push([name, inUse]);
  }
  const appliedStores = Object.fromEntries(applied);
  if (outdated.length === 0) return { appliedStores };
  return {
    appliedStores,
    outdated: `shares take up the new access key or address of remote store ${outdated.join(", ")} only at a start`,
  };
}

/** With those of the spec, as many as the status holds. */
const mostLeaving = 48;

/** Stores that are still to be removed. That one is missing in an empty list is no proof that it is gone. */
function leaving(wanted: Wanted, { remoteStores, appliedStores }: LiveDittoFs, removed: ReadonlySet<string>) {
  const isGone = (name: string) =>
    remoteStores.length > 0 ? remoteStores.every((each) => each.name !== name) : removed.has(refOf(name));
  return removedRemoteStores(wanted, { appliedStores })
    .filter((name) => !isGone(name))
    .slice(0, mostLeaving)
    .map((name): [string, string] => [name, appliedStores.get(name) ?? ""]);
}

function refOf(name: string): string {
  return refKey({ family: "remoteStore", name });
}

/** A store that an earlier DittoServer of this name has left, and that is as the spec asks: nothing has to be sent. */
function adopted(
  store: WantedRemoteStore,
  present: LiveRemoteStore | undefined,
  live: LiveDittoFs,
): string | undefined {
  if (present === undefined || live.sentStores.has(store.name)) return undefined;
  return remoteStoreChanges([store], live).every(isAsWanted) ? store.digest : undefined;
}

function isUsed({ id }: LiveRemoteStore, { shares }: LiveDittoFs): boolean {
  return shares.some(({ remoteStoreId }) => remoteStoreId === id);
}
