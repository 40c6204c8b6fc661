import * as z from "zod/mini";
import type { DittoFsApi, DittoFsNewStore, DittoFsStore } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";

/** An object, or before v0.24 a string that holds one; what cannot be read compares unequal to everything wanted. */
export const storeConfig = z.pipe(
  z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
  z.transform(
    (value): Readonly<Record<string, unknown>> => (typeof value === "string" ? objectIn(value) : (value ?? {})),
  ),
);

const store = z.pipe(
  z.object({ id: z.string(), name: z.string(), type: z.string(), config: storeConfig }),
  z.transform((value): DittoFsStore => value),
);

type StoreCalls = "metadataStores" | "createMetadataStore" | "updateMetadataStore" | "localStores" | "createLocalStore";

export function storeCalls(call: Rest): Pick<DittoFsApi, StoreCalls> {
  const list = (path: string) => (signal: AbortSignal) =>
    call({ method: "GET", path, schema: listOf(store), isList: true, signal });
  /** The configuration travels as a string of JSON within the JSON. */
  const create = (path: string) => (body: DittoFsNewStore, signal: AbortSignal) =>
    call({ method: "POST", path, body: { ...body, config: JSON.stringify(body.config) }, schema: anything, signal });
  return {
    metadataStores: list("/api/v1/store/metadata"),
    createMetadataStore: create("/api/v1/store/metadata"),
    updateMetadataStore: ({ name, type, config }, signal) =>
      call({
        method: "PUT",
        path: `/api/v1/store/metadata/${encodeURIComponent(name)}`,
        body: { type, config: JSON.stringify(config) },
        schema: anything,
        signal,
      }),
    localStores: list("/api/v1/store/block/local"),
    createLocalStore: create("/api/v1/store/block/local"),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    const result = z.safeParse(z.record(z.string(), z.unknown()), value);
    return result.success ? result.data : {};
  } catch {
    return {};
  }
}
