import type { DittoServerStatus } from "../api/status.ts";
import type { EventToRecord } from "./event-to-record.ts";
import type { Pass } from "./pass.ts";
import { titles } from "./provisioning/attempt.ts";
import { keyedRef, refKey } from "./provisioning/change.ts";

/** Told once, when the status no longer remembers a store that left the spec: that it was removed. */
export function removedStoreEvents({ world }: Pass, next: DittoServerStatus): readonly EventToRecord[] {
  const { server, dittofs } = world;
  if (dittofs.kind !== "answered" || server.spec.deletionPolicy === "Retain") return [];
  const still = new Set(knownStores(next));
  return knownStores(server.status)
    .filter((key) => !still.has(key))
    .flatMap((key) => {
      const result = dittofs.outcomes.find((outcome) => refKey(outcome) === key)?.result;
      if (result?.kind === "failed") return [];
      const { family, name } = keyedRef(key);
      const reason = family === "remoteStore" ? "RemoteStoreRemoved" : "StoreRemoved";
      const note = `${titleOf(family)} ${name}: ${result?.kind === "changed" ? result.what : gone}.`;
      return [{ type: "Normal", reason, action: "Remove", note } as const];
    });
}

/** Removed by an operator that was killed then, or by hand. */
const gone = "gone, and the spec no longer names it";

/** As `refKey` writes them. */
function knownStores(status: DittoServerStatus | undefined): readonly string[] {
  const { remoteStores = {}, stores = [] } = status?.applied ?? {};
  return [...stores, ...Object.keys(remoteStores).map((name) => refKey({ family: "remoteStore", name }))];
}

function titleOf(family: string): string {
  const title = family === "metadataStore" || family === "localStore" ? titles[family] : titles.remoteStore;
  return title.slice(0, 1).toUpperCase() + title.slice(1);
}
