import { isAsWanted } from "./change.ts";
import type { LiveDittoFs, LiveRemoteStore } from "./live-dittofs.ts";
import { remoteStoreChanges, type WantedRemoteStore } from "./remote-stores.ts";

export type RemoteStoresInUse = {
  /** By store, the digest of what shares use. */
  readonly appliedStores: Readonly<Record<string, string>>;
  /** Why the process has to start again; goes on after "because". */
  readonly outdated?: string;
};

/**
 * Shares go on with what a store had when the process started. An access key that the object store refuses restarts
 * nothing, so that a slip in a Secret does not stop shares that work.
 */
export function remoteStoresInUse(wanted: readonly WantedRemoteStore[], live: LiveDittoFs): RemoteStoresInUse {
  const applied: [string, string][] = [];
  const outdated: string[] = [];
  for (const store of wanted) {
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
