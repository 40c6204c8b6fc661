import { refKey } from "./change.ts";
import type { LiveDittoFs, LiveStore } from "./live-dittofs.ts";

type Named = { readonly name: string };

type Wanted = {
  readonly deletionPolicy: "Retain" | "Delete";
  readonly metadataStores: readonly Named[];
  readonly localStores: readonly Named[];
};

const families = [
  ["metadataStore", "metadataStores"],
  ["localStore", "localStores"],
] as const;

/** As `refKey` writes them, the metadata and local stores of the spec that are there, and those of an earlier spec that are still to be removed. */
export function ownStores({ deletionPolicy, ...wanted }: Wanted, live: LiveDittoFs): readonly string[] {
  return families.flatMap(([family, list]) => {
    const keyOf = ({ name }: Named): string => refKey({ family, name });
    const before = [...live.ownStores].filter((key) => key.startsWith(`${family} `));
    const own = new Set([...wanted[list].map(keyOf), ...(deletionPolicy === "Delete" ? before : [])]);
    const present = new Set(isIncomplete(live[list], live) ? before : live[list].map(keyOf));
    return [...own].filter((key) => present.has(key));
  });
}

/** A list can be empty for a moment. Each share lies on a store of either kind. */
function isIncomplete(stores: readonly LiveStore[], { shares }: Pick<LiveDittoFs, "shares">): boolean {
  return stores.length === 0 && shares.length > 0;
}

/**
 * Metadata stores that the process has open and that are no longer on the server. A new one under such a name would be written where the
 * old one lies.
 */
export function removedMetadataStores(
  open: ReadonlySet<string>,
  before: ReadonlySet<string>,
  live: Pick<LiveDittoFs, "metadataStores" | "shares">,
): ReadonlySet<string> {
  if (isIncomplete(live.metadataStores, live)) return before;
  const present = new Set(live.metadataStores.map(({ name }) => name));
  return new Set([...open].filter((name) => !present.has(name)));
}
