import type { Condition } from "../api/conditions.ts";
import type { DittoServerStatus } from "../api/status.ts";

export type StatusPaceInputs = {
  readonly before: DittoServerStatus | undefined;
  readonly next: DittoServerStatus;
  /** Absent: this process has not written it yet. */
  readonly sinceLastWriteMs: number | undefined;
};

/** Progress is written at most this often: while a server starts, half a dozen things change within a second. */
const progressEveryMs = 5_000;

/**
 * What people and programs wait for is written at once: the generation acted on, that the file server holds what it asks for, every turn of
 * Ready, Degraded or ConfigReady, that nothing is under way any more, and which process has loaded what: an operator that is killed knows it
 * from there alone. Everything else can wait for company.
 */
export function isStatusDue({
  before,
  next,
  sinceLastWriteMs,
}: StatusPaceInputs): { kind: "now" } | { kind: "later"; afterMs: number } {
  if (sinceLastWriteMs === undefined || sinceLastWriteMs >= progressEveryMs) return { kind: "now" };
  const isTurn = (["Ready", "Degraded", "ConfigReady"] as const).some(
    (type) => verdictOf(before, type) !== verdictOf(next, type),
  );
  const isCarriedOut = verdictOf(next, "Provisioned") === "True" && verdictOf(before, "Provisioned") !== "True";
  const isSettled = verdictOf(next, "Progressing") === "False" && verdictOf(before, "Progressing") !== "False";
  const isOtherProcess = before?.applied?.loadedShares?.process !== next.applied?.loadedShares?.process;
  const isOtherGeneration = before?.observedGeneration !== next.observedGeneration;
  if (isTurn || isCarriedOut || isSettled || isOtherProcess || isOtherGeneration) return { kind: "now" };
  return { kind: "later", afterMs: progressEveryMs - sinceLastWriteMs };
}

function verdictOf(status: DittoServerStatus | undefined, type: Condition["type"]): string | undefined {
  return status?.conditions?.find((each) => each.type === type)?.status;
}
