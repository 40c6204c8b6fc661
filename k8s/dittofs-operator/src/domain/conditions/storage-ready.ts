import type { ConditionVerdict } from "../../api/conditions.ts";
import type { Pass } from "../pass.ts";

/** Every volume that the server wants is there. */
export function storageReady({ world, plan }: Pass): ConditionVerdict {
  if (plan.claimNames.length === 0) {
    return { status: "True", reason: "NoVolumes", message: "The server keeps nothing on volumes." };
  }
  const phases = new Map(world.claims.map((claim) => [claim.metadata?.name, claim.status?.phase]));
  const lost = plan.claimNames.find((name) => phases.get(name) === "Lost");
  if (lost !== undefined) {
    return {
      status: "False",
      reason: "ClaimLost",
      message: `PersistentVolumeClaim ${lost} has lost its volume. Bring the volume back, or restore the data and delete the claim.`,
    };
  }
  const pending = plan.claimNames.find((name) => phases.get(name) !== "Bound");
  if (pending !== undefined) {
    return {
      status: "False",
      reason: "ClaimPending",
      message: `PersistentVolumeClaim ${pending} is not bound. If it stays so: kubectl describe pvc ${pending}.`,
    };
  }
  return { status: "True", reason: "Bound", message: "Every volume is bound." };
}
