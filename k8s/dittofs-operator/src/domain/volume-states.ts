import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { DittoServerStatus } from "../api/status.ts";

/** The server's claims, sorted by name so that the order of a cache never shows. */
export function volumeStates(claims: readonly PersistentVolumeClaim[]): NonNullable<DittoServerStatus["volumes"]> {
  return claims
    .map((claim) => {
      const name = claim.metadata?.name ?? "";
      const capacity = claim.status?.capacity?.["storage"];
      return {
        name: name.slice(0, name.indexOf("-")),
        claim: name,
        requested: claim.spec?.resources?.requests?.["storage"] ?? "",
        ...(capacity === undefined ? {} : { capacity }),
        phase: claim.status?.phase ?? "Pending",
      };
    })
    .toSorted((one, other) => (one.claim < other.claim ? -1 : 1));
}
