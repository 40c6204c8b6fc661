import type { LiveDittoFs, LiveRemoteStore, LiveShare } from "./live-dittofs.ts";

/** Whether shares can be made and looked at that are on the store: the server waits half a minute and more for one that does not answer. */
export function isReachable({ health }: LiveRemoteStore): boolean {
  return health.status === "healthy" || health.status === "degraded";
}

type OnStore = { readonly name: string; readonly remoteStore: string | undefined };

/** By name, the shares that cannot be looked at, each with the store that is in the way. */
export function hiddenShares(
  wanted: readonly OnStore[],
  known: readonly LiveShare[],
  stores: readonly LiveRemoteStore[],
): ReadonlyMap<string, LiveRemoteStore> {
  const dead = stores.filter((store) => !isReachable(store));
  const hidden = new Map<string, LiveRemoteStore>();
  for (const store of dead) {
    for (const { name, remoteStore } of wanted) if (remoteStore === store.name) hidden.set(name, store);
    for (const { name, remoteStoreId } of known) if (remoteStoreId === store.id) hidden.set(name, store);
  }
  return hidden;
}

export type DeadStore = {
  readonly name: string;
  /** What the server says. */
  readonly message: string;
  /** Those of the spec that are on it. */
  readonly shares: readonly string[];
};

/** The stores of the spec that do not answer. */
export function deadStores(
  wanted: { readonly shares: readonly OnStore[]; readonly remoteStores: readonly { readonly name: string }[] },
  { remoteStores }: Pick<LiveDittoFs, "remoteStores">,
): readonly DeadStore[] {
  return wanted.remoteStores.flatMap(({ name }) => {
    const live = remoteStores.find((store) => store.name === name);
    if (live === undefined || isReachable(live)) return [];
    const shares = wanted.shares.filter(({ remoteStore }) => remoteStore === name).map((share) => share.name);
    return [{ name, message: live.health.message, shares }];
  });
}
