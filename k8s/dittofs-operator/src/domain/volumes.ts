import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import { DEFAULT_CONTROL_PLANE_SIZE } from "../api/group.ts";
import { childLabels } from "./labels.ts";
import { canonicalQuantity } from "./quantity.ts";

/** One directory of the server that a volume may back. */
export type DataVolume = {
  /** Name of the claim template and of the mount. */
  readonly name: string;
  readonly mountPath: string;
  /** Undefined: the spec wants no volume here. */
  readonly size: (server: DittoServer) => string | undefined;
};

export const metadataVolume: DataVolume = {
  name: "metadata",
  mountPath: "/data/store/metadata",
  size: ({ spec }) => spec.storage?.metadataSize,
};

export const contentVolume: DataVolume = {
  name: "content",
  mountPath: "/data/store/block",
  size: ({ spec }) => spec.storage?.contentSize,
};

export const cacheVolume: DataVolume = {
  name: "cache",
  mountPath: "/data/store/cache",
  size: ({ spec }) => spec.storage?.cacheSize,
};

export const controlPlaneVolume: DataVolume = {
  name: "controlplane",
  mountPath: "/data/controlplane",
  size: ({ spec }) =>
    spec.database.sqlite.persistent ? (spec.storage?.controlPlaneSize ?? DEFAULT_CONTROL_PLANE_SIZE) : undefined,
};

export const dataVolumes: readonly DataVolume[] = [metadataVolume, contentVolume, cacheVolume, controlPlaneVolume];

/**
 * The claim templates of the server's StatefulSet. Kubernetes never lets them change: those of a live StatefulSet are
 * kept as they are, for otherwise a changed size would have every later change of anything refused. Where the spec asks
 * for other ones, volume-growth.ts has the StatefulSet made anew.
 */
export function claimTemplates(server: DittoServer, live: StatefulSet | undefined): readonly PersistentVolumeClaim[] {
  if (live !== undefined) return (live.spec?.volumeClaimTemplates ?? []).map(keptTemplate);
  return dataVolumes.flatMap((volume) => {
    const size = volume.size(server);
    return size === undefined ? [] : [claimTemplate(server, volume.name, size)];
  });
}

function claimTemplate(server: DittoServer, name: string, size: string): PersistentVolumeClaim {
  const { storage } = server.spec;
  return {
    metadata: { name, labels: childLabels(server, "volume") },
    spec: {
      accessModes: [storage?.accessMode ?? "ReadWriteOnce"],
      resources: { requests: { storage: canonicalQuantity(size) } },
      ...(storage?.storageClassName !== undefined && { storageClassName: storage.storageClassName }),
    },
  };
}

/** Without what the API server adds to a template and no manager sends. */
function keptTemplate({ metadata, spec }: PersistentVolumeClaim): PersistentVolumeClaim {
  return {
    metadata: {
      ...(metadata?.name !== undefined && { name: metadata.name }),
      ...(metadata?.labels !== undefined && { labels: metadata.labels }),
      ...(metadata?.annotations !== undefined && { annotations: metadata.annotations }),
    },
    ...(spec !== undefined && { spec }),
  };
}
