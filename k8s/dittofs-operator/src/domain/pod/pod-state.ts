import type { ContainerStatus, Pod } from "kubernetes-types/core/v1";
import { serverContainerName } from "../names.ts";

/** What the server's pod is doing, as far as the decisions need it. */
export type PodState =
  | { readonly kind: "none" }
  | { readonly kind: "ending" }
  | {
      readonly kind: "ready";
      readonly uid: string;
      readonly process: string;
      readonly address: string;
      readonly nodeAddress: string | undefined;
    }
  | { readonly kind: "starting"; readonly message: string }
  | { readonly kind: "unschedulable"; readonly message: string }
  | { readonly kind: "imageFailed"; readonly message: string }
  | {
      readonly kind: "crashing";
      readonly message: string;
      /** With which the server's process ended last; absent when that was another container, or none. */
      readonly exitCode?: number;
    };

/** Waiting reasons of the kubelet that do not pass without a change of the image or of the node's access to it. */
const imageReasons = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "ImageInspectError",
]);
/** Waiting reasons that come back until something in the spec, a Secret or the node changes. */
const crashReasons = new Set([
  "CrashLoopBackOff",
  "CreateContainerConfigError",
  "CreateContainerError",
  "RunContainerError",
]);

export function podState(pod: Pod | undefined): PodState {
  if (pod === undefined) return { kind: "none" };
  if (pod.metadata?.deletionTimestamp !== undefined) return { kind: "ending" };
  const address = pod.status?.podIP;
  if (address !== undefined && condition(pod, "Ready")?.status === "True") {
    return {
      kind: "ready",
      uid: pod.metadata?.uid ?? "",
      process: processOfPod(pod),
      address,
      nodeAddress: pod.status?.hostIP,
    };
  }
  const waiting = waitingContainer(pod);
  if (waiting !== undefined) return waiting;
  const scheduled = condition(pod, "PodScheduled");
  if (scheduled?.status === "False") {
    return { kind: "unschedulable", message: bounded(scheduled.message ?? "the scheduler gave no reason") };
  }
  return {
    kind: "starting",
    message: pod.status?.phase === "Running" ? "the server is starting" : "the pod is being prepared",
  };
}

/** The pod, and how often the server's container was started again within it. */
export function processOfPod({ metadata, status }: Pod): string {
  const starts = status?.containerStatuses?.find(({ name }) => name === serverContainerName)?.restartCount ?? 0;
  return `${metadata?.uid ?? ""}/${starts}`;
}

function waitingContainer(pod: Pod): PodState | undefined {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  for (const status of statuses) {
    const reason = status.state?.waiting?.reason;
    if (reason === undefined) continue;
    if (imageReasons.has(reason)) {
      return {
        kind: "imageFailed",
        message: bounded(`image ${status.image}: ${status.state?.waiting?.message ?? reason}`),
      };
    }
    if (crashReasons.has(reason)) {
      const exitCode = status.name === serverContainerName ? status.lastState?.terminated?.exitCode : undefined;
      return { kind: "crashing", message: bounded(crash(status, reason)), ...(exitCode !== undefined && { exitCode }) };
    }
  }
  return undefined;
}

/** Without counters and times, which would make the message change at every restart. */
function crash(status: ContainerStatus, reason: string): string {
  const last = status.lastState?.terminated;
  if (last !== undefined)
    return `container ${status.name} ended with exit code ${last.exitCode} (${last.reason ?? reason})`;
  return `container ${status.name}: ${status.state?.waiting?.message ?? reason}`;
}

function condition(pod: Pod, type: string): { status: string; message?: string } | undefined {
  return pod.status?.conditions?.find((each) => each.type === type);
}

function bounded(message: string): string {
  return message.length <= 300 ? message : `${message.slice(0, 299)}…`;
}
