import type { DittoFs, DittoFsApi, DittoFsNewStore, DittoFsStore } from "../../src/outside.ts";
import { relocatedIdentity } from "./relocated-identity.ts";

/** The same API with `/data` somewhere else, so that a test leaves the machine's own `/data` alone. */
export function relocated(dittofs: DittoFs, folder: string): DittoFs {
  return { ...dittofs, api: (target, token) => relocatedApi(dittofs.api(target, token), folder) };
}

function relocatedApi(api: DittoFsApi, folder: string): DittoFsApi {
  const away = (store: DittoFsNewStore): DittoFsNewStore => moved(store, (path) => `${folder}${path}`);
  const back = (store: DittoFsStore): DittoFsStore =>
    moved(store, (path) => (path.startsWith(folder) ? path.slice(folder.length) : path));
  const list = (read: DittoFsApi["localStores"]): DittoFsApi["localStores"] => {
    return async (signal) => {
      const answer = await read(signal);
      return answer.code === "ok" ? { code: "ok", value: answer.value.map(back) } : answer;
    };
  };
  return {
    ...api,
    ...relocatedIdentity(api, folder),
    metadataStores: list(api.metadataStores),
    localStores: list(api.localStores),
    updateMetadataStore: (store, signal) => api.updateMetadataStore(away(store), signal),
    createMetadataStore: (store, signal) => api.createMetadataStore(away(store), signal),
    createLocalStore: (store, signal) => api.createLocalStore(away(store), signal),
  };
}

function moved<Store extends DittoFsNewStore>(store: Store, move: (path: string) => string): Store {
  const { path } = store.config;
  return typeof path === "string" ? { ...store, config: { ...store.config, path: move(path) } } : store;
}
