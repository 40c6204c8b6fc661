import type { DittoServer, ShareSpec } from "../../api/ditto-server.ts";
import { CACHE_STORE, DEFAULT_STORE } from "../../api/group.ts";
import { quantityBytes } from "../quantity.ts";
import { isForCache } from "./cache-journals.ts";
import { localStoreSizes } from "./local-store-sizes.ts";
import { nfsDefaults, type ShareFlag, type ShareNfsSettings, type ShareTrash, shareFlags } from "./share-settings.ts";

export type WantedShare = Readonly<Record<ShareFlag, boolean>> & {
  readonly name: string;
  readonly metadataStore: string;
  readonly localStore: string;
  readonly remoteStore: string | undefined;
  readonly retentionPolicy: string;
  /** A Go duration. */
  readonly retentionTtl: string | undefined;
  readonly enabled: boolean;
  readonly readOnly: boolean;
  readonly defaultPermission: string;
  /** Absent: root. */
  readonly owner?: string;
  readonly localStoreSizeBytes: bigint | undefined;
  /** Of a share for the cache volume: what holds instead where it lies on the content volume, in the default store. */
  readonly onContent?: { readonly localStoreSizeBytes: bigint | undefined };
  /** Absent where the size follows from the volume: that one changes with the number of shares, and restarts nothing. */
  readonly givenLocalStoreBytes?: bigint;
  /** 0 leaves it to the server. */
  readonly readBufferBytes: bigint;
  /** 0 is no quota. */
  readonly quotaBytes: bigint;
  /** Absent: what the server has stays, because the server empties a bin that is switched off. */
  readonly trash?: ShareTrash;
  readonly nfs: ShareNfsSettings;
  /** Absent: every address. */
  readonly allowedClients?: readonly string[];
};

/** Every setting is spelled out: the server's own defaults have changed between versions. */
export function wantedShares(server: DittoServer): readonly WantedShare[] {
  const sizes = localStoreSizes(server);
  const sizesOnContent = localStoreSizes(server, "content");
  return (server.spec.shares ?? []).map((share) => ({
    name: share.name,
    metadataStore: share.metadataStore ?? DEFAULT_STORE,
    localStore: isForCache(server, share) ? CACHE_STORE : (share.localStore ?? DEFAULT_STORE),
    ...(isForCache(server, share) && { onContent: { localStoreSizeBytes: sizesOnContent.get(share.name) } }),
    remoteStore: share.remoteStore,
    retentionPolicy: share.retention?.policy ?? "lru",
    retentionTtl: share.retention?.ttl,
    enabled: share.enabled ?? true,
    readOnly: share.readOnly ?? false,
    defaultPermission: share.defaultPermission ?? "none",
    ...(share.owner === undefined ? {} : { owner: share.owner }),
    localStoreSizeBytes: sizes.get(share.name),
    ...(share.localStoreSize === undefined ? {} : { givenLocalStoreBytes: quantityBytes(share.localStoreSize) }),
    readBufferBytes: bytesOf(share.readBufferSize),
    quotaBytes: bytesOf(share.quota),
    ...shareFlags,
    ...(share.encryptData === undefined ? {} : { encryptData: share.encryptData }),
    ...share.smb,
    ...(share.trash === undefined ? {} : { trash: wantedTrash(share.trash) }),
    ...wantedNfs(share.nfs),
  }));
}

function wantedNfs({ allowedClients, ...settings }: NonNullable<ShareSpec["nfs"]> = {}) {
  return { nfs: { ...nfsDefaults, ...settings }, ...(allowedClients === undefined ? {} : { allowedClients }) };
}

function wantedTrash(trash: NonNullable<ShareSpec["trash"]>): ShareTrash {
  const { maxSize, ...given } = trash;
  return {
    retentionDays: 0,
    restrictToAdmin: false,
    excludePatterns: [],
    ...given,
    maxBytes: Number(bytesOf(maxSize)),
  };
}

function bytesOf(size: string | undefined): bigint {
  return size === undefined ? 0n : quantityBytes(size);
}
