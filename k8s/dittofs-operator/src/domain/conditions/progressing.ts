import type { ConditionVerdict } from "../../api/conditions.ts";
import type { Pass } from "../pass.ts";
import { storageReady } from "./storage-ready.ts";

/** Something is under way that needs nobody's help. */
export function progressing(pass: Pass, isReady: boolean): ConditionVerdict {
  const { world, plan, outcomes } = pass;
  if (world.server.spec.paused)
    return { status: "False", reason: "Paused", message: "Paused by spec.paused: nothing is changed." };
  const [statefulSet] = world.children.statefulSets;
  const wants = world.server.spec.replicas;
  const isRolledOut =
    statefulSet !== undefined &&
    statefulSet.status?.observedGeneration === statefulSet.metadata?.generation &&
    statefulSet.status?.updateRevision === statefulSet.status?.currentRevision &&
    (statefulSet.status?.readyReplicas ?? 0) === wants;
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
