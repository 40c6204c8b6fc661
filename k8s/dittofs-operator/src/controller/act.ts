import { FIELD_MANAGER } from "../api/group.ts";
import type { ChildOutcome } from "../domain/child-outcome.ts";
import { hasUploads } from "../domain/drain.ts";
import type { Removal } from "../domain/plan.ts";
import { isTemplateChanged } from "../domain/pod/is-pod-outdated.ts";
import type { WantedChild } from "../domain/wanted-child.ts";
import type { Children } from "../domain/world.ts";
import { type ApplyOutcome, applyChild } from "../runtime/apply-child.ts";
import { childDifference } from "../runtime/child-difference.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import type { ActInputs } from "./act-inputs.ts";
import { childKinds } from "./child-kinds.ts";
import { failedResult } from "./failed-result.ts";
import { growClaims } from "./grow-claims.ts";
import { labelLeftovers } from "./label-leftovers.ts";
import { ownership } from "./ownership.ts";
import { isOrphaning, replaceStatefulSet } from "./replace-stateful-set.ts";
import { resources } from "./resources.ts";

/** What the server's process reads at its start, and what keeps strangers from it. Clients can wait for the others. */
const awaited: ReadonlySet<string> = new Set(["ConfigMap", "Secret", "NetworkPolicy", "PerconaPGCluster"]);

/**
 * Carries a plan out, each child for itself: one that fails does not keep the others. Only the StatefulSet waits for
 * what a start needs.
 */
export async function act(inputs: ActInputs): Promise<readonly ChildOutcome[]> {
  const grown = await growClaims(inputs);
  const outcomes: ChildOutcome[] = [];
  for (const wanted of inputs.plan.children) {
    const missing =
      wanted.kind === "StatefulSet"
        ? outcomes.find(({ kind, result }) => awaited.has(kind) && !isThere(result))
        : undefined;
    const result: ChildOutcome["result"] =
      missing === undefined
        ? await apply(wanted, inputs)
        : { kind: "held", waitsFor: `${missing.kind} ${missing.name}` };
    outcomes.push({ kind: wanted.kind, name: wanted.metadata.name, result });
  }
  for (const removal of inputs.plan.removals) {
    outcomes.push({ kind: removal.kind, name: removal.name, result: await remove(removal, inputs) });
  }
  // The StatefulSet controller ends the pod of an earlier template, and makes the next of the present one.
  const restarted = isTemplateChanged(outcomes) ? [] : await restartPod(inputs);
  return [...grown, ...outcomes, ...restarted];
}

function isThere(result: ChildOutcome["result"]): boolean {
  return result.kind === "unchanged" || result.kind === "applied";
}

async function apply(wanted: WantedChild, inputs: ActInputs): Promise<ChildOutcome["result"]> {
  const { resource, field } = childKinds[wanted.kind];
  const live = liveChild(inputs.children, field, wanted.metadata.name);
  const draining =
    wanted.kind === "StatefulSet" && hasUploads(inputs.server) && endsPod(wanted, live) ? inputs.drain() : undefined;
  if (draining !== undefined) return draining;
  const outcome = await applyChild({
    api: inputs.api,
    resource,
    store: inputs.stores[field],
    wanted,
    live,
    whose: (object) => ownership(object, inputs.server),
    fieldManager: FIELD_MANAGER,
    ...(wanted.kind === "StatefulSet" && { beforeTakingOver: async () => await labelLeftovers(inputs) }),
    signal: inputs.signal,
  });
  const result = childResult(outcome);
  if (wanted.kind !== "StatefulSet") return result;
  if (result.kind === "beingRemoved" && isOrphaning(live)) return { kind: "beingReplaced" };
  // Only as it is wanted, which proves that the API server will take the same template again.
  const { replacement } = inputs.plan.growth;
  return result.kind === "unchanged" && replacement !== undefined
    ? await replaceStatefulSet(replacement, inputs)
    : result;
}

/** Whether the running pod does not outlive that its StatefulSet becomes as it is wanted. */
function endsPod(wanted: WantedChild, live: KubernetesObject | undefined): boolean {
  if (live === undefined) return false;
  const difference = childDifference({ wanted, live, fieldManager: FIELD_MANAGER });
  return difference.kind === "differs" && difference.paths.some((path) => /\btemplate\b|\breplicas\b/.test(path));
}

function liveChild(children: Children, field: keyof Children, name: string): KubernetesObject | undefined {
  const live = children[field].find((each) => each.metadata?.name === name);
  return live as unknown as KubernetesObject | undefined; // it came out of a store of KubernetesObjects
}

function childResult(outcome: ApplyOutcome): ChildOutcome["result"] {
  switch (outcome.kind) {
    case "unchanged":
      return { kind: "unchanged" };
    case "applied":
      return { kind: "applied", paths: outcome.paths, created: outcome.created };
    case "nameConflict":
      return { kind: "nameConflict", holder: outcome.holder };
    case "beingRemoved":
      return { kind: "beingRemoved" };
    case "failed":
      return failedResult(outcome.failure);
    default:
      return outcome satisfies never;
  }
}

async function restartPod({ server, plan, api, drain, signal }: ActInputs): Promise<readonly ChildOutcome[]> {
  const restart = plan.podRestart;
  if (restart === undefined) return [];
  const draining = drain();
  if (draining !== undefined) return [{ kind: "Pod", name: restart.podName, result: draining }];
  const key = { namespace: server.metadata.namespace, name: restart.podName };
  const answer = await api.delete(resources.pods, key, { uid: restart.podUid, propagation: "Background", signal });
  if (!answer.ok && answer.failure.code === "notFound") return [];
  const result = answer.ok ? ({ kind: "removed" } as const) : failedResult(answer.failure);
  return [{ kind: "Pod", name: restart.podName, result }];
}

async function remove(
  { kind, name, uid }: Removal,
  { server, stores, api, signal }: ActInputs,
): Promise<ChildOutcome["result"]> {
  const { resource, field } = childKinds[kind];
  const key = { namespace: server.metadata.namespace, name };
  const answer = await api.delete(resource, key, { uid, propagation: "Background", signal });
  if (!answer.ok && answer.failure.code !== "notFound") return failedResult(answer.failure);
  stores[field].recordDelete(key, uid);
  return { kind: "removed" };
}
