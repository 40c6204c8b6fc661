import { VOLUME_FIELD_MANAGER } from "../api/group.ts";
import type { ChildOutcome } from "../domain/child-outcome.ts";
import type { ClaimGrowth } from "../domain/volumes/volume-growth.ts";
import type { ActInputs } from "./act-inputs.ts";
import { failedResult } from "./failed-result.ts";
import { resources } from "./resources.ts";

/** Tells claims to grow, each for itself. */
export async function growClaims(inputs: ActInputs): Promise<readonly ChildOutcome[]> {
  const outcomes: ChildOutcome[] = [];
  for (const growth of inputs.plan.growth.claims) {
    outcomes.push({ kind: "PersistentVolumeClaim", name: growth.name, result: await grow(growth, inputs) });
  }
  return outcomes;
}

async function grow(
  { name, uid, resourceVersion, from, to }: ClaimGrowth,
  { server, stores, api, signal }: ActInputs,
): Promise<ChildOutcome["result"]> {
  const body = {
    apiVersion: "v1",
    kind: resources.claims.kind,
    // The version keeps a claim that somebody made larger meanwhile from being made smaller again.
    metadata: { name, namespace: server.metadata.namespace, uid, resourceVersion },
    spec: { resources: { requests: { storage: to } } },
  };
  const options = { fieldManager: VOLUME_FIELD_MANAGER, force: true, signal };
  const answer = await api.apply(resources.claims, body, options);
  if (!answer.ok) return failedResult(answer.failure);
  stores.claims.recordWrite(answer.value);
  return { kind: "grown", from, to };
}
