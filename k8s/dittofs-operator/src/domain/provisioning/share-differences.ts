import { durationMs } from "../duration.ts";
import type { LiveShare } from "./live-dittofs.ts";
import {
  type ShareFlag,
  type ShareNfsSettings,
  type ShareSettings,
  type ShareTrash,
  shareFlagNames,
} from "./share-settings.ts";
import { isShownAs } from "./shown-size.ts";
import type { WantedShare } from "./wanted-shares.ts";

/** One setting that is not as it should be: what to send, and for people what changes. */
export type SettingDifference = {
  readonly setting: keyof ShareSettings;
  readonly sent: Partial<ShareSettings>;
  readonly what: string;
};

export function settingDifferences(wanted: WantedShare, live: LiveShare): readonly SettingDifference[] {
  const { readOnly, defaultPermission, trash } = wanted;
  return [
    ...(isSameRetention(wanted, live)
      ? []
      : [
          {
            setting: "retentionPolicy",
            sent: sentRetention(wanted),
            what: `retention ${live.retentionPolicy} -> ${wanted.retentionPolicy}`,
          } as const,
        ]),
    ...(live.readOnly === readOnly
      ? []
      : [{ setting: "readOnly", sent: { readOnly }, what: readOnly ? "made read-only" : "made writable" } as const]),
    ...(live.defaultPermission === defaultPermission
      ? []
      : [
          {
            setting: "defaultPermission",
            sent: { defaultPermission },
            what: `default permission ${live.defaultPermission} -> ${defaultPermission}`,
          } as const,
        ]),
    ...sizeDifference({ setting: "localStoreSize", title: "local store size" }, wanted.localStoreSizeBytes, live),
    ...sizeDifference({ setting: "readBufferSize", title: "read buffer size" }, wanted.readBufferBytes, live),
    ...sizeDifference({ setting: "quota", title: "quota" }, wanted.quotaBytes, live),
    ...shareFlagNames.flatMap((flag) => flagDifference(flag, wanted, live)),
    ...(trash === undefined || isSameTrash(trash, live.trash)
      ? []
      : [{ setting: "trash", sent: { trash }, what: `trash ${trash.enabled ? "set" : "switched off"}` } as const]),
  ];
}

type SizeSetting = "localStoreSize" | "readBufferSize" | "quota";

function sizeDifference(
  { setting, title }: { readonly setting: SizeSetting; readonly title: string },
  bytes: bigint | undefined,
  live: LiveShare,
): readonly SettingDifference[] {
  const shown = live[setting];
  const isSame = bytes === undefined || (bytes === 0n && shown === undefined) || isShownAs(bytes, shown);
  if (isSame) return [];
  const now = bytes === 0n ? "unset" : `${bytes} bytes`;
  return [{ setting, sent: { [setting]: `${bytes}` }, what: `${title} ${shown ?? "unset"} -> ${now}` }];
}

function flagDifference(flag: ShareFlag, wanted: WantedShare, live: LiveShare): readonly SettingDifference[] {
  if (wanted[flag] === live[flag]) return [];
  return [{ setting: flag, sent: { [flag]: wanted[flag] }, what: `${flag} ${live[flag]} -> ${wanted[flag]}` }];
}

function isSameTrash(wanted: ShareTrash, live: ShareTrash): boolean {
  return (
    wanted.enabled === live.enabled &&
    wanted.retentionDays === live.retentionDays &&
    wanted.restrictToAdmin === live.restrictToAdmin &&
    wanted.maxBytes === live.maxBytes &&
    wanted.excludePatterns.length === live.excludePatterns.length &&
    wanted.excludePatterns.every((pattern) => live.excludePatterns.includes(pattern))
  );
}

/** Heeded only by shares with a remote store. */
function isSameRetention({ remoteStore, retentionPolicy, retentionTtl }: WantedShare, live: LiveShare): boolean {
  if (remoteStore === undefined) return true;
  if (live.retentionPolicy !== retentionPolicy) return false;
  return retentionTtl === undefined || isSameDuration(retentionTtl, live.retentionTtl);
}

function isSameDuration(wanted: string, live: string | undefined): boolean {
  try {
    return live !== undefined && durationMs(live) === durationMs(wanted);
  } catch {
    return false;
  }
}

export function sentRetention({ retentionPolicy, retentionTtl }: WantedShare) {
  return { retentionPolicy, ...(retentionTtl !== undefined && { retentionTtl }) };
}

export type NfsDifference = { readonly sent: Partial<ShareNfsSettings>; readonly what: string };

/** The NFS settings that differ; undefined when none does. */
export function nfsDifference(wanted: ShareNfsSettings, live: ShareNfsSettings): NfsDifference | undefined {
  const names = Object.keys(wanted) as readonly (keyof ShareNfsSettings)[]; // its keys and no others
  const differing = names.filter((name) => wanted[name] !== live[name]);
  if (differing.length === 0) return undefined;
  return {
    sent: Object.fromEntries(differing.map((name) => [name, wanted[name]])),
    what: differing.map((name) => `${name} ${live[name]} -> ${wanted[name]}`).join(", "),
  };
}
