import type { StorageClass } from "kubernetes-types/storage/v1";

const defaultAnnotations = [
  "storageclass.kubernetes.io/is-default-class",
  // Kubernetes still takes the older spelling.
  "storageclass.beta.kubernetes.io/is-default-class",
];

/** What nobody may look at is there and can grow, until the API server says otherwise of a claim. */
const assumedClass: StorageClass = {
  provisioner: "unknown",
  allowVolumeExpansion: true,
  volumeBindingMode: "WaitForFirstConsumer",
};

/** The class of that name; without a name the cluster's default, of several the newest, as Kubernetes chooses. */
export function storageClass(
  name: string | undefined,
  classes: readonly StorageClass[] | undefined,
): StorageClass | undefined {
  if (classes === undefined) return assumedClass;
  if (name !== undefined) return classes.find(({ metadata }) => metadata?.name === name);
  return classes
    .filter(({ metadata }) => defaultAnnotations.some((each) => metadata?.annotations?.[each] === "true"))
    .toSorted((one, other) => (age(one) < age(other) ? 1 : -1))[0];
}

/** Names of the classes, for people. */
export function storageClassNames(classes: readonly StorageClass[]): string {
  const names = classes.map(({ metadata }) => metadata?.name ?? "").toSorted();
  return names.length <= 10 ? names.join(", ") : `${names.slice(0, 10).join(", ")} and ${names.length - 10} more`;
}

function age({ metadata }: StorageClass): string {
  return metadata?.creationTimestamp ?? "";
}
