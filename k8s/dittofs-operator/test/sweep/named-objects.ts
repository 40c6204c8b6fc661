import type { DittoServer } from "../../src/api/ditto-server.ts";
import { dittoServerSchema } from "../../src/api/ditto-server-schema.ts";
import { type PodReference, podReferences } from "../../src/domain/pod/pod-references.ts";
import { aServer } from "../../src/domain/testing/a-server.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { dittoServer } from "../acceptance/sample-server.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { refOf } from "../cluster/object-ref.ts";

/** Creates everything that the specs name and the cluster lacks, in a form that can be used, so that servers of these specs start. */
export async function createNamed(
  cluster: Pick<ClusterClient, "get" | "create">,
  specs: readonly unknown[],
): Promise<void> {
  const servers = specs.map((spec) => aServer(dittoServerSchema.shape.spec.parse(spec)));
  const objects = servers.flatMap((server) => [
    ...secrets(server.spec),
    ...podReferences(server).map(ofPod),
    ...classes(server),
  ]);
  const byName = Map.groupBy(objects, ({ kind, metadata }) => `${kind} ${metadata.name}`);
  const create = async (object: KubernetesObject): Promise<void> => {
    if ((await cluster.get(refOf(object))) === undefined) await cluster.create(object);
  };
  await Promise.all(Array.from(byName.values(), (same) => create(same.reduce(merged))));
}

/** Certificates, keytabs, key files and databases are not made here: tests of their own try the specs that need them. */
export function needsMore(spec: unknown): boolean {
  return /"\w*(cert|CA)SecretName":|"postgres\w*"|"percona":|"caCertSecretRef":|"(keytab|key)SecretRef":/i.test(
    JSON.stringify(spec),
  );
}

/** One Secret may be named with several keys. */
function merged(one: KubernetesObject, other: KubernetesObject): KubernetesObject {
  return { ...one, ...other, ...(one.kind === "Secret" && { stringData: { ...data(one), ...data(other) } }) };
}

function data(secret: KubernetesObject): object | undefined {
  return secret["stringData"] as object | undefined; // made below
}

/** Fields that end so name a Secret with keys. */
const reference = /^(secret|.*Secret)Ref$/;

function secrets(value: unknown): readonly KubernetesObject[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(
    ([field, child]) => (reference.test(field) ? [secret(child as SecretReference)] : secrets(child)), // by its name in the schema
  );
}

type SecretReference = { readonly name: string } & Readonly<Record<string, string>>;

/** With the keys that the reference names, or means without; long enough for a signing secret, short enough for a password. */
function secret({ name, ...named }: SecretReference): KubernetesObject {
  const keys = [...Object.values(named), "access-key-id", "secret-access-key"];
  const values = keys.map((key) => [key, `${name}-${key}-of-at-least-32-characters`.slice(0, 72)]);
  return object("v1", "Secret", name, { stringData: Object.fromEntries(values) as Record<string, string> }); // of texts
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
