import type { Change } from "./change.ts";
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
  const metadataStores = leaving("metadataStore", wanted.metadataStores, live).map(
    (name): Change<RemovedStoreCalls> => ({
      ...removal("metadataStore", name),
      calls: isUnused(name, live.metadataStores, usedStores(live, "metadataStoreId"))
        ? [{ name: "removeMetadataStore", body: { name } }]
        : [],
    }),
  );
  const localStores = leaving("localStore", wanted.localStores, live).map(
    (name): Change<RemovedStoreCalls> => ({
      ...removal("localStore", name),
      calls: isUnused(name, live.localStores, usedStores(live, "localStoreId"))
        ? [{ name: "removeLocalStore", body: { name } }]
        : [],
    }),
  );
  return [...metadataStores, ...localStores];
}

type Family = "metadataStore" | "localStore";

/** Also what is gone already: it is told of. */
function leaving(family: Family, declared: readonly Named[], { ownStores }: LiveDittoFs): readonly string[] {
  const prefix = `${family} `;
  const own = [...ownStores].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  return own.filter((name) => declared.every((each) => each.name !== name));
}

function usedStores({ shares }: LiveDittoFs, key: "metadataStoreId" | "localStoreId"): ReadonlySet<string> {
  return new Set(shares.map((share) => share[key]));
}

function isUnused(name: string, stores: readonly LiveStore[], used: ReadonlySet<string>): boolean {
  return stores.some((store) => store.name === name && !used.has(store.id));
}

/** A list of shares can be empty for a moment. */
function areSharesKnown({ shares }: Wanted, live: LiveDittoFs): boolean {
  if (live.shares.length > 0) return true;
  return shares.length === 0 && removedShares({ shares }, live).every((name) => live.goneShares.has(name));
}

function removal(family: Family, name: string) {
  const what = "removed, because no share is on it any more and the deletion policy is Delete";
  return { family, name, needs: [], what };
}
