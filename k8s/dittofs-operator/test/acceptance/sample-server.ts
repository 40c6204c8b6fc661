import { API_VERSION, KIND } from "../../src/api/group.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { ObjectRef } from "../cluster/object-ref.ts";

export const dittoServer = { apiVersion: API_VERSION, kind: KIND, namespace: "default" };

/** The smallest server that keeps files, for a cluster that has no load balancers. */
export function sampleServer(name: string, spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name, namespace: dittoServer.namespace },
    spec: {
      storage: { metadataSize: "5Gi", contentSize: "20Gi" },
      adapterServices: { type: "ClusterIP" },
      shares: [{ name: "/export", defaultPermission: "read-write" }],
      ...spec,
    },
  };
}

export function sampleNames(count: number, prefix = "files"): readonly string[] {
  return Array.from({ length: count }, (_, number) => `${prefix}-${number}`);
}

export function serverRef(name: string): ObjectRef {
  return { ...dittoServer, name };
}
