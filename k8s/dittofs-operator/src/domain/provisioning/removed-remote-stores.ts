import type { Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";

type Named = { readonly name: string };

export type RemovedRemoteStoreCalls = { readonly removeRemoteStore: Named };

type Wanted = { readonly deletionPolicy: "Retain" | "Delete"; readonly remoteStores: readonly Named[] };

/** Remote stores that an earlier spec named and nobody uses any more; those that were made by hand are none. A bucket is never touched. */
export function removedRemoteStoreChanges(
  wanted: Wanted,
  live: Pick<LiveDittoFs, "appliedStores" | "remoteStores" | "shares">,
): readonly Change<RemovedRemoteStoreCalls>[] {
  return removedRemoteStores(wanted, live).map((name) => {
    const ref = { family: "remoteStore", name, needs: [] } as const;
    const store = live.remoteStores.find((each) => each.name === name);
    if (store === undefined || live.shares.some(({ remoteStoreId }) => remoteStoreId === store.id))
      return { ...ref, calls: [], what: "" };
    return {
      ...ref,
      calls: [{ name: "removeRemoteStore", body: { name } }],
      what: "removed, because spec.stores.remote no longer names it and the deletion policy is Delete; its bucket keeps every object",
    };
  });
}

/** Names that an earlier spec had and the present one has not, as long as there is something to do about them. */
export function removedRemoteStores(
  { deletionPolicy, remoteStores }: Wanted,
  { appliedStores }: Pick<LiveDittoFs, "appliedStores">,
): readonly string[] {
  if (deletionPolicy === "Retain") return [];
  const declared = new Set(remoteStores.map(({ name }) => name));
  return [...appliedStores.keys()].filter((name) => !declared.has(name));
}
