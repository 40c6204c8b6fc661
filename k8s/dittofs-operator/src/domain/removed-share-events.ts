import type { DittoServerStatus } from "../api/status.ts";
import type { EventToRecord } from "./event-to-record.ts";
import type { Pass } from "./pass.ts";

/** Told once, when the status no longer remembers a share: what became of one that left the spec. */
export function removedShareEvents({ world }: Pass, next: DittoServerStatus): readonly EventToRecord[] {
  const { server, dittofs } = world;
  if (dittofs.kind !== "answered") return [];
  const known = (status: DittoServerStatus | undefined) => Object.keys(status?.applied?.loadedShares?.digests ?? {});
  const still = new Set(known(next));
  const reason = server.spec.deletionPolicy === "Delete" ? "ShareRemoved" : "ShareDisabled";
  return known(server.status)
    .filter((name) => !still.has(name))
    .flatMap((name) => {
      const result = dittofs.outcomes.find((each) => each.family === "share" && each.name === name)?.result;
      if (result?.kind !== "changed") return [];
      return [{ type: "Normal", reason, action: "Remove", note: `Share ${name}: ${result.what}.` } as const];
    });
}
