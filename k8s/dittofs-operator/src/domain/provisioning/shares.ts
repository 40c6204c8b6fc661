import { durationMs } from "../duration.ts";
import type { Call, Change } from "./change.ts";
import type { LiveDittoFs, LiveShare, LiveStore } from "./live-dittofs.ts";
import { isShownAs } from "./shown-size.ts";
import type { WantedShare } from "./wanted-shares.ts";

export type ShareCalls = {
  readonly createShare: {
    readonly name: string;
    readonly metadataStore: string;
    readonly localStore: string;
    readonly remoteStore?: string;
    readonly retentionPolicy?: string;
    readonly retentionTtl?: string;
    readonly readOnly: boolean;
    readonly defaultPermission: string;
    readonly localStoreSize?: string;
  };
  readonly updateShare: {
    readonly name: string;
    readonly retentionPolicy?: string;
    readonly retentionTtl?: string;
    readonly readOnly?: boolean;
    readonly defaultPermission?: string;
    readonly localStoreSize?: string;
  };
  readonly enableShare: { readonly name: string };
  readonly disableShare: { readonly name: string };
  readonly patchShareNfsConfig: { readonly share: string; readonly squash: string };
};

type Difference = { readonly what: string; readonly calls: readonly Call<ShareCalls>[] };

export function shareChanges(wanted: readonly WantedShare[], live: LiveDittoFs): readonly Change<ShareCalls>[] {
  return wanted.map((share) => {
    const present = live.shares.find(({ name }) => name === share.name);
    return present === undefined ? creation(share) : update(share, present, live);
  });
}

/** Neither squash nor enabled is part of the POST. */
function creation(share: WantedShare): Change<ShareCalls> {
  const { name, metadataStore, localStore, remoteStore, readOnly, defaultPermission } = share;
  return {
    family: "share",
    name,
    needs: [
      { family: "metadataStore", name: metadataStore },
      { family: "localStore", name: localStore },
      ...(remoteStore === undefined ? [] : [{ family: "remoteStore", name: remoteStore } as const]),
    ],
    what: "created",
    calls: [
      {
        name: "createShare",
        body: {
          name,
          metadataStore,
          localStore,
          readOnly,
          defaultPermission,
          ...sentSize(share),
          ...(remoteStore !== undefined && { remoteStore, ...sentRetention(share) }),
        },
      },
      { name: "patchShareNfsConfig", body: { share: name, squash: share.squash } },
      ...(share.enabled ? [] : ([{ name: "disableShare", body: { name } }] as const)),
    ],
  };
}

function update(wanted: WantedShare, live: LiveShare, all: LiveDittoFs): Change<ShareCalls> {
  const differences = [
    ...settingDifferences(wanted, live),
    ...enabledDifference(wanted, live),
    ...squashDifference(wanted, live, all),
  ];
  const problem = storeProblem(wanted, live, all) ?? nfsConfigProblem(live, all);
  return {
    family: "share",
    name: wanted.name,
    needs: [],
    calls: differences.flatMap(({ calls }) => calls),
    what: differences.map(({ what }) => what).join(", "),
    ...(problem === undefined ? {} : { problem }),
  };
}

function settingDifferences(wanted: WantedShare, live: LiveShare): readonly Difference[] {
  const { name, readOnly, defaultPermission, localStoreSizeBytes: bytes } = wanted;
  const isSameSize = bytes === undefined || isShownAs(bytes, live.localStoreSize);
  const changed = {
    ...(live.readOnly === readOnly ? {} : { readOnly }),
    ...(live.defaultPermission === defaultPermission ? {} : { defaultPermission }),
    ...(isSameSize ? {} : sentSize(wanted)),
    ...(isSameRetention(wanted, live) ? {} : sentRetention(wanted)),
  };
  const what = [
    ...(changed.readOnly === undefined ? [] : [readOnly ? "made read-only" : "made writable"]),
    ...(changed.defaultPermission === undefined
      ? []
      : [`default permission ${live.defaultPermission} -> ${defaultPermission}`]),
    ...(isSameRetention(wanted, live) ? [] : [`retention ${live.retentionPolicy} -> ${wanted.retentionPolicy}`]),
    ...(isSameSize
      ? []
      : [`local store size ${live.localStoreSize ?? "unset"} -> ${bytes} bytes, from the server's next start on`]),
  ];
  return what.length === 0
    ? []
    : [{ what: what.join(", "), calls: [{ name: "updateShare", body: { name, ...changed } }] }];
}

function enabledDifference({ name, enabled }: WantedShare, live: LiveShare): readonly Difference[] {
  if (live.enabled === enabled) return [];
  if (enabled) return [{ what: "enabled", calls: [{ name: "enableShare", body: { name } }] }];
  return [{ what: "disabled", calls: [{ name: "disableShare", body: { name } }] }];
}

function squashDifference({ name, squash }: WantedShare, live: LiveShare, all: LiveDittoFs): readonly Difference[] {
  const config = all.shareNfsConfigs.get(live.id);
  if (config?.kind !== "read" || config.squash === squash) return [];
  return [
    {
      what: `squash ${config.squash} -> ${squash}`,
      calls: [{ name: "patchShareNfsConfig", body: { share: name, squash } }],
    },
  ];
}

function nfsConfigProblem(live: LiveShare, all: LiveDittoFs): string | undefined {
  const config = all.shareNfsConfigs.get(live.id);
  return config?.kind === "unreadable"
    ? `The NFS settings of share ${live.name} cannot be read: ${config.message}`
    : undefined;
}

/** The server takes another store without a word, and the share then shows no files, or zeros in their place. */
function storeProblem(wanted: WantedShare, live: LiveShare, all: LiveDittoFs): string | undefined {
  const pairs = [
    ["metadata store", quoted(wanted.metadataStore), quoted(nameOf(live.metadataStoreId, all.metadataStores))],
    ["local store", quoted(wanted.localStore), quoted(nameOf(live.localStoreId, all.localStores))],
    ["remote store", quoted(wanted.remoteStore) ?? "none", remoteOf(live, all)],
  ] as const;
  const differing = pairs.find(([, asked, present]) => present !== undefined && asked !== present);
  if (differing === undefined) return undefined;
  const [title, asked, present] = differing;
  return `Share ${wanted.name} lies on ${title} ${present} and the spec asks for ${asked}. Its files would not move along, so its stores are left as they are: name ${present} again, or declare a new share on ${asked} and copy the files.`;
}

/** Another or no remote store is never given to a share: the server would take files for uploaded that are not, and lose them. */
function remoteOf({ remoteStoreId: id }: LiveShare, { remoteStores }: LiveDittoFs): string {
  return id === undefined ? "none" : (quoted(nameOf(id, remoteStores)) ?? "one that the spec does not declare");
}

function quoted(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `"${name}"`;
}

/** Undefined for an id that the list lacks: then nothing is known, and a server that starts may still show empty lists. */
function nameOf(id: string, stores: readonly LiveStore[]): string | undefined {
  return stores.find((store) => store.id === id || store.name === id)?.name;
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

function sentRetention({ retentionPolicy, retentionTtl }: WantedShare) {
  return { retentionPolicy, ...(retentionTtl !== undefined && { retentionTtl }) };
}

function sentSize({ localStoreSizeBytes: bytes }: WantedShare): { readonly localStoreSize?: string } {
  return bytes === undefined ? {} : { localStoreSize: `${bytes}` };
}
