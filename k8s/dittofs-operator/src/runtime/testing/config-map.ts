import type { KubernetesObject, ObjectMeta } from "../kubernetes-api.ts";

/** A ConfigMap for tests, at a version; everything else has a default. */
export function configMap(name: string, version: number, meta: Partial<ObjectMeta> = {}): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace: "default", uid: `uid-of-${name}`, ...meta, name, resourceVersion: String(version) },
  };
}
