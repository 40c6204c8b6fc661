import type { LiveDittoFs } from "./live-dittofs.ts";
import type { WantedMetadataStore } from "./metadata-stores.ts";

/** By store, the digest of the password that it was sent with; of one that an earlier DittoServer has left, the present one. */
export function metadataStoresInUse(
  wanted: readonly WantedMetadataStore[],
  live: LiveDittoFs,
): Readonly<Record<string, string>> {
  const applied = wanted.flatMap(({ name, password }) => {
    if (password?.kind !== "usable" || live.metadataStores.every((store) => store.name !== name)) return [];
    return [[name, live.appliedMetadataStores.get(name) ?? password.digest] as const];
  });
  return Object.fromEntries(applied);
}
