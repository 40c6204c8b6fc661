import type { ConditionVerdict } from "../../api/conditions.ts";
import { drainingText } from "../drain.ts";
import type { Pass } from "../pass.ts";
import { storageReady } from "./storage-ready.ts";

/** Something is under way that needs nobody's help. */
export function progressing(pass: Pass, isReady: boolean): ConditionVerdict {
  const { world, plan, outcomes } = pass;
  if (world.server.spec.paused)
    return { status: "False", reason: "Paused", message: "Paused by spec.paused: nothing is changed." };
  const awaited = drainingText(outcomes);
  if (awaited !== undefined) return { status: "True", reason: "Draining", message: awaited };
  const wants = world.server.spec.replicas;
  const isRolledOut = hasRolledOut(pass);
  if (isRolledOut && (isReady || wants === 0))
    return { status: "False", reason: "Settled", message: "Nothing is under way." };
  if (outcomes.some(({ result }) => result.kind === "failed")) {
    return {
      status: "True",
      reason: "Retrying",
      message: "A write to the Kubernetes API did not succeed; it is tried again.",
    };
  }
  const [finding] = plan.findings;
  if (finding !== undefined)
    return { status: "False", reason: "Waiting", message: `Waiting for what ${finding.condition} names.` };
  if (isRolledOut && storageReady(pass).reason === "Expanding")
    return { status: "True", reason: "Expanding", message: "The server runs; a volume grows." };
  return {
    status: "True",
    reason: isRolledOut ? "Provisioning" : "RollingOut",
    message: isRolledOut
      ? "The server runs; its shares are being set up."
      : "The server is being brought to the present spec.",
  };
}

/** A write of this pass is not in its world yet. */
function hasRolledOut({ world, outcomes }: Pass): boolean {
  const [statefulSet] = world.children.statefulSets;
  if (statefulSet === undefined) return false;
  const { status, metadata } = statefulSet;
  return (
    !outcomes.some(({ kind, result }) => kind === "StatefulSet" && result.kind === "applied") &&
    status?.observedGeneration === metadata?.generation &&
    status?.updateRevision === status?.currentRevision &&
    (status?.readyReplicas ?? 0) === world.server.spec.replicas
  );
}
