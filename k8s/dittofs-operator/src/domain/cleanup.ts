import { podState } from "./pod-state.ts";
import type { World } from "./world.ts";

/** What is left to do for a server that is being deleted. */
export type Cleanup =
  /** End the server's process in an orderly way before anything that it uses goes. */
  | { readonly kind: "endStatefulSet"; readonly name: string; readonly uid: string }
  | { readonly kind: "wait"; readonly message: string }
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
  if (statefulSet !== undefined || podState(world.pod).kind !== "none") {
    return {
      kind: "wait",
      message: `Waiting for pod ${world.server.metadata.name}-0 to end. If its node is lost, it ends when the node comes back or is removed from the cluster.`,
    };
  }
  return { kind: "release", kept: keptNames(world) };
}

function keptNames({ server, claims, children }: World): readonly string[] {
  if (server.spec.deletionPolicy === "Delete") return [];
  return [
    ...claims.map((claim) => `PersistentVolumeClaim ${claim.metadata?.name ?? ""}`),
    ...children.secrets.map((secret) => `Secret ${secret.metadata?.name ?? ""}`),
  ].toSorted();
}
