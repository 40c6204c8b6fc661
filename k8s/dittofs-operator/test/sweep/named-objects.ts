import type { DittoServer } from "../../src/api/ditto-server.ts";
import { dittoServerSchema } from "../../src/api/ditto-server-schema.ts";
import { perconaNames } from "../../src/domain/percona/percona-cluster-names.ts";
import { type PodReference, podReferences } from "../../src/domain/pod/pod-references.ts";
import { aServer } from "../../src/domain/testing/a-server.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { dittoServer } from "../acceptance/sample-server.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { refOf } from "../cluster/object-ref.ts";
import { namedSecrets, perconaSecrets } from "./named-secrets.ts";

/** A server that is about to be made, or what it is about to become. */
export type NamedSpec = { readonly name: string; readonly spec: unknown };

/** Creates everything that the specs name and the cluster lacks, in a form that can be used, so that servers of these specs start. */
export async function createNamed(
  cluster: Pick<ClusterClient, "get" | "create">,
  specs: readonly NamedSpec[],
): Promise<void> {
  const objects = specs.flatMap(({ name, spec }) => {
    const server = aServer(dittoServerSchema.shape.spec.parse(spec), { name });
    return [...secrets(server), ...podReferences(server).map(ofPod), ...classes(server)];
  });
  const byName = Map.groupBy(objects, ({ kind, metadata }) => `${kind} ${metadata.name}`);
  const create = async (object: KubernetesObject): Promise<void> => {
    if ((await cluster.get(refOf(object))) === undefined) await cluster.create(object);
  };
  await Promise.all(Array.from(byName.values(), (same) => create(same.reduce(merged))));
}

/** One Secret may be named with several keys. */
function merged(one: KubernetesObject, other: KubernetesObject): KubernetesObject {
  return { ...one, ...other, ...(one.kind === "Secret" && { data: { ...data(one), ...data(other) } }) };
}

function data(secret: KubernetesObject): object | undefined {
  return secret["data"] as object | undefined; // made below
}

function secrets(server: DittoServer): readonly KubernetesObject[] {
  const names = perconaNames(server);
  const all = [...namedSecrets(server.spec), ...(names === undefined ? [] : perconaSecrets(names))];
  return all.map(({ name, data: values }) => object("v1", "Secret", name, { data: values }));
}

function ofPod({ kind, name }: PodReference): KubernetesObject {
  if (kind === "PriorityClass") return clusterWide("scheduling.k8s.io/v1", kind, name, { value: 1 });
  if (kind === "RuntimeClass") return clusterWide("node.k8s.io/v1", kind, name, { handler: "runc" });
  if (kind !== "PersistentVolumeClaim") return object("v1", kind, name, {});
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
  return object("v1", kind, name, { spec });
}

function classes({ spec: { storage } }: DittoServer): readonly KubernetesObject[] {
  const names = [storage?.storageClassName, ...Object.values(storage?.classes ?? {})];
  const settings = { provisioner: "lab/local", allowVolumeExpansion: true };
  return names.flatMap((name) =>
    name === undefined ? [] : [clusterWide("storage.k8s.io/v1", "StorageClass", name, settings)],
  );
}

function object(apiVersion: string, kind: string, name: string, content: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace: dittoServer.namespace }, ...content };
}

function clusterWide(apiVersion: string, kind: string, name: string, content: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name }, ...content };
}
