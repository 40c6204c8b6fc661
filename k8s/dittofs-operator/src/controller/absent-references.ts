import type { DittoServer } from "../api/ditto-server.ts";
import { type PodReference, podReferences } from "../domain/pod/pod-references.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { ClusterStores } from "./cluster-stores.ts";
import { resources } from "./resources.ts";

/** Where each kind of object that a pod may name is read; Secrets are known by their watch. */
const readable = {
  ConfigMap: resources.configMaps,
  PersistentVolumeClaim: resources.claims,
  ServiceAccount: resources.serviceAccounts,
  PriorityClass: resources.priorityClasses,
  RuntimeClass: resources.runtimeClasses,
} as const;

/** Secrets that the pod names and that do not exist; asks nothing. */
export function absentSecrets(
  server: DittoServer,
  { secretNames }: Pick<ClusterStores, "secretNames">,
): readonly PodReference[] {
  const { namespace } = server.metadata;
  return podReferences(server).filter(
    ({ kind, name }) => kind === "Secret" && secretNames.get({ namespace, name }) === undefined,
  );
}

/**
 * The other objects that the pod names and that do not exist, one read for each. One that cannot be read is none: without
 * the right to look, a rollout goes on as it would without this check.
 */
export async function readAbsentReferences(
  server: DittoServer,
  api: Pick<KubernetesApi, "get">,
  signal: AbortSignal,
): Promise<readonly PodReference[]> {
  const looks = podReferences(server).map(async (each) => {
    if (each.kind === "Secret") return [];
    const resource = readable[each.kind];
    const key = { name: each.name, ...(resource.isNamespaced && { namespace: server.metadata.namespace }) };
    const answer = await api.get(resource, key, signal);
    return !answer.ok && answer.failure.code === "notFound" ? [each] : [];
  });
  return (await Promise.all(looks)).flat();
}
