import * as z from "zod/mini";
import type { DittoFsAdapter, DittoFsApi } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, health, listOf, timeMs } from "./schemas.ts";

const path = "/api/v1/adapters";

const adapter = z.pipe(
  z.object({
    type: z.string(),
    enabled: z.boolean(),
    port: z.number(),
    updated_at: z.optional(z.string()),
    status: health,
    config: z.nullish(z.record(z.string(), z.unknown())),
  }),
  z.transform(({ type, enabled, port, updated_at, status, config }): DittoFsAdapter => {
    const updatedAtMs = timeMs(updated_at);
    return {
      type,
      enabled,
      port,
      health: status,
      ...(updatedAtMs === undefined ? {} : { updatedAtMs }),
      ...(config && { config }),
    };
  }),
);

type AdapterCalls = "adapters" | "putAdapter" | "createAdapter" | "protocolSettings" | "patchProtocolSettings";

export function adapterCalls(call: Rest): Pick<DittoFsApi, AdapterCalls> {
  return {
    adapters: (signal) => call({ method: "GET", path, schema: listOf(adapter), isList: true, signal }),
    putAdapter: ({ type, ...body }, signal) =>
      call({
        method: "PUT",
        path: `${path}/${encodeURIComponent(type)}`,
        body,
        schema: anything,
        signal,
      }),
    createAdapter: ({ type, enabled, port }, signal) =>
      call({ method: "POST", path, body: { type, enabled, port }, schema: anything, signal }),
    protocolSettings: (type, signal) => call({ method: "GET", path: settingsPath(type), schema: settings, signal }),
    patchProtocolSettings: ({ type, settings: body }, signal) =>
      call({ method: "PATCH", path: settingsPath(type), body, schema: anything, signal }),
  };
}

const settings = z.record(z.string(), z.unknown());

function settingsPath(type: string): string {
  return `${path}/${encodeURIComponent(type)}/settings`;
}
