import * as z from "zod/mini";
import type { DittoFsApi } from "../outside.ts";
import type { Rest } from "./rest.ts";
import { sharePath } from "./share-path.ts";

const unsyncedBytes = z.pipe(
  z.object({ totals: z.object({ unsynced_bytes: z.number() }) }),
  z.transform(({ totals }): number => totals.unsynced_bytes),
);

/** An answer of another form, such as an empty list, does not say that anything is uploaded. */
const drained = z.object({ status: z.literal("drained") });

/** After its own timeout the server answers that it gave up: that answer is worth waiting for. */
const graceMs = 2000;

export function blockStoreCalls(call: Rest): Pick<DittoFsApi, "unsyncedBytes" | "shareUnsyncedBytes" | "drainUploads"> {
  return {
    unsyncedBytes: (signal) =>
      call({ method: "GET", path: "/api/v1/blockstore/stats", schema: unsyncedBytes, isList: true, signal }),
    shareUnsyncedBytes: (name, signal) =>
      call({ method: "GET", path: `${sharePath(name)}/blockstore/stats`, schema: unsyncedBytes, signal }),
    drainUploads: ({ limitMs }, signal) =>
      call({
        method: "POST",
        path: "/api/v1/system/drain-uploads",
        schema: drained,
        timeoutMs: limitMs + graceMs,
        signal,
      }),
  };
}
