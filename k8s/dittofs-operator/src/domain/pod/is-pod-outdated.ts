import type { ChildOutcome } from "../child-outcome.ts";
import type { Pass } from "../pass.ts";
import type { Children, World } from "../world.ts";

/** Label by which the StatefulSet controller marks a pod with the revision of the template that it was made from. */
const revisionLabel = "controller-revision-hash";

/**
 * Whether the pod that runs was made from an earlier template and is about to be replaced. It may still be ready and hold
 * everything that the spec asks of DittoFS; but what it read at its start is not what the spec says now.
 */
export function isPodOutdated(pass: Pass): boolean {
  const { world, plan, outcomes } = pass;
  if (plan.podRestart !== undefined || outcomes.some(({ result }) => result.kind === "draining")) return true;
  return isTemplateChanged(outcomes) || isBeingReplaced(world);
}

/** Whether this pass has given the StatefulSet another template, of which the world tells nothing yet. */
export function isTemplateChanged(outcomes: readonly ChildOutcome[]): boolean {
  return outcomes.some(
    ({ kind, result }) =>
      kind === "StatefulSet" &&
      result.kind === "applied" &&
      !result.created &&
      result.paths.some((path) => path.includes("template")),
  );
}

/** The parts of a world that tell it. */
export type PodWithSet = Pick<World, "pod"> & { readonly children: Pick<Children, "statefulSets"> };

/** Whether the StatefulSet controller is about to end the pod, because it was made from an earlier template. */
export function isBeingReplaced({ children, pod }: PodWithSet): boolean {
  const [statefulSet] = children.statefulSets;
  if (statefulSet === undefined) return false;
  const { observedGeneration, updateRevision } = statefulSet.status ?? {};
  // A StatefulSet that was made again for a running pod has no status yet: it takes that pod back as it is.
  if (observedGeneration !== undefined && observedGeneration !== statefulSet.metadata?.generation) return true;
  const revision = pod?.metadata?.labels?.[revisionLabel];
  return revision !== undefined && updateRevision !== undefined && revision !== updateRevision;
}
