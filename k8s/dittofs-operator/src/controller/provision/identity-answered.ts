import type { DittoFsAnswered } from "../../domain/dittofs-seen.ts";
import { ownMappings } from "../../domain/provisioning/identity-mappings.ts";
import { isKerberosOn } from "../../domain/provisioning/identity-providers.ts";
import type { LiveDittoFs } from "../../domain/provisioning/live-dittofs.ts";
import type { WantedDittoFs } from "../../domain/provisioning/provisioning.ts";
import type { ProvisioningPass } from "./pass.ts";

type IdentityAnswered = Pick<DittoFsAnswered, "appliedProviders" | "appliedMappings" | "isKerberosOn">;

/** What is known of directories and domains after a pass; the mappings that count as the operator's own are remembered. */
export function identityAnswered(
  { session }: ProvisioningPass,
  wanted: WantedDittoFs,
  live: LiveDittoFs,
): IdentityAnswered {
  const mappings = ownMappings(wanted.identityMappings, live);
  session.appliedMappings = new Set(mappings);
  const isOn = isKerberosOn(live);
  return {
    appliedProviders: Object.fromEntries(live.appliedProviders),
    appliedMappings: [...mappings],
    ...(isOn !== undefined && { isKerberosOn: isOn }),
  };
}
