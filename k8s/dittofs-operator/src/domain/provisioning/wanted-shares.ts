import type { DittoServer } from "../../api/ditto-server.ts";
import { DEFAULT_STORE } from "../../api/group.ts";
import { localStoreSizes } from "./local-store-sizes.ts";

export type WantedShare = {
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
  readonly localStoreSizeBytes: bigint | undefined;
  readonly squash: string;
};

/** Every setting is spelled out: the server's own defaults have changed between versions. */
export function wantedShares(server: DittoServer): readonly WantedShare[] {
  const sizes = localStoreSizes(server);
  return (server.spec.shares ?? []).map((share) => ({
    name: share.name,
    metadataStore: share.metadataStore ?? DEFAULT_STORE,
    localStore: share.localStore ?? DEFAULT_STORE,
    remoteStore: share.remoteStore,
    retentionPolicy: share.retention?.policy ?? "lru",
    retentionTtl: share.retention?.ttl,
    enabled: share.enabled ?? true,
    readOnly: share.readOnly ?? false,
    defaultPermission: share.defaultPermission ?? "none",
    localStoreSizeBytes: sizes.get(share.name),
    squash: share.nfs?.squash ?? "root_to_guest",
  }));
}
