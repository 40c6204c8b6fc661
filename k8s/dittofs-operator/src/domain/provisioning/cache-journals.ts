import type { DittoServer, ShareSpec } from "../../api/ditto-server.ts";
import { CACHE_STORE, DEFAULT_STORE } from "../../api/group.ts";
import { cacheVolume, contentVolume } from "../volumes/volumes.ts";
import type { LiveDittoFs, LiveShare } from "./live-dittofs.ts";
import type { WantedShare } from "./wanted-shares.ts";

type Named = { readonly name: string };
type Wanted = { readonly shares: readonly WantedShare[]; readonly localStores: readonly Named[] };

/** Whether a share that is new has its journal on the cache volume: it uploads, names no local store, and there are both volumes. */
export function isForCache(server: DittoServer, { localStore, remoteStore }: ShareSpec): boolean {
  const declared = server.spec.stores?.local ?? [];
  return (
    remoteStore !== undefined &&
    localStore === undefined &&
    cacheVolume.size(server) !== undefined &&
    contentVolume.size(server) !== undefined &&
    declared.every(({ name }) => name !== DEFAULT_STORE && name !== CACHE_STORE)
  );
}

/** By share that could be on either volume, on which it is. */
export type Journals = ReadonlyMap<string, "cache" | "content">;

/**
 * As the server shows it, or as is remembered of a share that it does not show. One that is known from before and of which nothing is
 * remembered was there before the cache volume.
 */
export function journals(
  { shares }: Pick<Wanted, "shares">,
  live: Pick<LiveDittoFs, "shares" | "localStores" | "declaredShares">,
  before: Journals,
): Journals {
  return new Map(
    shares.flatMap(({ name, onContent }): readonly (readonly [string, "cache" | "content"])[] => {
      if (onContent === undefined) return [];
      const place = placeOf(
        live.shares.find((share) => share.name === name),
        live,
      );
      if (place !== undefined) return [[name, place === CACHE_STORE ? "cache" : "content"]];
      const known = before.get(name) ?? (live.declaredShares.has(name) ? "content" : undefined);
      return known === undefined ? [] : [[name, known]];
    }),
  );
}

/**
 * The wanted shares with their local stores where they are: a journal that moved would leave behind what is not uploaded. One that the
 * server has forgotten is made again where it was; what was there before the cache volume lies on the content volume.
 */
export function settledJournals<Asked extends Wanted>(asked: Asked, live: LiveDittoFs): Asked {
  if (asked.shares.every(({ onContent }) => onContent === undefined)) return asked;
  const shares = asked.shares.map((share) => settled(share, live));
  const used = new Set(shares.map(({ localStore }) => localStore));
  const isWanted = ({ name }: Named) => (name !== CACHE_STORE && name !== DEFAULT_STORE) || used.has(name);
  return { ...asked, shares, localStores: asked.localStores.filter(isWanted) };
}

function settled(share: WantedShare, live: LiveDittoFs): WantedShare {
  const { name, onContent } = share;
  const place = live.journals.get(name);
  if (onContent === undefined || place === "cache") return share;
  if (place === "content") return { ...share, localStore: DEFAULT_STORE, ...onContent };
  // Of one that is there and of which nobody knows where it lies, nobody knows how much room it has.
  const isNew = live.shares.every((each) => each.name !== name);
  return isNew ? share : { ...share, localStoreSizeBytes: undefined };
}

function placeOf(share: LiveShare | undefined, { localStores }: Pick<LiveDittoFs, "localStores">): string | undefined {
  if (share === undefined || share.isAssumed === true) return undefined;
  return localStores.find(({ id, name }) => id === share.localStoreId || name === share.localStoreId)?.name;
}
