import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim, Pod } from "kubernetes-types/core/v1";
import { aReadyPod } from "../../domain/testing/a-world.ts";
import type { KubernetesObject } from "../../runtime/kubernetes-api.ts";
import { isOrphaning } from "../replace-stateful-set.ts";
import type { FakeCluster } from "./fake-cluster.ts";

/** One round of what Kubernetes' own controllers, the provisioner and the node do with the server `files`. */
export function playKubernetes(cluster: FakeCluster): void {
  collectGarbage(cluster);
  const found = cluster.find("StatefulSet", "files");
  if (found === undefined) return;
  const statefulSet = found as unknown as StatefulSet; // the operator made it
  makeClaims(cluster, statefulSet);
  const pod = runPod(cluster, statefulSet);
  const [observedGeneration, replicas] = [1, 1];
  const status = { observedGeneration, replicas, readyReplicas: pod, availableReplicas: pod };
  cluster.put({
    ...found,
    metadata: { ...found.metadata, generation: observedGeneration },
    status: { ...status, currentRevision: "a", updateRevision: "a" },
  });
}

/** The garbage collector lets go of what an orphaning deletion leaves. */
function collectGarbage(cluster: FakeCluster): void {
  const statefulSet = cluster.find("StatefulSet", "files");
  if (!isOrphaning(statefulSet)) return;
  for (const object of cluster.objects.values()) {
    const owners = object.metadata.ownerReferences?.filter(({ uid }) => uid !== statefulSet?.metadata.uid);
    if (owners !== undefined && owners.length < (object.metadata.ownerReferences?.length ?? 0))
      cluster.put({ ...object, metadata: { ...object.metadata, ownerReferences: owners } });
  }
  cluster.remove("StatefulSet", { namespace: "default", name: "files" });
}

function makeClaims(cluster: FakeCluster, { metadata: set, spec }: StatefulSet): void {
  const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "files", uid: set?.uid ?? "" };
  const isOwned = spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === "Delete";
  for (const { metadata, spec: claimSpec } of spec?.volumeClaimTemplates ?? []) {
    const name = `${metadata?.name ?? ""}-files-0`;
    const live = cluster.find("PersistentVolumeClaim", name) as unknown as PersistentVolumeClaim | undefined; // of this kind
    const wanted = live?.spec ?? { storageClassName: "standard", ...claimSpec };
    const identity = live?.metadata ?? { name, namespace: "default", labels: { ...metadata?.labels } };
    cluster.put({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { ...identity, ownerReferences: isOwned ? [owner] : [] },
      spec: wanted,
      status: { phase: "Bound", capacity: wanted.resources?.requests },
    } as unknown as KubernetesObject); // plain JSON
  }
}

/** Makes the pod, or takes it back as it is; answers how many are ready. */
function runPod(cluster: FakeCluster, { metadata: set, spec }: StatefulSet): number {
  const live = cluster.find("Pod", "files-0");
  const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "files", uid: set?.uid ?? "", controller: true };
  const labels = { ...spec?.template.metadata?.labels };
  const volumes = (spec?.volumeClaimTemplates ?? []).map(({ metadata }) => ({
    name: metadata?.name ?? "",
    persistentVolumeClaim: { claimName: `${metadata?.name ?? ""}-files-0` },
  }));
  const pod: Pod = { ...aReadyPod(), spec: { containers: [], volumes } };
  const made = live ?? { ...pod, apiVersion: "v1", kind: "Pod", metadata: { name: "files-0", namespace: "default" } };
  const { uid = cluster.nextPodUid() } = made.metadata as { uid?: string }; // what has just been made has none
  cluster.put({ ...made, metadata: { ...made.metadata, uid, labels, ownerReferences: [owner] } });
  return 1;
}
