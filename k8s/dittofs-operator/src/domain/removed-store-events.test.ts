import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsAnswered } from "./dittofs-seen.ts";
import { removedStoreEvents } from "./removed-store-events.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aPass, aServingWorld } from "./testing/a-world.ts";

const before = { applied: { stores: ["localStore default", "metadataStore default"], remoteStores: { offsite: "d" } } };
const changed = (family: "localStore" | "remoteStore", name: string, what: string) =>
  ({ family, name, result: { kind: "changed", what } }) as const;

function told(deletionPolicy: "Retain" | "Delete", outcomes: DittoFsAnswered["outcomes"] = []): readonly string[] {
  const server = { ...aServer({ deletionPolicy }), status: before };
  const pass = aPass(aServingWorld({ server, dittofs: anAnswer({ outcomes }) }));
  const next = { applied: { stores: ["metadataStore default"] } };
  return removedStoreEvents(pass, next).map(({ reason, note }) => `${reason}: ${note}`);
}

test("each store that left the spec is told of once the status forgets it", () =>
  assert.deepEqual(
    told("Delete", [changed("localStore", "default", "removed"), changed("remoteStore", "offsite", "removed too")]),
    ["StoreRemoved: Local store default: removed.", "RemoteStoreRemoved: Remote store offsite: removed too."],
  ));

test("what an operator has removed that was killed then is told by the next one", () =>
  assert.deepEqual(told("Delete", [{ family: "localStore", name: "default", result: { kind: "asWanted" } }]), [
    "StoreRemoved: Local store default: gone, and the spec no longer names it.",
    "RemoteStoreRemoved: Remote store offsite: gone, and the spec no longer names it.",
  ]));

test("under Retain nothing was removed", () => assert.deepEqual(told("Retain"), []));
