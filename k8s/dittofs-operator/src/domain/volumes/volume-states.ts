import type { VolumeStatus } from "../../api/status.ts";
import type { WantedVolume } from "./wanted-volumes.ts";

/** The server's volumes, sorted by claim so that no order ever shows. */
export function volumeStates(volumes: readonly WantedVolume[]): readonly VolumeStatus[] {
  return volumes
    .map(({ name, claimName, size, claim }) => {
      const capacity = claim?.status?.capacity?.["storage"];
      return {
        name,
        claim: claimName,
        requested: size,
        ...(capacity === undefined ? {} : { capacity }),
        phase: claim === undefined ? "Missing" : (claim.status?.phase ?? "Pending"),
      };
    })
    .toSorted((one, other) => (one.claim < other.claim ? -1 : 1));
}
