import type { DittoServer, LocalStoreSpec } from "../../api/ditto-server.ts";
import type { Change } from "./change.ts";
import { DEFAULT_STORE } from "../../api/group.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { storeChanges, type WantedStore } from "./store-changes.ts";

export type LocalStoreCalls = { readonly createLocalStore: WantedStore };

/** Mount points of the volumes that can hold file contents. */
const mountPoints = { content: "/data/store/block", cache: "/data/store/cache" } as const;

/** The declared ones and, if a share relies on it, the implicit one: as they would stand in a spec that spells them out. */
export function localStores({ spec }: DittoServer): readonly LocalStoreSpec[] {
  const declared: readonly LocalStoreSpec[] = spec.stores?.local ?? [];
  const isDeclared = declared.some(({ name }) => name === DEFAULT_STORE);
  const isUsed = (spec.shares ?? []).some(({ localStore }) => (localStore ?? DEFAULT_STORE) === DEFAULT_STORE);
  return [...(isUsed && !isDeclared ? [implicitStore(spec)] : []), ...declared];
}

function implicitStore({ storage }: DittoServer["spec"]): LocalStoreSpec {
  const volume =
    storage?.contentSize !== undefined ? "content" : storage?.cacheSize !== undefined ? "cache" : undefined;
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
  if (path === undefined && name === DEFAULT_STORE && volume === "content") return mountPoints.content;
  return `${mountPoints[volume]}/${path ?? name}`;
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
