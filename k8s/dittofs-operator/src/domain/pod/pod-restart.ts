import type { DittoFsSeen } from "../dittofs-seen.ts";
import type { VolumeGrowth } from "../volumes/volume-growth.ts";
import { isBeingReplaced, type PodWithSet } from "./is-pod-outdated.ts";
import { podState } from "./pod-state.ts";

/** The pod is ended once, and its StatefulSet makes it again. `because` goes on after "The file server restarts once, because". */
export type PodRestart = { readonly podName: string; readonly podUid: string; readonly because: string };

export type PodRestartInputs = PodWithSet & {
  readonly growth: Pick<VolumeGrowth, "restart">;
  readonly dittofs: DittoFsSeen;
};

/**
 * What neither the pod's template nor its files say. The uid makes it one restart: the pod that comes next is another one, and is not
 * outdated. One that is about to be replaced is left to the StatefulSet controller, which could else make it once more from the earlier template.
 */
export function podRestart({ growth, pod, children, dittofs }: PodRestartInputs): PodRestart | undefined {
  if (growth.restart !== undefined) {
    const { podName, podUid, claimName } = growth.restart;
    return { podName, podUid, because: `it lacks the volume of PersistentVolumeClaim ${claimName}` };
  }
  const because = dittofs.kind === "answered" ? dittofs.outdated : undefined;
  if (because === undefined || podState(pod).kind !== "ready" || isBeingReplaced({ children, pod })) return undefined;
  return { podName: pod?.metadata?.name ?? "", podUid: pod?.metadata?.uid ?? "", because };
}
