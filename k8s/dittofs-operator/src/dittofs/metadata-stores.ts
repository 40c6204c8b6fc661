import type { DittoFsApi, DittoFsMetadataStoreSetting } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";
import { store } from "./stores.ts";

const path = "/api/v1/store/metadata";
/** The server gives up on a database after five seconds, and answers then. */
const timeoutMs = 8000;

type MetadataStoreCalls = "metadataStores" | "createMetadataStore" | "updateMetadataStore" | "removeMetadataStore";

export function metadataStoreCalls(call: Rest): Pick<DittoFsApi, MetadataStoreCalls> {
  return {
    metadataStores: (signal) => call({ method: "GET", path, schema: listOf(store), isList: true, signal }),
    createMetadataStore: (setting, signal) =>
      call({ method: "POST", path, body: { name: setting.name, ...sent(setting) }, ...shared(setting), signal }),
    updateMetadataStore: (setting, signal) =>
      call({
        method: "PUT",
        path: `${path}/${encodeURIComponent(setting.name)}`,
        body: sent(setting),
        ...shared(setting),
        signal,
      }),
    removeMetadataStore: ({ name }, signal) =>
      call({ method: "DELETE", path: `${path}/${encodeURIComponent(name)}`, schema: anything, signal }),
  };
}

/** The configuration travels as a string of JSON within the JSON. */
function sent({ type, config, password }: DittoFsMetadataStoreSetting): Readonly<Record<string, string>> {
  return { type, config: JSON.stringify({ ...config, ...(password !== undefined && { password }) }) };
}

function shared({ password }: DittoFsMetadataStoreSetting) {
  return { schema: anything, timeoutMs, secrets: password === undefined ? [] : [password] };
}
