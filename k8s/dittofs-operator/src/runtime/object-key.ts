import type { KubernetesObject, ObjectKey } from "./kubernetes-api.ts";

/** `namespace/name`, or `/name` for a cluster-wide kind: unique within a kind, because neither part may hold a slash. */
export function keyText(key: ObjectKey): string {
  return `${key.namespace ?? ""}/${key.name}`;
}

export function keyOf(object: KubernetesObject): ObjectKey {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? { name } : { namespace, name };
}
