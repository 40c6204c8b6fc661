import type { Pass } from "../pass.ts";

/** Label by which the StatefulSet controller marks a pod with the revision of the template that it was made from. */
const revisionLabel = "controller-revision-hash";

/**
 * Whether the pod that runs was made from an earlier template and is about to be replaced. It may still be ready and hold
 * everything that the spec asks of DittoFS; but what it read at its start is not what the spec says now.
 */
export function isPodOutdated({ world, plan, outcomes }: Pass): boolean {
  if (plan.podRestart !== undefined || outcomes.some(({ result }) => result.kind === "draining")) return true;
  const [statefulSet] = world.children.statefulSets;
  const isJustChanged = outcomes.some(
    ({ kind, result }) =>
      kind === "StatefulSet" &&
      result.kind === "applied" &&
      !result.created &&
      result.paths.some((path) => path.includes("template")),
  );
  if (isJustChanged || statefulSet === undefined) return isJustChanged;
  const { observedGeneration, updateRevision } = statefulSet.status ?? {};
  // A StatefulSet that was made again for a running pod has no status yet: it takes that pod back as it is.
  if (observedGeneration !== undefined && observedGeneration !== statefulSet.metadata?.generation) return true;
  const revision = world.pod?.metadata?.labels?.[revisionLabel];
  return revision !== undefined && updateRevision !== undefined && revision !== updateRevision;
}
