import { claimName } from "../names.ts";
import { dataVolumes, wantedClassName } from "../volumes/volumes.ts";
import type { World } from "../world.ts";

/** A StorageClass that is named for a volume that has another one: nothing changes the class of a volume. */
export function classWarnings({ server, claims }: Pick<World, "server" | "claims">): readonly string[] {
  return dataVolumes.flatMap((volume) => {
    const wanted = wantedClassName(server, volume);
    const claim = claims.find(({ metadata }) => metadata?.name === claimName(server, volume.name));
    const has = claim?.spec?.storageClassName;
    if (wanted === undefined || has === undefined || wanted === has || volume.size(server) === undefined) return [];
    return [
      `The volume of PersistentVolumeClaim ${claim?.metadata?.name ?? ""} has the StorageClass "${has}" and keeps it, although spec.storage asks for "${wanted}": copy the data to a new server to change that.`,
    ];
  });
}
