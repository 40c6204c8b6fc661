import type { Change } from "./change.ts";
import type { LiveDittoFs, LiveShare, LiveStore } from "./live-dittofs.ts";

type Named = { readonly name: string };

export type RemovedStoreCalls = { readonly removeMetadataStore: Named; readonly removeLocalStore: Named };

type Wanted = {
  readonly deletionPolicy: "Retain" | "Delete";
  readonly metadataStores: readonly Named[];
  readonly localStores: readonly Named[];
};

/** Stores on which shares lay that were removed, once no share is on them and unless the spec wants them. A remote store goes by itself. */
export function removedStoreChanges(wanted: Wanted, live: LiveDittoFs): readonly Change<RemovedStoreCalls>[] {
  if (wanted.deletionPolicy === "Retain") return [];
  const unused = (stores: readonly LiveStore[], declared: readonly Named[], key: "metadataStoreId" | "localStoreId") =>
    stores.filter(
      ({ id, name }) =>
        live.leavingStores.has(id) &&
        declared.every((each) => each.name !== name) &&
        live.shares.every((share) => share[key] !== id),
    );
  return [
    ...unused(live.metadataStores, wanted.metadataStores, "metadataStoreId").map(({ name }) =>
      removal({ family: "metadataStore", name, calls: [{ name: "removeMetadataStore", body: { name } }] }),
    ),
    ...unused(live.localStores, wanted.localStores, "localStoreId").map(({ name }) =>
      removal({ family: "localStore", name, calls: [{ name: "removeLocalStore", body: { name } }] }),
    ),
  ];
}

type Removal = Pick<Change<RemovedStoreCalls>, "family" | "name" | "calls">;

function removal(change: Removal): Change<RemovedStoreCalls> {
  return {
    ...change,
    needs: [],
    what: "removed, because no share is on it any more and the deletion policy is Delete",
  };
}

/** Ids of the stores of shares that are to be removed. */
export function storesOf(removed: ReadonlySet<string>, shares: readonly LiveShare[]): readonly string[] {
  return shares
    .filter(({ name }) => removed.has(name))
    .flatMap(({ metadataStoreId, localStoreId }) => [metadataStoreId, localStoreId]);
}
