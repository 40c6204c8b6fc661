import type { DittoServer, LocalStoreSpec, ShareSpec } from "../../api/ditto-server.ts";
import { DEFAULT_STORE } from "../../api/group.ts";
import { quantityBytes } from "../quantity.ts";
import { isForCache } from "./cache-journals.ts";
import { localStores, localStoreVolumes } from "./local-stores.ts";

/** The rest of the volume is for the journal's dead space, snapshots and the file system itself. */
const usablePercent = 85n;

/**
 * How many bytes of its volume each share may take, by share name. Never left to the server: without a size it takes a
 * quarter of the memory it detects, and writes beyond that stall and then fail. Shares in memory have no volume and no entry.
 * `journals`: where shares are that could be on either volume.
 */
export function localStoreSizes(
  server: DittoServer,
  journals: "cache" | "content" = "cache",
): ReadonlyMap<string, bigint> {
  const shares: readonly ShareSpec[] = server.spec.shares ?? [];
  const volumeOf = new Map(localStores(server).map((store) => [store.name, volume(store)]));
  const shareVolume = (share: ShareSpec): Volume | undefined =>
    isForCache(server, share) ? journals : volumeOf.get(share.localStore ?? DEFAULT_STORE);

  const sizes = new Map<string, bigint>();
  for (const share of shares) {
    const size = share.localStoreSize === undefined ? undefined : quantityBytes(share.localStoreSize);
    const onVolume = shareVolume(share);
    const neighbours = BigInt(shares.filter((each) => shareVolume(each) === onVolume).length);
    const even =
      onVolume === undefined ? undefined : (volumeBytes(server, onVolume) * usablePercent) / 100n / neighbours;
    const wanted = size ?? even;
    if (wanted !== undefined && wanted > 0n) sizes.set(share.name, wanted);
  }
  return sizes;
}

type Volume = NonNullable<LocalStoreSpec["filesystem"]>["volume"];

function volume({ type, filesystem }: LocalStoreSpec): Volume | undefined {
  return type === "filesystem" ? filesystem?.volume : undefined;
}

function volumeBytes(server: DittoServer, name: Volume): bigint {
  const size = localStoreVolumes[name].size(server);
  return size === undefined ? 0n : quantityBytes(size);
}
