import type { DittoServer, MetadataStoreSpec } from "../../api/ditto-server.ts";
import { DEFAULT_STORE } from "../../api/group.ts";
import { metadataVolume } from "../volumes.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { type NewStore, storeChanges, type WantedStore } from "./store-changes.ts";
import { type StoreSetting, type StoreUpdate, settingsChange, settingsSent } from "./store-settings.ts";

export type MetadataStoreCalls = { readonly createMetadataStore: NewStore; readonly updateMetadataStore: StoreUpdate };

export type WantedMetadataStore = WantedStore & { readonly settings?: readonly StoreSetting[] };

/** The declared ones and, if a share relies on it, the implicit one: as they would stand in a spec that spells them out. */
export function metadataStores(server: DittoServer): readonly MetadataStoreSpec[] {
  const { spec } = server;
  const declared: readonly MetadataStoreSpec[] = spec.stores?.metadata ?? [];
  const isDeclared = declared.some(({ name }) => name === DEFAULT_STORE);
  const isUsed = (spec.shares ?? []).some(({ metadataStore }) => (metadataStore ?? DEFAULT_STORE) === DEFAULT_STORE);
  const type = metadataVolume.size(server) === undefined ? "memory" : "badger";
  const implicit: readonly MetadataStoreSpec[] = isUsed && !isDeclared ? [{ name: DEFAULT_STORE, type }] : [];
  return [...implicit, ...declared];
}

export function wantedMetadataStores(server: DittoServer): readonly WantedMetadataStore[] {
  return metadataStores(server).map((store) => ({
    name: store.name,
    type: store.type,
    config: place(store),
    ...(store.type === "badger" && { settings: badgerSettings(store) }),
  }));
}

/** A directory each, because badger locks its own against any second store; SQLite makes no directory, and does not lock. */
function place({ name, type }: MetadataStoreSpec): WantedStore["config"] {
  switch (type) {
    case "memory":
      return {};
    case "badger":
      return { path: `${metadataVolume.mountPath}/${name}` };
    case "sqlite":
      return { path: `${metadataVolume.mountPath}/${name}.db` };
    default:
      return type satisfies never;
  }
}

/** Beside each what the server does without it. */
function badgerSettings({ badger }: MetadataStoreSpec): readonly StoreSetting[] {
  return [
    { key: "block_cache_mb", wanted: badger?.blockCacheMB ?? 0, absent: 0 },
    { key: "index_cache_mb", wanted: badger?.indexCacheMB ?? 0, absent: 0 },
    { key: "relaxed_durability", wanted: badger?.relaxedDurability ?? true, absent: true },
  ];
}

export function metadataStoreChanges(
  wanted: readonly WantedMetadataStore[],
  live: LiveDittoFs,
): readonly Change<MetadataStoreCalls>[] {
  const changes = storeChanges<MetadataStoreCalls, WantedMetadataStore>(
    {
      family: "metadataStore",
      title: "Metadata store",
      create: ({ name, type, config, settings }) => ({
        name: "createMetadataStore",
        body: { name, type, config: { ...config, ...settingsSent(settings) } },
      }),
    },
    wanted,
    live.metadataStores,
  );
  return changes.map((change, at) => {
    const store = wanted[at];
    const present = live.metadataStores.find(({ name }) => name === change.name);
    if (store === undefined || present === undefined || change.problem !== undefined) return change;
    const update = settingsChange(store, present);
    if (update === undefined) return change;
    return { ...change, calls: [{ name: "updateMetadataStore", body: update.body }], what: update.what };
  });
}
