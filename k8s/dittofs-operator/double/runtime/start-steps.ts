import { randomInt } from "node:crypto";
import { type DittofsServer, timestamp } from "../dittofs-server.ts";
import { StartError } from "../start-error.ts";
import { isPort } from "./adapters.ts";
import { CannotOpen } from "./metadata-stores.ts";
import { storeConfig } from "./store-config.ts";

/** A snapshot that was being made when the process ended is failed. */
export function abandonSnapshots(state: DittofsServer): void {
  for (const row of state.database.snapshots)
    if (row.state === "creating")
      Object.assign(row, {
        state: "failed",
        error: "abandoned: server restarted while the snapshot was being made",
        updatedAt: timestamp(state),
      });
}

/** The identity of the server towards Windows clients: configured, or made once. */
export function addMachineSid(state: DittofsServer): void {
  const { database, config } = state;
  const stored = database.settings.find((row) => row.key === "machine_sid");
  const part = (): number => randomInt(1, 2 ** 32);
  const value = config.machineSid ?? stored?.value ?? `S-1-5-21-${part()}-${part()}-${part()}`;
  const others = database.settings.filter((row) => row !== stored);
  database.settings = [...others, { key: "machine_sid", value, updatedAt: stored?.updatedAt ?? timestamp(state) }];
  database.save();
}

/** One store that cannot be opened ends the start, with no API to mend it. */
export async function openMetadataStores({ database, metadataStores }: DittofsServer): Promise<void> {
  for (const row of database.metadataStores) {
    try {
      const config = storeConfig(row.config);
      if (config === undefined) throw new CannotOpen("failed to get config: not a JSON object");
      metadataStores.register(row.name, await metadataStores.open(row.type, config));
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new StartError(
        `failed to initialize runtime: failed to load metadata stores: failed to create metadata store "${row.name}": ${detail}`,
        1,
        cause,
      );
    }
  }
}

/** A share that cannot be loaded is left out; one with an unreachable remote delays the start. */
export async function loadShares(
  { database, shares, reports, network, storeRoot, clock }: DittofsServer,
  slowFactor: number,
): Promise<void> {
  const wait = (durationMs: number): Promise<void> =>
    new Promise((resolve) => void clock.after(durationMs * slowFactor, resolve));
  for (const row of database.shares) await shares.load(row, { reports, network, storeRoot, wait });
}

/** A port that is taken is no reason to stop, one that cannot exist is. */
export async function startAdapters({ database, adapters }: DittofsServer): Promise<void> {
  for (const row of database.adapters) {
    if (!row.enabled) continue;
    if (!isPort(row.port))
      throw new StartError(`panic: the stored port ${row.port} of adapter ${row.type} is out of range`, 2);
    adapters.start(row);
  }
  await adapters.settled();
}
