import type { Condition, ConditionType, ConditionVerdict } from "../api/conditions.ts";

export type MergedConditionsInputs = {
  readonly verdicts: Readonly<Record<ConditionType, ConditionVerdict>>;
  readonly before: readonly Condition[];
  readonly generation: number;
  readonly nowMs: number;
};

/** Conditions as Kubernetes wants them: lastTransitionTime moves only with status. */
export function mergedConditions({
  verdicts,
  before,
  generation,
  nowMs,
}: MergedConditionsInputs): readonly Condition[] {
  const types = Object.keys(verdicts) as ConditionType[]; // a Record over ConditionType has exactly these keys
  return types.map((type) => {
    const verdict = verdicts[type];
    const old = before.find((each) => each.type === type);
    return {
      type,
      status: verdict.status,
      reason: verdict.reason,
      message: bounded(verdict.message),
      observedGeneration: generation,
      lastTransitionTime:
        old !== undefined && old.status === verdict.status ? old.lastTransitionTime : timestamp(nowMs),
    };
  });
}

/** The schema allows 1,024 characters. */
function bounded(message: string): string {
  return message.length <= 1_000 ? message : `${message.slice(0, 999)}…`;
}

/** RFC 3339 with whole seconds, as metav1.Time is written. */
function timestamp(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
}
