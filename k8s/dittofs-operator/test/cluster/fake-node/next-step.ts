import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Pod } from "kubernetes-types/core/v1";
import { revisionOf } from "./pod-of.ts";
import { isReady, statefulSetStatus } from "./reported-status.ts";

/** What the node and the StatefulSet controller that are played here know of one StatefulSet. */
export type Known = {
  readonly statefulSet: StatefulSet | undefined;
  readonly pod: Pod | undefined;
  /** The pod whose server runs in this process. */
  readonly runningFor: string | undefined;
  /** A start failed a moment ago. */
  readonly backsOff: boolean;
};

export type Step =
  | { readonly kind: "createPod"; readonly statefulSet: StatefulSet }
  | { readonly kind: "deletePod" | "startServer"; readonly pod: Pod }
  | { readonly kind: "stopServer"; readonly podUid: string }
  | { readonly kind: "adoptPod"; readonly statefulSet: StatefulSet; readonly pod: Pod }
  | { readonly kind: "reportStatefulSet"; readonly statefulSet: StatefulSet; readonly pod: Pod | undefined }
  | { readonly kind: "rest" };

/**
 * The one thing to do next. The garbage collector, which is real, removes the pod of a deleted StatefulSet; a pod whose revision is
 * not the wanted one is deleted and made anew, and one that an earlier set of the name has left behind is taken over.
 */
export function nextStep({ statefulSet, pod, runningFor, backsOff }: Known): Step {
  if (runningFor !== undefined && runningFor !== pod?.metadata?.uid) return { kind: "stopServer", podUid: runningFor };
  if (statefulSet === undefined || statefulSet.metadata?.deletionTimestamp !== undefined) return { kind: "rest" };
  const wantsPod = (statefulSet.spec?.replicas ?? 1) > 0;
  if (pod === undefined) return wantsPod ? { kind: "createPod", statefulSet } : reported(statefulSet, pod);
  if (isEnding(pod)) return reported(statefulSet, pod);
  if (!isOwned(pod, statefulSet)) return { kind: "adoptPod", statefulSet, pod };
  if (!wantsPod || revisionIn(pod) !== revisionOf(statefulSet)) return { kind: "deletePod", pod };
  if (runningFor === undefined && !isReady(pod) && !backsOff) return { kind: "startServer", pod };
  return reported(statefulSet, pod);
}

function isEnding({ metadata }: Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

function isOwned({ metadata }: Pod, statefulSet: StatefulSet): boolean {
  return metadata?.ownerReferences?.some(({ uid }) => uid === statefulSet.metadata?.uid) === true;
}

function revisionIn({ metadata }: Pod): string | undefined {
  return metadata?.labels?.["controller-revision-hash"];
}

function reported(statefulSet: StatefulSet, pod: Pod | undefined): Step {
  const live: Readonly<Record<string, unknown>> = { ...statefulSet.status };
  // The API server leaves out numbers that are 0.
  const isReported = Object.entries(statefulSetStatus(statefulSet, pod)).every(
    ([field, value]) => (live[field] ?? 0) === value,
  );
  return isReported ? { kind: "rest" } : { kind: "reportStatefulSet", statefulSet, pod };
}
