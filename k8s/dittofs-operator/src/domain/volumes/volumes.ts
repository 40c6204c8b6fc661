import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { DittoServer, DittoServerSpec } from "../../api/ditto-server.ts";
import { DEFAULT_CONTROL_PLANE_SIZE } from "../../api/group.ts";
import { usesPostgres } from "../database/uses-postgres.ts";
import { childLabels } from "../labels.ts";
import { canonicalQuantity } from "../quantity.ts";

/** One directory of the server that a volume may back. */
export type DataVolume = {
  /** Name of the claim template and of the mount. */
  readonly name: string;
  readonly mountPath: string;
  /** Undefined: the spec wants no volume here. */
  readonly size: (server: DittoServer) => string | undefined;
  /** Where the spec names a StorageClass for it alone. */
  readonly classField: keyof NonNullable<NonNullable<DittoServerSpec["storage"]>["classes"]>;
};

export const metadataVolume: DataVolume = {
  name: "metadata",
  mountPath: "/data/store/metadata",
  size: ({ spec }) => spec.storage?.metadataSize,
  classField: "metadata",
};

export const contentVolume: DataVolume = {
  name: "content",
  mountPath: "/data/store/block",
  size: ({ spec }) => spec.storage?.contentSize,
  classField: "content",
};

export const cacheVolume: DataVolume = {
  name: "cache",
  mountPath: "/data/store/cache",
  size: ({ spec }) => spec.storage?.cacheSize,
  classField: "cache",
};

export const controlPlaneVolume: DataVolume = {
  name: "controlplane",
  mountPath: "/data/controlplane",
  size: (server) =>
    usesPostgres(server) || !server.spec.database.sqlite.persistent
      ? undefined
      : (server.spec.storage?.controlPlaneSize ?? DEFAULT_CONTROL_PLANE_SIZE),
  classField: "controlPlane",
};

export const dataVolumes: readonly DataVolume[] = [metadataVolume, contentVolume, cacheVolume, controlPlaneVolume];

/** Undefined: the cluster's default class decides. */
export function wantedClassName({ spec }: DittoServer, { classField }: DataVolume): string | undefined {
  return spec.storage?.classes?.[classField] ?? spec.storage?.storageClassName;
}

/**
 * The claim templates of the server's StatefulSet. Kubernetes never lets them change: those of a live StatefulSet are
 * kept as they are, for otherwise a changed size would have every later change of anything refused. Where the spec asks
 * for other ones, volume-growth.ts has the StatefulSet made anew.
 */
export function claimTemplates(server: DittoServer, live: StatefulSet | undefined): readonly PersistentVolumeClaim[] {
  if (live !== undefined) return (live.spec?.volumeClaimTemplates ?? []).map(keptTemplate);
  return dataVolumes.flatMap((volume) => {
    const size = volume.size(server);
    return size === undefined ? [] : [claimTemplate(server, volume, size)];
  });
}

function claimTemplate(server: DittoServer, volume: DataVolume, size: string): PersistentVolumeClaim {
  const { storage } = server.spec;
  const storageClassName = wantedClassName(server, volume);
  return {
    metadata: { name: volume.name, labels: childLabels(server, "volume") },
    spec: {
      accessModes: [storage?.accessMode ?? "ReadWriteOnce"],
      resources: { requests: { storage: canonicalQuantity(size) } },
      ...(storageClassName !== undefined && { storageClassName }),
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
