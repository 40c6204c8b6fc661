import type { Pod } from "kubernetes-types/core/v1";
import type { DittoFsSeen } from "../dittofs-seen.ts";
import type { VolumeGrowth } from "../volumes/volume-growth.ts";
import { podState } from "./pod-state.ts";

/** The pod is ended once, and its StatefulSet makes it again. `because` goes on after "The file server restarts once, because". */
export type PodRestart = { readonly podName: string; readonly podUid: string; readonly because: string };

export type PodRestartInputs = {
  readonly growth: Pick<VolumeGrowth, "restart">;
  readonly pod: Pod | undefined;
  readonly dittofs: DittoFsSeen;
};

/**
 * What neither the pod's template nor its files say. The uid makes it one restart, also when a rollout comes at the same
 * time: the pod that comes next is another one, and is not outdated.
 */
export function podRestart({ growth, pod, dittofs }: PodRestartInputs): PodRestart | undefined {
  if (growth.restart !== undefined) {
    const { podName, podUid, claimName } = growth.restart;
    return { podName, podUid, because: `it lacks the volume of PersistentVolumeClaim ${claimName}` };
  }
  const because = dittofs.kind === "answered" ? dittofs.outdated : undefined;
  if (because === undefined || podState(pod).kind !== "ready") return undefined;
  return { podName: pod?.metadata?.name ?? "", podUid: pod?.metadata?.uid ?? "", because };
}
