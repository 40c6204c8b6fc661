import { type Change, refKey } from "./change.ts";
import type { LiveDittoFs, LiveStore } from "./live-dittofs.ts";
import { removedShares } from "./removed-shares.ts";

type Named = { readonly name: string };

export type RemovedStoreCalls = { readonly removeMetadataStore: Named; readonly removeLocalStore: Named };

type Wanted = {
  readonly deletionPolicy: "Retain" | "Delete";
  readonly shares: readonly Named[];
  readonly metadataStores: readonly Named[];
  readonly localStores: readonly Named[];
};

/** Stores of an earlier spec, once no share is on them. A remote store goes by itself. */
export function removedStoreChanges(wanted: Wanted, live: LiveDittoFs): readonly Change<RemovedStoreCalls>[] {
  if (wanted.deletionPolicy === "Retain" || !areSharesKnown(wanted, live)) return [];
  const unused = ({ family, stores, declared, share }: Family) =>
    stores.filter(
      ({ id, name }) =>
        live.ownStores.has(refKey({ family, name })) &&
        declared.every((each) => each.name !== name) &&
        live.shares.every((each) => each[share] !== id),
    );
  const metadata = { family: "metadataStore", stores: live.metadataStores, declared: wanted.metadataStores } as const;
  const local = { family: "localStore", stores: live.localStores, declared: wanted.localStores } as const;
  return [
    ...unused({ ...metadata, share: "metadataStoreId" }).map(({ name }) =>
      removal({ family: "metadataStore", name, calls: [{ name: "removeMetadataStore", body: { name } }] }),
    ),
    ...unused({ ...local, share: "localStoreId" }).map(({ name }) =>
      removal({ family: "localStore", name, calls: [{ name: "removeLocalStore", body: { name } }] }),
    ),
  ];
}

type Family = {
  readonly family: "metadataStore" | "localStore";
  readonly stores: readonly LiveStore[];
  readonly declared: readonly Named[];
  readonly share: "metadataStoreId" | "localStoreId";
};

/** A list of shares can be empty for a moment. */
function areSharesKnown({ shares }: Wanted, live: LiveDittoFs): boolean {
  if (live.shares.length > 0) return true;
  return shares.length === 0 && removedShares({ shares }, live).every((name) => live.goneShares.has(name));
}

type Removal = Pick<Change<RemovedStoreCalls>, "family" | "name" | "calls">;

function removal(change: Removal): Change<RemovedStoreCalls> {
  return {
    ...change,
    needs: [],
    what: "removed, because no share is on it any more and the deletion policy is Delete",
  };
}
