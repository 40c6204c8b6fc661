import { FIELD_MANAGER, FINALIZER } from "../api/group.ts";
import { type Cleanup, cleanup } from "../domain/cleanup.ts";
import { podName } from "../domain/names.ts";
import { plan } from "../domain/plan.ts";
import type { World } from "../domain/world.ts";
import { removeFinalizer } from "../runtime/finalizer.ts";
import type { Resource } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { failureOutcome } from "./failure-outcome.ts";
import { holdDeletion } from "./hold-deletion.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { reference, report } from "./report.ts";
import { resources } from "./resources.ts";
import type { ServerKey } from "./server-key.ts";

export type FinishInputs = { readonly world: World; readonly parts: OperatorParts; readonly signal: AbortSignal };

/** How often it is looked whether a protected server is still used. */
const holdMs = 10_000;

/** The pass over a DittoServer that is being deleted. Nothing is created any more. */
export async function finish(key: ServerKey, { world: seen, parts, signal }: FinishInputs): Promise<Outcome> {
  const { metadata } = seen.server;
  if (metadata.finalizers?.includes(FINALIZER) !== true) return { kind: "done" };
  const deletionHold = await holdDeletion({ key, world: seen, parts, signal });
  const world = deletionHold === undefined ? seen : { ...seen, deletionHold };
  const step = cleanup(world);
  if (step.kind === "release") return await release({ world, parts, signal }, step.kept);
  const isStop = step.kind === "endStatefulSet" || step.kind === "endPod";
  const draining = isStop && deletionHold === undefined ? parts.drains.before(key, world) : undefined;
  const isHeld = deletionHold !== undefined || draining !== undefined;
  const failed = isHeld ? undefined : await end(step, { world, parts, signal });
  if (failed !== undefined) return failed;
  const outcomes = draining === undefined ? [] : [{ kind: "Pod", name: podName(world.server), result: draining }];
  const pass = { world, plan: { ...plan(world, unused), children: [], removals: [] }, outcomes };
  const reported = await report({
    ...parts,
    pass,
    signal,
    lastWriteMs: undefined,
    monotonicMs: parts.clock.monotonicMs(),
  });
  if (reported.kind === "failed") return failureOutcome("status", reported.failure);
  return deletionHold === undefined ? { kind: "done" } : { kind: "lookAgain", afterMs: holdMs };
}

/** Ends what the step names; answers what is in the way. */
async function end(step: Cleanup, { world, parts, signal }: FinishInputs): Promise<Outcome | undefined> {
  for (const { resource, name, uid, propagation } of deletions(step)) {
    const key = { namespace: world.server.metadata.namespace, name };
    const answer = await parts.api.delete(resource, key, { uid, propagation, signal });
    if (!answer.ok && answer.failure.code !== "notFound") return failureOutcome(resource.kind, answer.failure);
  }
  return undefined;
}

type Deletion = {
  readonly resource: Resource;
  readonly name: string;
  readonly uid: string;
  readonly propagation: "Foreground" | "Background";
};

function deletions(step: Cleanup): readonly Deletion[] {
  switch (step.kind) {
    case "endStatefulSet":
      // Foreground: the StatefulSet stays visible until its pod has ended.
      return [{ resource: resources.statefulSets, name: step.name, uid: step.uid, propagation: "Foreground" }];
    case "endPod":
      return [{ resource: resources.pods, name: step.name, uid: step.uid, propagation: "Background" }];
    case "removeClaims":
      return step.claims.map((claim) => ({ resource: resources.claims, ...claim, propagation: "Background" }));
    case "wait":
    case "release":
      return [];
    default:
      return step satisfies never;
  }
}

async function release({ world, parts, signal }: FinishInputs, kept: readonly string[]): Promise<Outcome> {
  const { metadata } = world.server;
  const removed = await removeFinalizer({
    api: parts.api,
    resource: resources.dittoServers,
    store: parts.stores.dittoServers,
    metadata,
    finalizer: FINALIZER,
    fieldManager: FIELD_MANAGER,
    signal,
  });
  if (!removed.ok && removed.failure.code !== "notFound") return failureOutcome("finalizer", removed.failure);
  parts.sessions.forget(metadata.uid);
  if (kept.length > 0) {
    const note = `The server has ended. Kept for a DittoServer of the same name: ${kept.join(", ")}.`;
    parts.events.record({ regarding: reference(world.server), type: "Normal", reason: "Kept", action: "Delete", note });
  }
  return { kind: "done" };
}

/** A server that is being deleted gets no new credential, not even in a plan that nobody carries out. */
function unused(): string {
  return "";
}
