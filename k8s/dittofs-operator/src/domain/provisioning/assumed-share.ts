import type { LiveRemoteStore, LiveShare } from "./live-dittofs.ts";
import { noTrash } from "./share-settings.ts";
import type { WantedShare } from "./wanted-shares.ts";

/** A share that is known to exist and cannot be looked at, because its remote store does not answer: nothing is changed on it. */
export function assumedShare(wanted: WantedShare, store: LiveRemoteStore): LiveShare {
  return {
    id: `assumed ${wanted.name}`,
    name: wanted.name,
    metadataStoreId: wanted.metadataStore,
    localStoreId: wanted.localStore,
    remoteStoreId: store.id,
    retentionPolicy: wanted.retentionPolicy,
    enabled: wanted.enabled,
    readOnly: wanted.readOnly,
    defaultPermission: wanted.defaultPermission,
    accessBasedEnumeration: wanted.accessBasedEnumeration,
    aclFlagInheritedCanonicalization: wanted.aclFlagInheritedCanonicalization,
    allowMFSymlink: wanted.allowMFSymlink,
    changeNotifyDisabled: wanted.changeNotifyDisabled,
    continuousAvailability: wanted.continuousAvailability,
    encryptData: wanted.encryptData,
    streamsDisabled: wanted.streamsDisabled,
    trash: wanted.trash ?? noTrash,
    health: { status: "healthy", message: "" },
    isAssumed: true,
  };
}
