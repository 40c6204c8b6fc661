import type { DittoServerStatus } from "../api/status.ts";
import type { EventToRecord } from "./event-to-record.ts";
import type { Pass } from "./pass.ts";

/** Told once, when the status no longer remembers a share: what became of one that left the spec. */
export function removedShareEvents({ world }: Pass, next: DittoServerStatus): readonly EventToRecord[] {
  const { server, dittofs } = world;
  if (dittofs.kind !== "answered") return [];
  const known = (status: DittoServerStatus | undefined) => Object.keys(status?.applied?.loadedShares?.digests ?? {});
  const still = new Set([...known(next), ...(server.spec.shares ?? []).map(({ name }) => name)]);
  const isRemoved = server.spec.deletionPolicy === "Delete";
  return known(server.status)
    .filter((name) => !still.has(name))
    .flatMap((name) => {
      const result = dittofs.outcomes.find((each) => each.family === "share" && each.name === name)?.result;
      if (result === undefined || result.kind === "failed") return [];
      // Done by an operator that was killed then, or by hand.
      const state = `${isRemoved ? "gone" : "disabled"}, and spec.shares no longer names it`;
      const note = `Share ${name}: ${result.kind === "changed" ? result.what : state}.`;
      return [
        { type: "Normal", reason: isRemoved ? "ShareRemoved" : "ShareDisabled", action: "Remove", note } as const,
      ];
    });
}
