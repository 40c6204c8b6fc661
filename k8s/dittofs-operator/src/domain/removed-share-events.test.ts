import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsAnswered } from "./dittofs-seen.ts";
import { removedShareEvents } from "./removed-share-events.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aPass, aServingWorld } from "./testing/a-world.ts";

const knowing = (...names: readonly string[]) => ({
  applied: { loadedShares: { process: "p", digests: Object.fromEntries(names.map((name) => [name, ""])) } },
});
const outcome = (what: string | undefined): DittoFsAnswered["outcomes"] => [
  { family: "share", name: "/b", result: what === undefined ? { kind: "asWanted" } : { kind: "changed", what } },
];
const eventsOf = (deletionPolicy: "Retain" | "Delete", after: readonly string[], what?: string) => {
  const server = { ...aServer({ deletionPolicy }), status: knowing("/a", "/b") };
  const pass = aPass(aServingWorld({ server, dittofs: anAnswer({ outcomes: outcome(what) }) }));
  return removedShareEvents(pass, knowing(...after));
};

test("a share that left the spec is told of once, with what became of it", () => {
  assert.deepEqual(eventsOf("Retain", ["/a"], "disabled, because"), [
    { type: "Normal", reason: "ShareDisabled", action: "Remove", note: "Share /b: disabled, because." },
  ]);
  assert.equal(eventsOf("Delete", ["/a"], "removed, because")[0]?.reason, "ShareRemoved");
});

test("nothing is told while it is remembered, nor of what was so already", () => {
  assert.deepEqual(eventsOf("Retain", ["/a", "/b"], "disabled, because"), []);
  assert.deepEqual(eventsOf("Retain", ["/a"]), []);
});
