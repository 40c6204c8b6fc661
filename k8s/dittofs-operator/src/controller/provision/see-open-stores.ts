import { keyedRef } from "../../domain/provisioning/change.ts";
import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import { removedMetadataStores } from "../../domain/provisioning/own-stores.ts";
import type { ProvisioningPass } from "./pass.ts";
import { processOf } from "./process-of.ts";

/** Notes which metadata stores the process has open, and answers which of them are gone and which stores are the operator's own. */
export function seeOpenStores(
  { session, server }: ProvisioningPass,
  live: Pick<LiveDittoFs, "metadataStores" | "shares">,
): Pick<LiveDittoFs, "ownStores" | "removedMetadataStores"> {
  const { loadedShares: written, stores = [] } = server.status?.applied ?? {};
  const isOfThisProcess = written !== undefined && written.process === processOf(session);
  const noted = stores.map(keyedRef).flatMap(({ family, name }) => (family === "metadataStore" ? [name] : []));
  const before = session.openStores ?? (isOfThisProcess ? [...noted, ...(written.removedStores ?? [])] : []);
  // Where nobody says which process is asked, a store that is gone may have gone with the process before.
  const present = processOf(session) === "" ? [] : live.metadataStores.map(({ name }) => name);
  session.openStores = new Set([...before, ...present]);
  session.removedStores = removedMetadataStores(session.openStores, session.removedStores ?? new Set(), live);
  session.ownStores ??= new Set(stores);
  return { ownStores: session.ownStores, removedMetadataStores: session.removedStores };
}
