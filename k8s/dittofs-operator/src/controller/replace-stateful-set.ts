import type { ChildOutcome } from "../domain/child-outcome.ts";
import type { Replacement } from "../domain/volumes/volume-growth.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import type { ActInputs } from "./act-inputs.ts";
import { failedResult } from "./failed-result.ts";
import { ownership } from "./ownership.ts";
import { resources } from "./resources.ts";

/**
 * Deletes the StatefulSet and lets its pod run on. The API server answers before the garbage collector has orphaned the pod;
 * its end is an event, and the pass after that makes the StatefulSet again.
 */
export async function replaceStatefulSet(
  { name, uid, generation }: Replacement,
  { server, api, signal }: ActInputs,
): Promise<ChildOutcome["result"]> {
  const key = { namespace: server.metadata.namespace, name };
  const live = await api.get(resources.statefulSets, key, signal);
  if (!live.ok) return failedResult(live.failure);
  const { metadata } = live.value;
  if (isOrphaning(live.value)) return { kind: "beingReplaced" };
  const isTheSame = metadata.uid === uid && metadata.generation === generation;
  if (!isTheSame || metadata.deletionTimestamp !== undefined || ownership(live.value, server) !== "ours")
    return { kind: "failed", message: "conflict: it changed while it was looked at" };
  const { resourceVersion } = metadata;
  const answer = await api.delete(resources.statefulSets, key, {
    uid,
    ...(resourceVersion !== undefined && { resourceVersion }),
    propagation: "Orphan",
    signal,
  });
  return answer.ok ? { kind: "replacing" } : failedResult(answer.failure);
}

/** Kubernetes marks such a deletion with this finalizer until every dependent has been let go. */
export function isOrphaning(object: KubernetesObject | undefined): boolean {
  return object?.metadata.deletionTimestamp !== undefined && object.metadata.finalizers?.includes("orphan") === true;
}
