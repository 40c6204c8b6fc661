import { refKey } from "../../domain/provisioning/change.ts";
import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import { loadedSettings } from "../../domain/provisioning/loaded-settings.ts";
import type { DittoFsChange, WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import type { ProvisioningPass } from "./pass.ts";
import { processOf } from "./process-of.ts";

/** Notes with which settings the process has started. To be called at each look, before anything is changed. */
export function seeLoadedSettings(
  { session, server }: ProvisioningPass,
  wanted: WantedDittoFs,
  live: LiveDittoFs,
): void {
  const written = server.status?.applied?.loadedShares;
  const isOfThisProcess = written !== undefined && written.process === processOf(session);
  const before = isOfThisProcess ? new Map(Object.entries(written.settings ?? {})) : undefined;
  session.loadedSettings = new Map(loadedSettings(wanted, live, session.loadedSettings ?? before));
}

/**
 * Whether the status says what the process has loaded of what a change is about. An operator that is killed after the change finds in it
 * that the process has to start again; from the server alone nobody could tell.
 */
export function isNoted({ session, server }: ProvisioningPass, change: DittoFsChange): boolean {
  const process = processOf(session);
  const written = server.status?.applied?.loadedShares;
  // Where nobody says which process is asked there is nothing to remember.
  if (process === "") return true;
  if (written?.process !== process) return false;
  const noted = change.family === "share" ? written.digests?.[change.name] : written.settings?.[refKey(change)];
  return noted !== undefined;
}
