import { FIELD_MANAGER, FINALIZER } from "../api/group.ts";
import { cleanup } from "../domain/cleanup.ts";
import { plan } from "../domain/plan.ts";
import type { World } from "../domain/world.ts";
import { removeFinalizer } from "../runtime/finalizer.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { failureOutcome } from "./failure-outcome.ts";
import type { OperatorParts } from "./operator-parts.ts";
import { reference, report } from "./report.ts";
import { resources } from "./resources.ts";

export type FinishInputs = { readonly world: World; readonly parts: OperatorParts; readonly signal: AbortSignal };

/** The pass over a DittoServer that is being deleted. Nothing is created any more. */
export async function finish({ world, parts, signal }: FinishInputs): Promise<Outcome> {
  const { metadata } = world.server;
  if (metadata.finalizers?.includes(FINALIZER) !== true) return { kind: "done" };
  const step = cleanup(world);
  if (step.kind === "release") return await release({ world, parts, signal }, step.kept);
  if (step.kind === "endStatefulSet") {
    const key = { namespace: metadata.namespace, name: step.name };
    // Foreground: the StatefulSet stays visible until its pod has ended.
    const answer = await parts.api.delete(resources.statefulSets, key, {
      uid: step.uid,
      propagation: "Foreground",
      signal,
    });
    if (!answer.ok && answer.failure.code !== "notFound") return failureOutcome("StatefulSet", answer.failure);
  }
  const pass = { world, plan: { ...plan(world, unused), children: [], removals: [] }, outcomes: [] };
  const reported = await report({
    ...parts,
    pass,
    signal,
    lastWriteMs: undefined,
    monotonicMs: parts.clock.monotonicMs(),
  });
  return reported.kind === "failed" ? failureOutcome("status", reported.failure) : { kind: "done" };
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
