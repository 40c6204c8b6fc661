import { isReachable } from "../../domain/provisioning/dead-stores.ts";
import type { LiveDittoFs, LiveRemoteStore, LiveShare } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { removedShares } from "../../domain/provisioning/removed-shares.ts";
import { authorized } from "./authorized.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { Read } from "./pass-end.ts";
import { readEnd } from "./read-list.ts";

type Found = Pick<LiveDittoFs, "declaredShares"> & {
  readonly shares: readonly LiveShare[];
  readonly remoteStores: readonly LiveRemoteStore[];
};

/** Asked only of shares that are to be removed, once nobody writes to them any more. */
export async function readUnsyncedShares(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  found: Found,
): Promise<Read<LiveDittoFs["unsyncedShares"]>> {
  const removed = new Set(wanted.deletionPolicy === "Delete" ? removedShares(wanted, found) : []);
  const reachable = new Set(found.remoteStores.filter(isReachable).map(({ id }) => id));
  const unsynced = new Map<string, number>();
  for (const { name, enabled, remoteStoreId } of found.shares) {
    if (!removed.has(name) || enabled || remoteStoreId === undefined || !reachable.has(remoteStoreId)) continue;
    const read = await authorized(pass, (api, signal) => api.shareUnsyncedBytes(name, signal));
    if (read.code === "ok") unsynced.set(name, read.value);
    else if (read.code !== "notFound") return readEnd(pass, read);
  }
  return { code: "ok", value: unsynced };
}
