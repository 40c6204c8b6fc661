import type { Condition, ConditionType } from "../api/conditions.ts";
import { RESTARTED_AT_ANNOTATION, ROTATED_ANNOTATION } from "../api/group.ts";
import type { DittoServerStatus } from "../api/status.ts";
import type { EventToRecord } from "./event-to-record.ts";
import type { Pass } from "./pass.ts";
import { removedShareEvents } from "./removed-share-events.ts";
import { removedStoreEvents } from "./removed-store-events.ts";

/** Conditions whose turn to False a user should hear of; the others only follow from these. */
const announced = [
  "ConfigReady",
  "StorageReady",
  "Provisioned",
  "Reachable",
] as const satisfies readonly ConditionType[];
/** Reasons that belong to every start and every rollout. */
const expected = new Set(["ClaimPending", "Expanding", "ServicePending", "LoadBalancerPending", "NotObservedYet"]);

/** What this pass did and no later one will do again. */
export function deeds(pass: Pass): readonly EventToRecord[] {
  return [...growth(pass), ...rotation(pass), ...rollout(pass)];
}

/** What the status that was just written says for the first time. */
export function turns(pass: Pass, next: DittoServerStatus): readonly EventToRecord[] {
  const before = pass.world.server.status?.conditions ?? [];
  return [
    ...becameFalse(before, next.conditions ?? []),
    ...fellBack(before, next.conditions ?? []),
    ...becameReady(before, next.conditions ?? []),
    ...removedShareEvents(pass, next),
    ...removedStoreEvents(pass, next),
    ...becameHeld(before, next.conditions ?? []),
  ];
}

function becameFalse(before: readonly Condition[], after: readonly Condition[]): readonly EventToRecord[] {
  return announced.flatMap((type) => {
    const now = after.find((each) => each.type === type);
    const old = before.find((each) => each.type === type);
    if (now === undefined || now.status !== "False" || expected.has(now.reason)) return [];
    if (old?.status === "False" && old.reason === now.reason) return [];
    return [{ type: "Warning", reason: now.reason, action: "Check", note: now.message } as const];
  });
}

/** Told once: that no load balancer came, and what clients can use meanwhile. */
function fellBack(before: readonly Condition[], after: readonly Condition[]): readonly EventToRecord[] {
  const now = after.find(({ type }) => type === "Reachable");
  if (now?.reason !== "NodePortFallback" || before.find(({ type }) => type === "Reachable")?.reason === now.reason)
    return [];
  return [{ type: "Warning", reason: now.reason, action: "Serve", note: now.message }];
}

function becameReady(before: readonly Condition[], after: readonly Condition[]): readonly EventToRecord[] {
  const now = after.find(({ type }) => type === "Ready");
  if (now?.status !== "True" || before.find(({ type }) => type === "Ready")?.status === "True") return [];
  return [{ type: "Normal", reason: "Ready", action: "Serve", note: now.message }];
}

function becameHeld(before: readonly Condition[], after: readonly Condition[]): readonly EventToRecord[] {
  const now = after.find(({ type }) => type === "Ready");
  if (now?.reason !== "DeletionHeld" || before.find(({ type }) => type === "Ready")?.reason === now.reason) return [];
  return [{ type: "Warning", reason: now.reason, action: "Delete", note: now.message }];
}

function growth({ outcomes, plan }: Pass): readonly EventToRecord[] {
  return outcomes.flatMap(({ kind, name, result }): readonly EventToRecord[] => {
    if (result.kind === "grown") {
      const note = `${kind} ${name} grows from ${result.from} to ${result.to}, as spec.storage asks.`;
      return [{ type: "Normal", reason: "VolumeGrowth", action: "Grow", note }];
    }
    if (result.kind === "replacing") {
      const note = `${kind} ${name} is made anew for the volumes that spec.storage asks for; its pod runs on.`;
      return [{ type: "Normal", reason: "StatefulSetReplaced", action: "Replace", note }];
    }
    if (kind === "Pod" && result.kind === "removed" && plan.podRestart !== undefined) {
      const note = `The file server restarts once, because ${plan.podRestart.because}.`;
      return [{ type: "Normal", reason: "Rollout", action: "Restart", note }];
    }
    return [];
  });
}

function rotation({ outcomes }: Pass): readonly EventToRecord[] {
  return outcomes.flatMap(({ kind, name, result }): readonly EventToRecord[] => {
    const isRotated =
      kind === "Secret" &&
      result.kind === "applied" &&
      !result.created &&
      result.paths.some((path) => path.includes(ROTATED_ANNOTATION));
    const note = `Secret ${name} holds the new value that its annotation rotate-credentials asks for.`;
    return isRotated ? [{ type: "Normal", reason: "CredentialsRotated", action: "Rotate", note }] : [];
  });
}

function rollout({ outcomes }: Pass): readonly EventToRecord[] {
  const statefulSet = outcomes.find(({ kind }) => kind === "StatefulSet")?.result;
  if (statefulSet?.kind !== "applied" || statefulSet.created) return [];
  const template = statefulSet.paths.filter((path) => path.includes("template"));
  if (template.length === 0) return [];
  return [
    {
      type: "Normal",
      reason: "Rollout",
      action: "Restart",
      note: `The file server restarts once, because ${rolloutCause(outcomes, template)}.`,
    },
  ];
}

function rolloutCause(outcomes: Pass["outcomes"], template: readonly string[]): string {
  if (template.some((path) => path.includes(RESTARTED_AT_ANNOTATION))) return "its annotation restarted-at asks for it";
  const beside = template.filter((path) => !path.includes("annotations"));
  if (beside.length > 0) return `its pod changed (${beside.slice(0, 5).join(", ")})`;
  const config = outcomes.find(({ kind }) => kind === "ConfigMap")?.result;
  if (config?.kind === "applied") return "its configuration file changed";
  return "a Secret that it reads at start changed";
}
