import type { PersistentVolumeClaim, Volume, VolumeMount } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";
import { usesPostgres } from "../../database/uses-postgres.ts";
import { configMapName } from "../../names.ts";
import { controlPlaneVolume, dataVolumes } from "../../volumes/volumes.ts";
import { keptAsStored } from "./kept-as-stored.ts";
import { secretMounts, secretVolumes } from "./secret-volumes.ts";

/** Where the ConfigMap appears in the container. */
export const configDirectory = "/config";

/** What the pod mounts besides its claims. Without a claim for it the control plane's database lasts as long as the pod. */
export function podVolumes(server: DittoServer, claims: readonly PersistentVolumeClaim[]): Volume[] {
  return [
    { name: "config", configMap: { name: configMapName(server) } },
    { name: "tmp", emptyDir: {} },
    ...(usesPostgres(server) || isClaimed(controlPlaneVolume.name, claims)
      ? []
      : [{ name: controlPlaneVolume.name, emptyDir: {} }]),
    ...secretVolumes(server),
    ...userVolumes(server),
  ];
}

function userVolumes({ spec }: DittoServer): Volume[] {
  return (spec.pod?.volumes ?? []).map((volume) => keptAsStored(volume) as Volume); // core/v1 Volume by its schema
}

/** Everything that the server writes goes to one of these: its root file system is read-only. */
export function volumeMounts(server: DittoServer, claims: readonly PersistentVolumeClaim[]): VolumeMount[] {
  const mounted = dataVolumes.filter(
    (volume) => (volume === controlPlaneVolume && !usesPostgres(server)) || isClaimed(volume.name, claims),
  );
  return [
    { name: "config", mountPath: configDirectory, readOnly: true },
    { name: "tmp", mountPath: "/tmp" },
    ...mounted.map(({ name, mountPath }) => ({ name, mountPath })),
    ...secretMounts(server),
    ...(server.spec.pod?.volumeMounts ?? []),
  ];
}

function isClaimed(name: string, claims: readonly PersistentVolumeClaim[]): boolean {
  return claims.some((claim) => claim.metadata?.name === name);
}
