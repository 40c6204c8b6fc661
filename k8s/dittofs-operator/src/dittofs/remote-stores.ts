import * as z from "zod/mini";
import type { DittoFsApi, DittoFsRemoteStore, DittoFsRemoteStoreSetting } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, health, listOf } from "./schemas.ts";
import { storeConfig } from "./stores.ts";

const path = "/api/v1/store/block/remote";

/** The server gives up on an object store after five seconds, and answers then. */
const timeoutMs = 8000;

const remoteStore = z.pipe(
  z.object({ id: z.string(), name: z.string(), type: z.string(), config: storeConfig, status: health }),
  z.transform(({ status, ...store }): DittoFsRemoteStore => ({ ...store, health: status })),
);

type RemoteStoreCalls =
  | "remoteStores"
  | "remoteStore"
  | "createRemoteStore"
  | "updateRemoteStore"
  | "removeRemoteStore";

export function remoteStoreCalls(call: Rest): Pick<DittoFsApi, RemoteStoreCalls> {
  const atName = (name: string): string => `${path}/${encodeURIComponent(name)}`;
  return {
    remoteStores: (signal) =>
      call({ method: "GET", path, schema: listOf(remoteStore), isList: true, timeoutMs, signal }),
    remoteStore: (name, signal) => call({ method: "GET", path: atName(name), schema: remoteStore, timeoutMs, signal }),
    createRemoteStore: ({ name, ...store }, signal) =>
      call({
        method: "POST",
        path,
        body: { name, ...sent(store) },
        ...hidden(store),
        schema: anything,
        timeoutMs,
        signal,
      }),
    updateRemoteStore: ({ name, ...store }, signal) =>
      call({
        method: "PUT",
        path: atName(name),
        body: sent(store),
        ...hidden(store),
        schema: anything,
        timeoutMs,
        signal,
      }),
    removeRemoteStore: ({ name }, signal) => call({ method: "DELETE", path: atName(name), schema: anything, signal }),
  };
}

type Setting = Omit<DittoFsRemoteStoreSetting, "name">;

/** The configuration travels as a string of JSON within the JSON. */
function sent({ type, config, keys }: Setting): Readonly<Record<string, string>> {
  const all =
    keys === undefined
      ? config
      : { ...config, access_key_id: keys.accessKeyId, secret_access_key: keys.secretAccessKey };
  return { type, config: JSON.stringify(all) };
}

function hidden({ keys }: Setting): { readonly secrets: readonly string[] } {
  return { secrets: keys === undefined ? [] : [keys.accessKeyId, keys.secretAccessKey] };
}
