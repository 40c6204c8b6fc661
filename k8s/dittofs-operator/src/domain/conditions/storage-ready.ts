import type { ConditionVerdict } from "../../api/conditions.ts";
import type { Pass } from "../pass.ts";
import { isBound, isSmaller, type WantedVolume } from "../volumes/wanted-volumes.ts";

/** Every volume that the server wants is there, and as large as it is wanted. */
export function storageReady({ plan, outcomes }: Pass): ConditionVerdict {
  const { volumes } = plan;
  if (volumes.length === 0) {
    return { status: "True", reason: "NoVolumes", message: "The server keeps nothing on volumes." };
  }
  const findings = plan.findings.filter(({ condition }) => condition === "StorageReady");
  const found = (reason: string): ConditionVerdict | undefined => {
    const finding = findings.find((each) => each.reason === reason);
    return finding === undefined ? undefined : isNot(finding.reason, finding.message);
  };
  return (
    lost(volumes) ??
    found("StorageClassNotFound") ??
    pending(volumes) ??
    refused(outcomes) ??
    found("ExpansionUnsupported") ??
    expanding(volumes) ?? { status: "True", reason: "Bound", message: "Every volume is bound and has its size." }
  );
}

function lost(volumes: readonly WantedVolume[]): ConditionVerdict | undefined {
  const volume = volumes.find(({ claim }) => claim?.status?.phase === "Lost");
  if (volume === undefined) return undefined;
  return isNot(
    "ClaimLost",
    `PersistentVolumeClaim ${volume.claimName} has lost its volume. Bring the volume back, or restore the data and delete the claim.`,
  );
}

function pending(volumes: readonly WantedVolume[]): ConditionVerdict | undefined {
  const volume = volumes.find((each) => !isBound(each));
  if (volume === undefined) return undefined;
  const { claimName } = volume;
  return isNot(
    "ClaimPending",
    `PersistentVolumeClaim ${claimName} is not bound. If it stays so: kubectl describe pvc ${claimName}.`,
  );
}

function refused(outcomes: Pass["outcomes"]): ConditionVerdict | undefined {
  for (const { kind, name, result } of outcomes) {
    if (kind === "PersistentVolumeClaim" && result.kind === "refused")
      return isNot("ApplyRefused", `The API server does not let PersistentVolumeClaim ${name} grow: ${result.message}`);
  }
  return undefined;
}

function expanding(volumes: readonly WantedVolume[]): ConditionVerdict | undefined {
  for (const { claim, claimName, size } of volumes) {
    const capacity = claim?.status?.capacity?.["storage"];
    if (capacity === undefined || !isSmaller(capacity, size)) continue;
    // Of what a provisioner or the kubelet has to say the last condition tells how far it is, or why it fails.
    const said = claim?.status?.conditions?.findLast(({ message = "" }) => message !== "");
    const what = said === undefined ? "" : ` (${said.type}: ${said.message?.slice(0, 300) ?? ""})`;
    return isNot(
      "Expanding",
      `PersistentVolumeClaim ${claimName} grows from ${capacity} to ${size}${what}. If it stays so: kubectl describe pvc ${claimName}.`,
    );
  }
  return undefined;
}

function isNot(reason: ConditionVerdict["reason"], message: string): ConditionVerdict {
  return { status: "False", reason, message };
}
