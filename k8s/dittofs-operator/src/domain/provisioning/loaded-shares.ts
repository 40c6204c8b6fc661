import type { LiveDittoFs, LiveShare } from "./live-dittofs.ts";
import {
  areShareSettingsAsWanted,
  areStartSettingsAsWanted,
  digestAtCreation,
  isProtectedAtStart,
  loadedOtherwise,
  loadedUnprotected,
  loadedUnseen,
  startDigest,
} from "./start-settings.ts";
import type { WantedShare } from "./wanted-shares.ts";

/** By name of a share that the spec names, or did, the digest of the start settings with which the process loaded it. */
export type LoadedShares = ReadonlyMap<string, string>;

/** What a look at the server tells of it. */
export type LoadedLook = Pick<LiveDittoFs, "shares" | "shareNfsConfigs" | "declaredShares">;

/**
 * What the process has loaded. At the first look at a process (`before` is undefined) that is what the server shows; a share
 * that appears later was created by this process. What is known stays, whatever the server shows afterwards.
 */
export function loadedShares(
  wanted: readonly WantedShare[],
  live: LoadedLook,
  before: LoadedShares | undefined,
): LoadedShares {
  const named = new Set(wanted.map(({ name }) => name));
  const loaded = new Map<string, string>();
  const present = new Map(live.shares.map((share) => [share.name, share]));
  // A list can be empty for a moment: that is no proof that a share is gone.
  for (const [name, digest] of before ?? [])
    if (present.has(name) || live.shares.length === 0) loaded.set(name, digest);
  for (const name of live.declaredShares) if (!named.has(name) && !loaded.has(name)) loaded.set(name, loadedOtherwise);
  for (const share of wanted) {
    const shown = present.get(share.name);
    const known = loaded.get(share.name);
    if (shown === undefined || (known !== undefined && known !== loadedUnseen)) continue;
    const isFirstLook = before === undefined || known === loadedUnseen;
    loaded.set(share.name, isFirstLook ? atFirstLook(share, shown, live) : madeByProcess(share, shown));
  }
  return loaded;
}

function madeByProcess(share: WantedShare, shown: LiveShare): string {
  if (isProtectedAtStart(share)) return loadedUnprotected;
  return areShareSettingsAsWanted(share, shown) ? digestAtCreation(share) : loadedOtherwise;
}

/** Nothing is changed on what cannot be looked at, so that it can be found out later what the process has loaded. */
function atFirstLook(share: WantedShare, shown: LiveShare, live: LoadedLook): string {
  const isAsWanted = shown.isAssumed === true ? undefined : areStartSettingsAsWanted(share, shown, live);
  // No status tells of it, and it is not as it is left: an operator was killed while it made it, in this process.
  const isUnfinished = isAsWanted !== true || shown.enabled !== share.enabled;
  if (isUnfinished && isProtectedAtStart(share) && !live.declaredShares.has(share.name)) return loadedUnprotected;
  if (isAsWanted === undefined) return loadedUnseen;
  return isAsWanted ? startDigest(share) : loadedOtherwise;
}

/** Shares that are as wanted on the server and not in its process, which loaded them with other settings. */
export function outdatedShares(
  wanted: readonly WantedShare[],
  live: LoadedLook,
  loaded: LoadedShares,
): readonly string[] {
  return wanted.flatMap((share) => {
    const shown = live.shares.find(({ name }) => name === share.name);
    const digest = loaded.get(share.name);
    if (shown === undefined || digest === undefined || digest === loadedUnseen || digest === startDigest(share))
      return [];
    return areStartSettingsAsWanted(share, shown, live) === true ? [share.name] : [];
  });
}
