import { podState } from "./pod/pod-state.ts";
import type { World } from "./world.ts";

/** What is left to do for a server that is being deleted. */
export type Cleanup =
  /** End the server's process in an orderly way before anything that it uses goes. */
  | { readonly kind: "endStatefulSet"; readonly name: string; readonly uid: string }
  /** The pod has lost its StatefulSet, which was just being made anew: it ends as orderly without it. */
  | { readonly kind: "endPod"; readonly name: string; readonly uid: string }
  | { readonly kind: "wait"; readonly message: string }
  /** The policy is Delete, and no StatefulSet takes these claims with it. */
  | { readonly kind: "removeClaims"; readonly claims: readonly { readonly name: string; readonly uid: string }[] }
  /** Nothing runs any more: what has an owner goes with it, `kept` stays. */
  | { readonly kind: "release"; readonly kept: readonly string[] };

/**
 * The StatefulSet is deleted first and awaited, so that a finished deletion means: the process has ended and its data is
 * on the volumes. A pod is never forced away, not even from a lost node: two processes on one volume would destroy it.
 */
export function cleanup(world: World): Cleanup {
  const [statefulSet] = world.children.statefulSets;
  if (statefulSet !== undefined && statefulSet.metadata?.deletionTimestamp === undefined) {
    return { kind: "endStatefulSet", name: statefulSet.metadata?.name ?? "", uid: statefulSet.metadata?.uid ?? "" };
  }
  if (statefulSet === undefined && isOrphan(world.pod)) {
    return { kind: "endPod", name: world.pod?.metadata?.name ?? "", uid: world.pod?.metadata?.uid ?? "" };
  }
  if (statefulSet !== undefined || podState(world.pod).kind !== "none") {
    return {
      kind: "wait",
      message: `Waiting for pod ${world.server.metadata.name}-0 to end. If its node is lost, it ends when the node comes back or is removed from the cluster.`,
    };
  }
  const claims = leftClaims(world);
  if (claims.length > 0) return { kind: "removeClaims", claims };
  return { kind: "release", kept: keptNames(world) };
}

/** Nobody else ends it; one that still names an owner is ended by Kubernetes. */
function isOrphan(pod: World["pod"]): boolean {
  const { deletionTimestamp, ownerReferences = [] } = pod?.metadata ?? {};
  return pod !== undefined && deletionTimestamp === undefined && ownerReferences.length === 0;
}

function leftClaims({ server, claims }: World): readonly { readonly name: string; readonly uid: string }[] {
  if (server.spec.deletionPolicy !== "Delete") return [];
  return claims.flatMap(({ metadata: { name = "", uid = "", deletionTimestamp, ownerReferences = [] } = {} }) =>
    deletionTimestamp === undefined && ownerReferences.length === 0 ? [{ name, uid }] : [],
  );
}

function keptNames({ server, claims, children }: World): readonly string[] {
  if (server.spec.deletionPolicy === "Delete") return [];
  return [
    ...claims.map((claim) => `PersistentVolumeClaim ${claim.metadata?.name ?? ""}`),
    ...children.secrets.map((secret) => `Secret ${secret.metadata?.name ?? ""}`),
    ...(server.spec.percona?.deleteWithServer === true
      ? []
      : children.perconaPGClusters.map((cluster) => `PerconaPGCluster ${cluster.metadata?.name ?? ""}`)),
  ].toSorted();
}
