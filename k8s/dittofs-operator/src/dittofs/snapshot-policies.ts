import * as z from "zod/mini";
import type { DittoFsSnapshotPolicy } from "../outside/dittofs-snapshot-policy.ts";
import type { DittoFsApi } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { anything, listOf } from "./schemas.ts";
import { sharePath } from "./share-path.ts";

const policy = z.pipe(
  z.object({
    share: z.string(),
    enabled: z.boolean(),
    interval: z.string(),
    keep_last: z.nullish(z.number()),
    ttl: z.nullish(z.string()),
    name_prefix: z.nullish(z.string()),
  }),
  z.transform(
    ({ share, enabled, interval, keep_last, ttl, name_prefix }): DittoFsSnapshotPolicy => ({
      share,
      enabled,
      interval,
      keepLast: keep_last ?? 0,
      namePrefix: name_prefix ?? "",
      ...(typeof ttl === "string" && ttl !== "" && { ttl }),
    }),
  ),
);

type PolicyCalls = "snapshotPolicies" | "putSnapshotPolicy" | "removeSnapshotPolicy";

export function snapshotPolicyCalls(call: Rest): Pick<DittoFsApi, PolicyCalls> {
  return {
    snapshotPolicies: (signal) =>
      call({ method: "GET", path: "/api/v1/snapshot-policies", schema: listOf(policy), isList: true, signal }),
    putSnapshotPolicy: ({ share, interval, enabled, keepLast, ttl, namePrefix }, signal) =>
      call({
        method: "PUT",
        path: policyPath(share),
        body: { interval, enabled, keep_last: keepLast, ttl, name_prefix: namePrefix },
        schema: anything,
        signal,
      }),
    removeSnapshotPolicy: ({ share }, signal) =>
      call({ method: "DELETE", path: policyPath(share), schema: anything, signal }),
  };
}

function policyPath(share: string): string {
  return `${sharePath(share)}/snapshot-policy`;
}
