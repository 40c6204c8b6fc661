import type { ChildOutcome } from "../domain/child-outcome.ts";
import type { Pass } from "../domain/pass.ts";
import type { World } from "../domain/world.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { failureOutcome } from "./failure-outcome.ts";
import type { Reported } from "./report.ts";

/** The holder of a name goes away without a sign that this operator watches for. The longer it has stayed, the less often it is looked for. */
const nameConflict = { leastMs: 30_000, mostMs: 600_000 };
/** Garbage collection of an earlier server's children takes a second or two. */
const beingRemovedMs = 1_000;
/** What the API server refuses can become right through a quota, a policy or a CustomResourceDefinition. */
const refusedMs = 60_000;
/** Nobody watches what a pod names besides Secrets. */
const absentReferenceMs = 5_000;
/** A Secret that could not be read: a right that is missing, or an API server under load. */
const unreadableMs = 10_000;

/** When to make the next pass if nothing changes until then. */
export function nextLook({ world, plan, outcomes }: Pass, reported: Reported): Outcome {
  const failed = outcomes.find(({ result }) => result.kind === "failed");
  if (failed?.result.kind === "failed")
    return { kind: "retry", reason: `${failed.kind} ${failed.name}: ${failed.result.message}` };
  if (reported.kind === "failed") return failureOutcome("status", reported.failure);
  const due = [
    ...outcomes.flatMap(({ result }) => delayOf(result, world)),
    ...(reported.kind === "postponed" ? [reported.afterMs] : []),
    ...(plan.lookAgainMs === undefined ? [] : [plan.lookAgainMs]),
    ...(world.absentReferences.some(({ kind }) => kind !== "Secret") ? [absentReferenceMs] : []),
    ...([...world.secrets.values()].some(({ kind }) => kind === "unreadable") ? [unreadableMs] : []),
  ];
  return due.length === 0 ? { kind: "done" } : { kind: "lookAgain", afterMs: Math.min(...due) };
}

function delayOf(result: ChildOutcome["result"], world: World): readonly number[] {
  switch (result.kind) {
    case "nameConflict":
      return [Math.min(Math.max(conflictAgeMs(world), nameConflict.leastMs), nameConflict.mostMs)];
    case "beingRemoved":
    case "beingReplaced":
      return [beingRemovedMs];
    case "refused":
      return [refusedMs];
    case "unchanged":
    case "applied":
    case "removed":
    case "grown":
    case "replacing":
    case "held":
    // What is awaited brings the next pass.
    case "draining":
    case "failed":
      return [];
    default:
      return result satisfies never;
  }
}

function conflictAgeMs({ server, nowMs }: World): number {
  const told = server.status?.conditions?.find(({ type }) => type === "ConfigReady");
  return told?.reason === "NameConflict" ? nowMs - Date.parse(told.lastTransitionTime) : 0;
}
