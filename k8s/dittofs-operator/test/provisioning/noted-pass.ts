import type { DittoServer } from "../../src/api/ditto-server.ts";
import type { DittoFsSeen } from "../../src/domain/dittofs-seen.ts";
import { notedShares } from "../../src/domain/status.ts";
import type { DoubleProvisioning } from "./double-provisioning.ts";

/** A pass, and where a change waits for what the status says of the process, the one that its being written brings. */
export async function notedPass(at: DoubleProvisioning, server: DittoServer): Promise<DittoFsSeen> {
  const seen = await at.pass(server);
  if (seen.kind !== "answered" || seen.awaitsNote !== true) return seen;
  return await at.pass({
    ...server,
    status: { applied: { ...server.status?.applied, ...notedShares(seen.loadedShares) } },
  });
}
