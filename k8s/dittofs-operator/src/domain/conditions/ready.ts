import type { ConditionType, ConditionVerdict } from "../../api/conditions.ts";

/** The conditions that make up Ready, in the order in which a user would mend them. */
export const readyNeeds = [
  "ConfigReady",
  "StorageReady",
  "DatabaseReady",
  "Available",
  "Provisioned",
  "Reachable",
] as const satisfies readonly ConditionType[];

/** A client can mount now: every part is as this generation wants it, otherwise the first part that is not. */
export function ready(parts: Readonly<Record<(typeof readyNeeds)[number], ConditionVerdict>>): ConditionVerdict {
  for (const type of readyNeeds) {
    const part = parts[type];
    if (part.status !== "True") return { status: "False", reason: part.reason, message: part.message };
  }
  return { status: "True", reason: "Serving", message: "Clients can mount now." };
}
