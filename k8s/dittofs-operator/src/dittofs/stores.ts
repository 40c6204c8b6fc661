import * as z from "zod/mini";
import type { DittoFsApi, DittoFsStore } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";

/** An object, or before v0.24 a string that holds one; what cannot be read compares unequal to everything wanted. */
export const storeConfig = z.pipe(
  z.nullish(z.union([z.string(), z.record(z.string(), z.unknown())])),
  z.transform(
    (value): Readonly<Record<string, unknown>> => (typeof value === "string" ? objectIn(value) : (value ?? {})),
  ),
);

export const store = z.pipe(
  z.object({ id: z.string(), name: z.string(), type: z.string(), config: storeConfig }),
  z.transform((value): DittoFsStore => value),
);

type LocalStoreCalls = "localStores" | "createLocalStore" | "removeLocalStore";

export function localStoreCalls(call: Rest): Pick<DittoFsApi, LocalStoreCalls> {
  const path = "/api/v1/store/block/local";
  return {
    localStores: (signal) => call({ method: "GET", path, schema: listOf(store), isList: true, signal }),
    /** The configuration travels as a string of JSON within the JSON. */
    createLocalStore: (body, signal) =>
      call({ method: "POST", path, body: { ...body, config: JSON.stringify(body.config) }, schema: anything, signal }),
    removeLocalStore: ({ name }, signal) =>
      call({ method: "DELETE", path: `${path}/${encodeURIComponent(name)}`, schema: anything, signal }),
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
