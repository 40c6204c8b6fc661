import type { EnvVar, ResourceRequirements } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";
import { canonicalQuantity, quantityBytes } from "../../quantity.ts";

type Amounts = Readonly<Record<string, string | number>>;

export function resources({ spec }: DittoServer): ResourceRequirements | undefined {
  const limits = canonicalAmounts(spec.resources?.limits);
  const requests = canonicalAmounts(spec.resources?.requests);
  if (limits === undefined && requests === undefined) return undefined;
  return { ...(limits && { limits }), ...(requests && { requests }) };
}

function canonicalAmounts(amounts: Amounts = {}): Record<string, string> | undefined {
  const entries = Object.entries(amounts).map(([resource, amount]) => [resource, canonicalQuantity(amount)] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Share of the limit at which the Go runtime starts to collect hard; the rest is for what it does not count. */
const softLimitPercent = 68n;

/** Reading half a gigabyte of contents at start takes 0.6 GB without a soft limit, and 0.3 GB under 350 MiB. */
export function goMemoryLimit({ spec }: DittoServer): readonly EnvVar[] {
  const limit = spec.resources?.limits?.["memory"];
  if (limit === undefined) return [];
  const softLimitMiB = (quantityBytes(limit) * softLimitPercent) / 100n / 1024n ** 2n;
  return softLimitMiB > 0n ? [{ name: "GOMEMLIMIT", value: `${softLimitMiB}MiB` }] : [];
}
