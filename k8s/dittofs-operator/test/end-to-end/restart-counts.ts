import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";

type PodStatus = { readonly containerStatuses?: readonly { readonly restartCount: number }[] };

/** How often each container of a pod was started again; empty before the kubelet has told. */
export function restartCounts({ status }: KubernetesObject): readonly number[] {
  const { containerStatuses = [] } = status as PodStatus; // a pod's, by its kind
  return containerStatuses.map(({ restartCount }) => restartCount);
}
