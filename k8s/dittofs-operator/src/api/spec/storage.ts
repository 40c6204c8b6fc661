import { immutable, object, objectName, oneOf, quantity, type Rule } from "../schema/vocabulary.ts";

const neverSmaller: Rule = {
  rule: "!isQuantity(self) || !isQuantity(oldSelf) || quantity(self).compareTo(quantity(oldSelf)) >= 0",
  message: "cannot shrink: set at least the size that it had, or copy the data to a new server",
};

const size = (what: string) =>
  quantity(`Size of the volume for ${what}. A volume exists when its size is given. It can grow and never shrink.`, {
    rules: [neverSmaller],
  }).exactOptional();

const kept = (field: string, remedy: string): Rule => ({
  rule: `!has(oldSelf.${field}) || has(self.${field})`,
  message: `storage.${field} cannot be removed: ${remedy}`,
  fieldPath: `.${field}`,
});

const holdsData = "the volume holds data; delete the DittoServer to give it up";

const volumeClass = (what: string) =>
  objectName(`StorageClass of the volume for ${what}. Left out, storageClassName holds.`, [
    immutable("copy the data to a new server of another class"),
  ]).exactOptional();

const keptClass = (volume: string): Rule => ({
  rule: `!has(oldSelf.${volume}) || has(self.${volume})`,
  message: `storage.classes.${volume} cannot be removed: the volume is of that class`,
  fieldPath: `.${volume}`,
});

const classes = object(
  "StorageClasses of single volumes, such as a fast one for metadata and a large one for contents. A class that is given later is for a volume that is made later.",
  {
    metadata: volumeClass("metadata stores"),
    content: volumeClass("file contents"),
    cache: volumeClass("local stores"),
    controlPlane: volumeClass("the control-plane database"),
  },
  { rules: [keptClass("metadata"), keptClass("content"), keptClass("cache"), keptClass("controlPlane")] },
).exactOptional();

/** Volumes of the server's pod. Without this object the server has no volume but the control plane's. */
export const storage = object(
  "Volumes of the server. They are made through a StatefulSet's claim templates and outlive the pod; deletionPolicy says what becomes of them in the end.",
  {
    metadataSize: size("metadata stores (claim template `metadata`, mounted at /data/store/metadata)"),
    contentSize: size("file contents (claim template `content`, mounted at /data/store/block)"),
    cacheSize: size(
      "local stores beside the contents, or in their place (claim template `cache`, mounted at /data/store/cache)",
    ),
    controlPlaneSize: size(
      "the control-plane database (claim template `controlplane`, mounted at /data/controlplane), 1Gi when left out while database.sqlite.persistent is true",
    ),
    storageClassName: objectName(
      "StorageClass of all volumes that have none in classes. Left out, the cluster's default class decides; a class that is given later is for volumes that are made later.",
      [immutable("copy the data to a new server of another class")],
    ).exactOptional(),
    classes,
    accessMode: oneOf(
      "Access mode of all volumes. ReadWriteOncePod lets the cluster itself refuse a second pod.",
      ["ReadWriteOnce", "ReadWriteOncePod"],
      { rules: [immutable("copy the data to a new server of another access mode")] },
    ).default("ReadWriteOnce"),
  },
  {
    rules: [
      kept("metadataSize", holdsData),
      kept("contentSize", holdsData),
      kept("cacheSize", holdsData),
      kept("controlPlaneSize", holdsData),
      kept("storageClassName", "the volumes are of that class"),
      kept("classes", "the volumes are of these classes"),
    ],
  },
);
