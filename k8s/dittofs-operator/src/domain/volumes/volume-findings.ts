import type { StorageClass } from "kubernetes-types/storage/v1";
import type { Finding } from "../finding.ts";
import { storageClassNames } from "./storage-class.ts";
import { canGrow } from "./volume-growth.ts";
import { isBound, isTooSmall, requestedSize, type WantedVolume } from "./wanted-volumes.ts";

type Inputs = {
  readonly volumes: readonly WantedVolume[];
  readonly storageClasses: readonly StorageClass[] | undefined;
};

/** What keeps volumes from being made or from growing. */
export function volumeFindings({ volumes, storageClasses }: Inputs): readonly Finding[] {
  return volumes.flatMap((volume) => {
    if (needsClass(volume)) return [classNotFound(volume, storageClasses)];
    return isTooSmall(volume) && !canGrow(volume) ? [expansionUnsupported(volume)] : [];
  });
}

/** A bound volume needs its class no more, and one that asks for no class at all is bound by hand. */
function needsClass(volume: WantedVolume): boolean {
  if (isBound(volume) || volume.claim?.status?.phase === "Lost" || volume.storageClass !== undefined) return false;
  return volume.claim?.spec?.storageClassName !== "";
}

function classNotFound(
  { claim, claimName, className, classField }: WantedVolume,
  storageClasses: readonly StorageClass[] = [],
): Finding {
  const name = claim === undefined ? className : claim.spec?.storageClassName;
  const names = storageClassNames(storageClasses);
  const wrong =
    name === undefined
      ? `No StorageClass is named for PersistentVolumeClaim ${claimName}, and the cluster has no default one.`
      : `StorageClass ${name} of PersistentVolumeClaim ${claimName} does not exist.`;
  const remedy =
    names === ""
      ? "The cluster has no StorageClass at all: install a volume provisioner."
      : name === undefined
        ? `Set spec.storage.storageClassName, or spec.storage.classes.${classField}, to one that exists (${names}), or make one of them the default.`
        : `Create it, or create the DittoServer again with one that exists (${names}).`;
  return { condition: "StorageReady", reason: "StorageClassNotFound", message: `${wrong} ${remedy}` };
}

function expansionUnsupported({ claim, claimName, size, storageClass }: WantedVolume): Finding {
  const name = claim?.spec?.storageClassName ?? "";
  const why =
    storageClass !== undefined
      ? `its StorageClass ${name} has no allowVolumeExpansion. Set it to true there if the provisioner can`
      : name === ""
        ? "it has no StorageClass. Make the volume larger by hand and say so in its claim"
        : `its StorageClass ${name} does not exist. Create it again`;
  const from = claim === undefined ? "" : ` from ${requestedSize(claim)}`;
  return {
    condition: "StorageReady",
    reason: "ExpansionUnsupported",
    message: `PersistentVolumeClaim ${claimName} cannot grow${from} to ${size}: ${why}, or copy the data to a new server.`,
  };
}
