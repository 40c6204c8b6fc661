import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import { removedShares } from "../../domain/provisioning/removed-shares.ts";
import { authorized } from "./authorized.ts";
import type { ProvisioningPass } from "./pass.ts";
import type { Read } from "./pass-end.ts";
import { readEnd } from "./read-list.ts";

/** Asked by their names only while the list of shares is empty, which it can be for a moment, and of each share once in a pass. */
export async function readGoneShares(
  pass: ProvisioningPass,
  wanted: WantedDittoFs,
  found: Pick<LiveDittoFs, "declaredShares" | "shares">,
): Promise<Read<LiveDittoFs["goneShares"]>> {
  const names = found.shares.length === 0 ? removedShares(wanted, found) : [];
  for (const name of names) {
    if (pass.goneShares.has(name)) continue;
    const read = await authorized(pass, (api, signal) => api.share(name, signal));
    if (read.code === "notFound") pass.goneShares.add(name);
    else if (read.code !== "ok") return readEnd(pass, read);
  }
  return { code: "ok", value: pass.goneShares };
}
