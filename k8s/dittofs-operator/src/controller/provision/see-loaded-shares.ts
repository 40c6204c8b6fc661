import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import { type LoadedShares, loadedShares, outdatedShares } from "../../domain/provisioning/loaded-shares.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { type ShareRestartDecision, shareRestart } from "../../domain/provisioning/share-restart.ts";
import type { ProvisioningPass } from "./pass.ts";

/** Notes what the process has loaded of the shares. To be called at each look, before anything is changed. */
export function seeLoadedShares({ session, server }: ProvisioningPass, wanted: WantedDittoFs, live: LiveDittoFs): void {
  const { loadedShares: written, shareRestart } = server.status?.applied ?? {};
  const isOfThisProcess = written !== undefined && written.process === processOf(session);
  const before: LoadedShares | undefined =
    session.loadedShares ?? (isOfThisProcess ? new Map(Object.entries(written.digests)) : undefined);
  session.loadedShares = loadedShares(wanted.shares, live, before);
  if (session.shareRestart === undefined && shareRestart !== undefined) session.shareRestart = shareRestart;
}

/** Whether the process has to start again for what its shares were told; what is asked for is noted. */
export function askedRestart(
  { session, server }: ProvisioningPass,
  wanted: WantedDittoFs,
  live: LiveDittoFs,
): ShareRestartDecision {
  const decision = shareRestart({
    outdated: outdatedShares(wanted.shares, live, session.loadedShares ?? new Map()),
    process: processOf(session),
    generation: server.metadata.generation,
    before: session.shareRestart,
  });
  if (decision.asked !== undefined) session.shareRestart = decision.asked;
  return decision;
}

/** Empty while nobody has said which process is asked. */
export function processOf({ process = "" }: ProvisioningPass["session"]): string {
  return process;
}
