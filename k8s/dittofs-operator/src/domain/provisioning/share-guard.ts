import { RESTARTED_AT_ANNOTATION } from "../../api/group.ts";
import type { DittoFsAnswered, ProvisioningOutcome } from "../dittofs-seen.ts";
import type { LiveDittoFs, LiveShare } from "./live-dittofs.ts";
import { isProtectedAtStart, loadedUnprotected } from "./start-settings.ts";
import type { WantedShare } from "./wanted-shares.ts";

type Guarding = Pick<LiveDittoFs, "loadedShares" | "shareNfsConfigs" | "netgroups">;

/**
 * Whether a share is opened only when it is protected. It is new, and whoever mounts it by NFSv3 before keeps a handle with which the
 * server lets him in for good (measured with v0.29): it asks for Kerberos and for addresses at the mount alone.
 */
export function isGuarded(share: WantedShare): boolean {
  return share.allowedClients !== undefined || isProtectedAtStart(share);
}

/** Whether a share is kept disabled until another process has loaded it with what protects it. */
export function awaitsStart(wanted: WantedShare, { loadedShares }: Pick<LiveDittoFs, "loadedShares">): boolean {
  return isProtectedAtStart(wanted) && loadedShares.get(wanted.name) === loadedUnprotected;
}

/** Whether a share is to serve now, as far as protection goes: what NFS keeps of it has to be known. */
export function mayServe(wanted: WantedShare, live: LiveShare, all: Guarding): boolean {
  if (awaitsStart(wanted, all)) return false;
  if (live.enabled || !isGuarded(wanted)) return true;
  const areClientsKnown = wanted.allowedClients === undefined || all.netgroups.kind === "read";
  return areClientsKnown && all.shareNfsConfigs.get(live.id)?.kind === "read";
}

/** A share that stays closed because no start comes any more is not as the spec asks. */
export function withClosedShares(
  outcomes: readonly ProvisioningOutcome[],
  { shares, waitingShares }: Pick<DittoFsAnswered, "shares" | "waitingShares">,
): readonly ProvisioningOutcome[] {
  const closed = new Set(
    shares.flatMap(({ name, awaitsStart }) => (awaitsStart === true && waitingShares.includes(name) ? [name] : [])),
  );
  return outcomes.map((outcome) =>
    outcome.family === "share" && closed.has(outcome.name) && outcome.result.kind !== "failed"
      ? { ...outcome, result: { kind: "failed", message: closedText(outcome.name) } }
      : outcome,
  );
}

function closedText(name: string): string {
  return `Share ${name} is kept disabled: the server heeds requireKerberos, allowAuthSys and minKerberosLevel only when it loads a share, and did not keep them over its last start. Give it a control plane that lasts (spec.database.sqlite.persistent: true, or PostgreSQL) and restart it with its annotation ${RESTARTED_AT_ANNOTATION}, or take these settings out of the spec.`;
}
