import type { DittoServerStatus } from "../api/status.ts";
import type { EventToRecord } from "./event-to-record.ts";
import type { Pass } from "./pass.ts";

/** Told once, when the status no longer remembers a remote store: that it was removed. */
export function removedStoreEvents({ world }: Pass, next: DittoServerStatus): readonly EventToRecord[] {
  const { server, dittofs } = world;
  if (dittofs.kind !== "answered") return [];
  const still = next.applied?.remoteStores ?? {};
  return Object.keys(server.status?.applied?.remoteStores ?? {})
    .filter((name) => still[name] === undefined)
    .flatMap((name) => {
      const result = dittofs.outcomes.find((each) => each.family === "remoteStore" && each.name === name)?.result;
      if (result?.kind !== "changed") return [];
      const note = `Remote store ${name}: ${result.what}.`;
      return [{ type: "Normal", reason: "RemoteStoreRemoved", action: "Remove", note } as const];
    });
}
