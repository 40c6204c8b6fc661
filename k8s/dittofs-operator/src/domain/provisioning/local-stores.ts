import type { DittoServer, LocalStoreSpec } from "../../api/ditto-server.ts";
import { CACHE_STORE, DEFAULT_STORE } from "../../api/group.ts";
import { cacheVolume, contentVolume } from "../volumes/volumes.ts";
import { isForCache } from "./cache-journals.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { storeChanges, type WantedStore } from "./store-changes.ts";

export type LocalStoreCalls = { readonly createLocalStore: WantedStore };

/** The volumes that can hold file contents, as the spec calls them. */
export const localStoreVolumes = { content: contentVolume, cache: cacheVolume } as const;

/** The declared ones and, if a share relies on it, the implicit one: as they would stand in a spec that spells them out. */
export function localStores(server: DittoServer): readonly LocalStoreSpec[] {
  const { spec } = server;
  const declared: readonly LocalStoreSpec[] = spec.stores?.local ?? [];
  const isDeclared = declared.some(({ name }) => name === DEFAULT_STORE);
  const isUsed = (spec.shares ?? []).some(({ localStore }) => (localStore ?? DEFAULT_STORE) === DEFAULT_STORE);
  const hasJournals = (spec.shares ?? []).some((share) => isForCache(server, share));
  return [
    ...(isUsed && !isDeclared ? [implicitStore(server)] : []),
    ...(hasJournals ? [journalStore] : []),
    ...declared,
  ];
}

const journalStore: LocalStoreSpec = { name: CACHE_STORE, type: "filesystem", filesystem: { volume: "cache" } };

function implicitStore(server: DittoServer): LocalStoreSpec {
  const volume = (["content", "cache"] as const).find((name) => localStoreVolumes[name].size(server) !== undefined);
  if (volume === undefined) return { name: DEFAULT_STORE, type: "memory" };
  return { name: DEFAULT_STORE, type: "filesystem", filesystem: { volume } };
}

export function wantedLocalStores(server: DittoServer): readonly WantedStore[] {
  return localStores(server).map(({ name, type, filesystem }) =>
    type === "memory" || filesystem === undefined
      ? { name, type: "memory", config: {} }
      : { name, type: "fs", config: { path: directory(name, filesystem) } },
  );
}

/** `default` on the content volume is the mount point itself, where existing installations have their files. */
function directory(name: string, { volume, path }: NonNullable<LocalStoreSpec["filesystem"]>): string {
  if (path === undefined && name === DEFAULT_STORE && volume === "content") return contentVolume.mountPath;
  return `${localStoreVolumes[volume].mountPath}/${path ?? name}`;
}

export function localStoreChanges(
  wanted: readonly WantedStore[],
  live: LiveDittoFs,
): readonly Change<LocalStoreCalls>[] {
  return storeChanges<LocalStoreCalls>(
    { family: "localStore", title: "Local store", create: (body) => ({ name: "createLocalStore", body }) },
    wanted,
    live.localStores,
  );
}
