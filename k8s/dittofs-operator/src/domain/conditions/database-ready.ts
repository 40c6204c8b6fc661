import type { ConditionVerdict } from "../../api/conditions.ts";
import { waitContainerName } from "../children/pod/wait-for-postgres.ts";
import { usesPostgres } from "../database/uses-postgres.ts";
import type { Pass } from "../pass.ts";
import { podState } from "../pod/pod-state.ts";

/** The control-plane database answers. SQLite is a file of the server's own: it is there when the server is. */
export function databaseReady({ world, plan }: Pass): ConditionVerdict {
  if (!usesPostgres(world.server))
    return { status: "True", reason: "SQLite", message: "The control plane keeps its data in SQLite." };
  const finding = plan.findings.find(({ condition }) => condition === "DatabaseReady");
  // A server that runs has its database, whatever became of the Secret since; one that another has too is told of.
  if (podState(world.pod).kind === "ready" && finding?.reason !== "DatabaseTaken")
    return { status: "True", reason: "PostgreSQL", message: "PostgreSQL answered when the server's pod started." };
  if (finding !== undefined) return { status: "False", reason: finding.reason, message: finding.message };
  return ofWaiting(world.pod);
}

/** What the container that waits has to say, in its last words. */
function ofWaiting(pod: Pass["world"]["pod"]): ConditionVerdict {
  const waiting = pod?.status?.initContainerStatuses?.find(({ name }) => name === waitContainerName);
  if (waiting?.state?.terminated?.exitCode === 0)
    return { status: "True", reason: "PostgreSQL", message: "PostgreSQL answered when the server's pod started." };
  const said = waiting?.state?.terminated?.message ?? waiting?.lastState?.terminated?.message;
  if (said === undefined || said === "")
    return { status: "Unknown", reason: "NotObservedYet", message: "The server's pod has not asked PostgreSQL yet." };
  return { status: "False", reason: "Unreachable", message: said.trim().slice(0, 700) };
}
