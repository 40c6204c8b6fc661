import type { ConditionVerdict } from "../../api/conditions.ts";
import { cleanup } from "../cleanup.ts";
import { drainingText } from "../drain.ts";
import type { Pass } from "../pass.ts";

/** What Ready says of a server that is being deleted: what is still awaited. */
export function deleting({ world, outcomes }: Pass): ConditionVerdict {
  if (world.deletionHold !== undefined) return { status: "False", reason: "DeletionHeld", message: world.deletionHold };
  const step = cleanup(world);
  const message = step.kind === "wait" ? step.message : "The DittoServer is being deleted; its process is ended first.";
  return { status: "False", reason: "Deleting", message: drainingText(outcomes) ?? message };
}
