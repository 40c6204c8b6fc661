import { createHash } from "node:crypto";
import type { LiveDittoFs, LiveShare } from "./live-dittofs.ts";
import { nfsDifference, settingDifferences } from "./share-differences.ts";
import {
  nfsDefaults,
  type ShareNfsSettings,
  type ShareSettings,
  shareFlagNames,
  shareFlags,
} from "./share-settings.ts";
import type { WantedShare } from "./wanted-shares.ts";

/** Of what NFS alone keeps, what the server reads only when it loads a share. */
const nfsAtStart = ["allowAuthSys", "requireKerberos", "minKerberosLevel", "disableReaddirplus"] as const;

/** What the process has loaded of a share that differs in a way that nobody knows any more; equals no digest. */
export const loadedOtherwise = "?";

/** The share was there when the process was seen first, and not all of it could be looked at yet; equals no digest. */
export const loadedUnseen = "~";

/**
 * The process has made a share that asks for protection which it takes up only when it loads a share: nobody may use it before another
 * process has. Equals no digest.
 */
export const loadedUnprotected = "!";

/** Whether a share asks of NFS clients what the server heeds only for shares that it has loaded since. */
export function isProtectedAtStart({ nfs }: WantedShare): boolean {
  return nfs.requireKerberos || !nfs.allowAuthSys || nfs.minKerberosLevel !== nfsDefaults.minKerberosLevel;
}

/** A digest of the settings that the server reads when it loads a share, as far as the spec gives them; empty when it gives none. */
export function startDigest(share: WantedShare): string {
  return digest([...ofShare(share), ...ofNfs(share)]);
}

/** The same of a share that the present process created: what NFS alone keeps came after the share was loaded. */
export function digestAtCreation(share: WantedShare): string {
  return digest(ofShare(share));
}

type Setting = readonly [name: string, value: string | boolean];

function ofShare(share: WantedShare): readonly Setting[] {
  const { givenLocalStoreBytes, readBufferBytes } = share;
  return [
    ...shareFlagNames.flatMap((flag) => (share[flag] === shareFlags[flag] ? [] : [[flag, share[flag]] as const])),
    ...(givenLocalStoreBytes === undefined ? [] : [["localStoreSize", `${givenLocalStoreBytes}`] as const]),
    ...(readBufferBytes === 0n ? [] : [["readBufferSize", `${readBufferBytes}`] as const]),
  ];
}

function ofNfs({ nfs }: WantedShare): readonly Setting[] {
  return nfsAtStart.flatMap((name) => (nfs[name] === nfsDefaults[name] ? [] : [[name, nfs[name]] as const]));
}

function digest(settings: readonly Setting[]): string {
  if (settings.length === 0) return "";
  return createHash("sha256").update(JSON.stringify(settings)).digest("base64url").slice(0, 12);
}

/** Whether the server shows these settings as they are wanted; undefined while what NFS keeps is not known. */
export function areStartSettingsAsWanted(
  wanted: WantedShare,
  live: LiveShare,
  { shareNfsConfigs }: Pick<LiveDittoFs, "shareNfsConfigs">,
): boolean | undefined {
  if (!areShareSettingsAsWanted(wanted, live)) return false;
  const config = shareNfsConfigs.get(live.id);
  if (config?.kind !== "read") return undefined;
  const sent: Partial<ShareNfsSettings> = nfsDifference(wanted.nfs, config.settings)?.sent ?? {};
  return nfsAtStart.every((name) => sent[name] === undefined);
}

export function areShareSettingsAsWanted(wanted: WantedShare, live: LiveShare): boolean {
  const atStart = new Set<keyof ShareSettings>([...shareFlagNames, "readBufferSize"]);
  if (wanted.givenLocalStoreBytes !== undefined) atStart.add("localStoreSize");
  return settingDifferences(wanted, live).every(({ setting }) => !atStart.has(setting));
}
