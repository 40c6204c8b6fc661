import type { Condition, ConditionVerdict, Reason } from "../../api/conditions.ts";
import type { ProvisioningFamily, ProvisioningOutcome } from "../dittofs-seen.ts";
import type { Pass } from "../pass.ts";

const reasonOf: Readonly<Record<ProvisioningFamily, Reason>> = {
  adapter: "AdapterFailed",
  metadataStore: "StoreFailed",
  localStore: "StoreFailed",
  remoteStore: "StoreFailed",
  share: "ShareFailed",
  group: "GroupFailed",
  user: "UserFailed",
  permission: "PermissionFailed",
  snapshotPolicy: "SnapshotPolicyFailed",
  protocolSettings: "AdapterFailed",
  identityProvider: "IdentityProviderFailed",
  identityMapping: "IdentityProviderFailed",
};

/** DittoFS holds what the spec asks, in this generation and in the process that runs now. */
export function provisioned({ world }: Pass): ConditionVerdict {
  const { dittofs, server } = world;
  switch (dittofs.kind) {
    case "notAsked":
      return (
        (dittofs.because === "operatorStarted"
          ? verdictBefore(world.server.status?.conditions, server.metadata.generation)
          : undefined) ?? notObserved
      );
    case "unreachable":
      return {
        status: "False",
        reason: "ApiUnreachable",
        message: `The DittoFS API does not answer: ${dittofs.message} Nothing is changed until it does.`,
      };
    case "loginFailed":
      return { status: "False", reason: "AdminLoginFailed", message: dittofs.message };
    case "answered":
      if (dittofs.generation !== server.metadata.generation || dittofs.awaitsNote === true) return notObserved;
      return ofOutcomes(dittofs.outcomes);
    default:
      return dittofs satisfies never;
  }
}

const notObserved: ConditionVerdict = {
  status: "Unknown",
  reason: "NotObservedYet",
  message: "The DittoFS API has not been asked yet about the present spec and process.",
};

/** A restarted operator believes its predecessor until it has asked for itself: otherwise every restart would write every status twice. */
function verdictBefore(conditions: readonly Condition[] | undefined, generation: number): ConditionVerdict | undefined {
  const before = conditions?.find((each) => each.type === "Provisioned");
  if (before === undefined || before.observedGeneration !== generation) return undefined;
  return { status: before.status, reason: before.reason, message: before.message };
}

function ofOutcomes(outcomes: readonly ProvisioningOutcome[]): ConditionVerdict {
  const failed = outcomes.flatMap(({ family, name, result }) =>
    result.kind === "failed" ? [{ family, name, message: result.message }] : [],
  );
  const [first] = failed;
  if (first === undefined) {
    return {
      status: "True",
      reason: "AsWanted",
      message: "DittoFS holds what the spec asks for.",
    };
  }
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : "";
  return { status: "False", reason: reasonOf[first.family], message: `${first.message}${more}` };
}
