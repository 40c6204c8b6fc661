import type { DittoServer, MetadataStoreSpec } from "../../api/ditto-server.ts";
import { DEFAULT_STORE } from "../../api/group.ts";
import { metadataVolume } from "../volumes.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { storeChanges, type WantedStore } from "./store-changes.ts";

export type MetadataStoreCalls = { readonly createMetadataStore: WantedStore };

/** The declared ones and, if a share relies on it, the implicit one. */
export function wantedMetadataStores(server: DittoServer): readonly WantedStore[] {
  const { spec } = server;
  const declared: readonly MetadataStoreSpec[] = spec.stores?.metadata ?? [];
  const isDeclared = declared.some(({ name }) => name === DEFAULT_STORE);
  const isUsed = (spec.shares ?? []).some(({ metadataStore }) => (metadataStore ?? DEFAULT_STORE) === DEFAULT_STORE);
  const type = metadataVolume.size(server) === undefined ? "memory" : "badger";
  const implicit: readonly MetadataStoreSpec[] = isUsed && !isDeclared ? [{ name: DEFAULT_STORE, type }] : [];
  return [...implicit, ...declared].map(wantedStore);
}

/** A directory each: badger locks its own against any second store. */
function wantedStore({ name, type }: MetadataStoreSpec): WantedStore {
  return { name, type, config: type === "badger" ? { path: `${metadataVolume.mountPath}/${name}` } : {} };
}

export function metadataStoreChanges(
  wanted: readonly WantedStore[],
  live: LiveDittoFs,
): readonly Change<MetadataStoreCalls>[] {
  return storeChanges<MetadataStoreCalls>(
    {
      family: "metadataStore",
      title: "Metadata store",
      create: (body) => ({ name: "createMetadataStore", body }),
    },
    wanted,
    live.metadataStores,
  );
}
