import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { ClusterClient } from "../../test/cluster/cluster-client.ts";
import { manifestTexts } from "../../test/cluster/install-operator.ts";
import type { ObjectRef } from "../../test/cluster/object-ref.ts";
import { serverRef } from "./demo-server.ts";

export const guestNamespace = "dittofs-demo";

const mark = { "app.kubernetes.io/managed-by": "dittofs-demo" };
const kindRef: ObjectRef = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "dittoservers.dittofs.dittofs.com",
};
const namespaceRef: ObjectRef = { apiVersion: "v1", kind: "Namespace", name: guestNamespace };

/**
 * Rejects when the cluster has something of these names that no demo made: it may be in use. Answers whether a demo that was
 * killed has left its namespace.
 */
export async function foundRemains(cluster: ClusterClient): Promise<boolean> {
  const owned = (object: KubernetesObject | undefined): boolean =>
    object === undefined || Object.entries(mark).every(([key, value]) => object.metadata.labels?.[key] === value);
  if (!owned(await cluster.get(kindRef))) {
    throw new Error(
      "the cluster has the kind DittoServer already, so that an operator may be at work there: use a cluster without",
    );
  }
  const remains = await cluster.get(namespaceRef);
  if (!owned(remains)) {
    throw new Error(
      `the cluster has a namespace ${guestNamespace} that the demo did not make: remove it, or use another cluster`,
    );
  }
  return remains !== undefined;
}

/** A namespace and the kind, both marked as the demo's. */
export async function moveIn(cluster: ClusterClient): Promise<void> {
  const { apiVersion, kind, name } = namespaceRef;
  await cluster.apply({ apiVersion, kind, metadata: { name, labels: mark } });
  for (const yaml of manifestTexts("crd")) await cluster.applyYaml(yaml);
  await cluster.patch(kindRef, { metadata: { labels: mark } });
}

/**
 * Removes the namespace with all that is in it. The operator has to run meanwhile, because the server waits for it. The server goes
 * first: a namespace that is deleted with running pods looks again only after half their grace period.
 */
export async function clearPlace(cluster: ClusterClient): Promise<void> {
  if ((await cluster.get(kindRef)) !== undefined) {
    await cluster.delete(serverRef({ namespace: guestNamespace }));
    await cluster.untilGone(serverRef({ namespace: guestNamespace }));
  }
  await cluster.delete(namespaceRef);
  await cluster.untilGone(namespaceRef);
}

/** Removes all that a demo made. */
export async function moveOut(cluster: ClusterClient): Promise<void> {
  await clearPlace(cluster);
  await cluster.delete(kindRef);
  await cluster.untilGone(kindRef);
}
