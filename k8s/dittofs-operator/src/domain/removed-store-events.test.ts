import assert from "node:assert/strict";
import { test } from "node:test";
import { removedStoreEvents } from "./removed-store-events.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aPass, aServingWorld } from "./testing/a-world.ts";

const knowing = (...names: readonly string[]) => ({
  applied: { remoteStores: Object.fromEntries(names.map((name) => [name, "digest"])) },
});
const eventsOf = (result: { kind: "changed"; what: string } | { kind: "asWanted" }, after: readonly string[]) => {
  const server = { ...aServer({ deletionPolicy: "Delete" }), status: knowing("kept", "offsite") };
  const outcomes = [{ family: "remoteStore", name: "offsite", result }] as const;
  return removedStoreEvents(aPass(aServingWorld({ server, dittofs: anAnswer({ outcomes }) })), knowing(...after));
};

test("a remote store that was removed is told of once, when it is no more remembered", () => {
  const removed = { kind: "changed", what: "removed, because" } as const;
  assert.deepEqual(eventsOf(removed, ["kept"]), [
    { type: "Normal", reason: "RemoteStoreRemoved", action: "Remove", note: "Remote store offsite: removed, because." },
  ]);
  assert.deepEqual(eventsOf(removed, ["kept", "offsite"]), []);
  assert.deepEqual(eventsOf({ kind: "asWanted" }, ["kept"]), [], "somebody else removed it");
});
