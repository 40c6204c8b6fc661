import * as z from "zod/mini";
import type { DittoFsApi, DittoFsShare } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, health, listOf } from "./schemas.ts";
import { sharePath } from "./share-path.ts";

const path = "/api/v1/shares";

/** Sizes are strings such as `17.00GiB`; a number would be bytes. */
const size = z.pipe(
  z.nullish(z.union([z.string(), z.number()])),
  z.transform((value): string | undefined =>
    value === null || value === undefined || value === "" ? undefined : String(value),
  ),
);

const share = z.pipe(
  z.object({
    id: z.string(),
    name: z.string(),
    metadata_store_id: z.nullish(z.string()),
    local_block_store_id: z.nullish(z.string()),
    remote_block_store_id: z.nullish(z.string()),
    retention_policy: z.nullish(z.string()),
    retention_ttl: z.nullish(z.string()),
    enabled: z.boolean(),
    read_only: z.nullish(z.boolean()),
    default_permission: z.nullish(z.string()),
    local_store_size: size,
    status: health,
  }),
  z.transform(
    (value): DittoFsShare => ({
      id: value.id,
      name: value.name,
      metadataStoreId: value.metadata_store_id ?? "",
      localStoreId: value.local_block_store_id ?? "",
      retentionPolicy: value.retention_policy ?? "lru",
      enabled: value.enabled,
      readOnly: value.read_only ?? false,
      defaultPermission: value.default_permission ?? "none",
      health: value.status,
      ...(typeof value.remote_block_store_id === "string" && { remoteStoreId: value.remote_block_store_id }),
      ...(typeof value.retention_ttl === "string" && { retentionTtl: value.retention_ttl }),
      ...(value.local_store_size === undefined ? {} : { localStoreSize: value.local_store_size }),
    }),
  ),
);

const nfsConfig = z.object({ squash: z.string() });

type ShareCalls =
  | "shares"
  | "createShare"
  | "updateShare"
  | "enableShare"
  | "disableShare"
  | "shareNfsConfig"
  | "patchShareNfsConfig";

export function shareCalls(call: Rest): Pick<DittoFsApi, ShareCalls> {
  const post = (to: string, signal: AbortSignal) => call({ method: "POST", path: to, schema: anything, signal });
  return {
    shares: (signal) => call({ method: "GET", path, schema: listOf(share), isList: true, signal }),
    createShare: (body, signal) =>
      call({
        method: "POST",
        path,
        body: {
          name: body.name,
          metadata_store_id: body.metadataStore,
          local_block_store: body.localStore,
          remote_block_store: body.remoteStore,
          retention_policy: body.retentionPolicy,
          retention_ttl: body.retentionTtl,
          read_only: body.readOnly,
          default_permission: body.defaultPermission,
          local_store_size: body.localStoreSize,
        },
        schema: anything,
        signal,
      }),
    updateShare: ({ name, readOnly, defaultPermission, localStoreSize, retentionPolicy, retentionTtl }, signal) =>
      call({
        method: "PUT",
        path: sharePath(name),
        body: {
          read_only: readOnly,
          default_permission: defaultPermission,
          local_store_size: localStoreSize,
          retention_policy: retentionPolicy,
          retention_ttl: retentionTtl,
        },
        schema: anything,
        signal,
      }),
    enableShare: ({ name }, signal) => post(`${sharePath(name)}/enable`, signal),
    disableShare: ({ name }, signal) => post(`${sharePath(name)}/disable`, signal),
    shareNfsConfig: (name, signal) =>
      call({ method: "GET", path: `${sharePath(name)}/adapters/nfs/config`, schema: nfsConfig, signal }),
    patchShareNfsConfig: ({ share: name, squash }, signal) =>
      call({
        method: "PATCH",
        path: `${sharePath(name)}/adapters/nfs/config`,
        body: { squash },
        schema: nfsConfig,
        signal,
      }),
  };
}
