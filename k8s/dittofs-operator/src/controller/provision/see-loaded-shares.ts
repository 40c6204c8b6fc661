import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import {
  type LoadedLook,
  type LoadedShares,
  loadedShares,
  outdatedShares,
} from "../../domain/provisioning/loaded-shares.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { isDealtWith, removedShares } from "../../domain/provisioning/removed-shares.ts";
import { type ShareRestartDecision, shareRestart } from "../../domain/provisioning/share-restart.ts";
import type { ProvisioningPass } from "./pass.ts";
import { processOf } from "./process-of.ts";

/** Notes what the process has loaded of the shares, and answers it. To be called at each look, before anything is changed. */
export function seeLoadedShares(
  { session, server }: ProvisioningPass,
  wanted: WantedDittoFs,
  look: LoadedLook,
): LoadedShares {
  const { loadedShares: written, shareRestart } = server.status?.applied ?? {};
  const isOfThisProcess = written !== undefined && written.process === processOf(session);
  const before: LoadedShares | undefined =
    session.loadedShares ?? (isOfThisProcess ? new Map(Object.entries(written.digests ?? {})) : undefined);
  session.loadedShares = loadedShares(wanted.shares, look, before);
  if (session.shareRestart === undefined && shareRestart !== undefined) session.shareRestart = shareRestart;
  return session.loadedShares;
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

/** Removed shares that are dealt with are forgotten: what somebody does with them from now on is no affair of the operator's. */
export function forgetRemovedShares({ session }: ProvisioningPass, wanted: WantedDittoFs, live: LiveDittoFs): void {
  const removed = removedShares(wanted, live).filter((name) => isDealtWith(name, wanted, live));
  session.loadedShares = new Map([...(session.loadedShares ?? [])].filter(([name]) => !removed.includes(name)));
}
