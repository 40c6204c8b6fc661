import type { ConditionType, Reason } from "../api/conditions.ts";

/** Something that keeps a part of the plan from being carried out; a condition shows it to the user. */
export type Finding = {
  readonly condition: ConditionType;
  readonly reason: Reason;
  /** What is wrong, where, and what to do. No timestamps, no counters, no secrets. */
  readonly message: string;
};
