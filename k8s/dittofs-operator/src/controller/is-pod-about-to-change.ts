import { FIELD_MANAGER } from "../api/group.ts";
import type { Pass } from "../domain/pass.ts";
import { childDifference } from "../runtime/child-difference.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";

/** Whether carrying the plan out makes the server's pod, or makes it anew. */
export function isPodAboutToChange({ world, plan }: Pick<Pass, "world" | "plan">): boolean {
  const wanted = plan.children.find(({ kind }) => kind === "StatefulSet");
  if (wanted === undefined) return false;
  const live = world.children.statefulSets.find(({ metadata }) => metadata?.name === wanted.metadata.name);
  if (live === undefined) return true;
  const difference = childDifference({
    wanted,
    live: live as unknown as KubernetesObject, // it came out of a store of KubernetesObjects
    fieldManager: FIELD_MANAGER,
  });
  return difference.kind === "differs";
}
