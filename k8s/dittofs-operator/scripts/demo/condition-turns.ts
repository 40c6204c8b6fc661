import type { Condition } from "../../src/api/conditions.ts";

export type Conditions = readonly Pick<Condition, "type" | "status" | "reason" | "message">[];

/** What is new between two states: conditions that turned, and those that hold up for another reason than before. */
export function conditionTurns(before: Conditions, after: Conditions): Conditions {
  return after.filter(({ type, status, reason }) => {
    const old = before.find((each) => each.type === type);
    return old === undefined ? status !== "Unknown" : old.status !== status || old.reason !== reason;
  });
}
