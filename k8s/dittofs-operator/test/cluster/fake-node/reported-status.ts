import type { StatefulSet, StatefulSetStatus } from "kubernetes-types/apps/v1";
import type { ContainerState, PersistentVolumeClaim, Pod, PodStatus } from "kubernetes-types/core/v1";
import { revisionOf } from "./pod-of.ts";

/** What the kubelet knows of a pod's only container. */
export type ContainerReport =
  | { readonly kind: "running"; readonly address: string; readonly startedAt: string; readonly restarts: number }
  | { readonly kind: "waiting"; readonly reason: string; readonly message: string; readonly restarts: number };

export function podStatus(pod: Pod, report: ContainerReport): PodStatus {
  const isReady = report.kind === "running";
  const [container] = pod.spec?.containers ?? [];
  const conditions = ["PodScheduled", "Initialized", "ContainersReady", "Ready"].map((type, index) => ({
    type,
    status: index < 2 || isReady ? "True" : "False",
    ...(isReady && { lastTransitionTime: report.startedAt }),
  }));
  return {
    phase: isReady ? "Running" : "Pending",
    conditions,
    hostIP: "10.251.0.11",
    ...(isReady && { podIP: report.address, podIPs: [{ ip: report.address }], startTime: report.startedAt }),
    containerStatuses: [
      {
        name: container?.name ?? "",
        image: container?.image ?? "",
        imageID: isReady ? `fake://${container?.image}` : "",
        ready: isReady,
        started: isReady,
        restartCount: report.restarts,
        state: containerState(report),
      },
    ],
  };
}

function containerState(report: ContainerReport): ContainerState {
  if (report.kind === "running") return { running: { startedAt: report.startedAt } };
  return { waiting: { reason: report.reason, message: report.message } };
}

export function isReady(pod: Pod | undefined): boolean {
  return pod?.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") === true;
}

/** The status as the StatefulSet controller reports it for a set of at most one pod. */
export function statefulSetStatus(statefulSet: StatefulSet, pod: Pod | undefined): StatefulSetStatus {
  const updateRevision = revisionOf(statefulSet);
  const podRevision = pod?.metadata?.labels?.["controller-revision-hash"];
  const replicas = pod === undefined ? 0 : 1;
  const ready = isReady(pod) ? 1 : 0;
  const isUpdated = podRevision === updateRevision;
  // The old revision stays current until the pod of the new one is ready.
  const before = statefulSet.status?.currentRevision ?? updateRevision;
  const currentRevision = isUpdated && ready === 1 ? updateRevision : before;
  return {
    observedGeneration: statefulSet.metadata?.generation ?? 0,
    replicas,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: podRevision === currentRevision ? replicas : 0,
    updatedReplicas: isUpdated ? replicas : 0,
    currentRevision,
    updateRevision,
    collisionCount: 0,
  };
}

export function boundClaimStatus({ spec }: PersistentVolumeClaim): unknown {
  return { phase: "Bound", accessModes: spec?.accessModes ?? [], capacity: spec?.resources?.requests ?? {} };
}
