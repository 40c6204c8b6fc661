import type { ConditionVerdict } from "../../api/conditions.ts";
import type { Pass } from "../pass.ts";

/** The config file is rendered, every Secret that it needs is usable, and every child could be written. */
export function configReady({ plan, outcomes }: Pass): ConditionVerdict {
  const finding = plan.findings.find((each) => each.condition === "ConfigReady");
  if (finding !== undefined) return { status: "False", reason: finding.reason, message: finding.message };
  for (const { kind, name, result } of outcomes) {
    if (kind === "PersistentVolumeClaim") continue;
    if (result.kind === "nameConflict") {
      return {
        status: "False",
        reason: "NameConflict",
        message: `${kind} ${name} exists and belongs to ${result.holder}; it was not touched. Rename or remove it, or give the DittoServer another name.`,
      };
    }
    if (result.kind === "refused") {
      return {
        status: "False",
        reason: "ApplyRefused",
        message: `The API server refused ${kind} ${name}: ${result.message}`,
      };
    }
    if (result.kind === "beingRemoved") {
      return {
        status: "False",
        reason: "WaitingForPrevious",
        message: `${kind} ${name} of an earlier DittoServer of this name is still being removed.`,
      };
    }
  }
  return {
    status: "True",
    reason: "Rendered",
    message: "The configuration is written and every Secret it needs is there.",
  };
}
