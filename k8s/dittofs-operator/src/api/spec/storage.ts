import { object, objectName, oneOf, quantity } from "../schema/vocabulary.ts";

const size = (what: string) =>
  quantity(`Size of the volume for ${what}. A volume exists when its size is given. It can grow and never shrink.`);

/** Volumes of the server's pod. Without this object the server has no volume but the control plane's. */
export const storage = object(
  "Volumes of the server. They are made through a StatefulSet's claim templates and outlive the pod; see deletionPolicy for the server's end.",
  {
    metadataSize: size("metadata stores (claim template `metadata`, mounted at /data/store/metadata)").exactOptional(),
    contentSize: size("file contents (claim template `content`, mounted at /data/store/block)").exactOptional(),
    cacheSize: size(
      "the local tier of remote stores (claim template `cache`, mounted at /data/store/cache)",
    ).exactOptional(),
    controlPlaneSize: size(
      "the control-plane database (claim template `controlplane`, mounted at /data/controlplane); 1Gi when left out while database.sqlite.persistent is true",
    ).exactOptional(),
    storageClassName: objectName(
      "StorageClass of all volumes. Left out, the cluster's default class decides. It cannot be changed once set.",
    ).exactOptional(),
    accessMode: oneOf(
      "Access mode of all volumes. ReadWriteOncePod lets the cluster itself refuse a second pod. It cannot be changed.",
      ["ReadWriteOnce", "ReadWriteOncePod"],
    ).default("ReadWriteOnce"),
  },
);
