import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShareSpec } from "../api/ditto-server.ts";
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
const eventsOf = (
  deletionPolicy: "Retain" | "Delete",
  after: readonly string[],
  what?: string,
  shares: ShareSpec[] = [],
) => {
  const server = { ...aServer({ deletionPolicy, shares }), status: knowing("/a", "/b") };
  const pass = aPass(aServingWorld({ server, dittofs: anAnswer({ outcomes: outcome(what) }) }));
  return removedShareEvents(pass, knowing(...after));
};

test("a share that left the spec is told of once, with what became of it", () => {
  assert.deepEqual(eventsOf("Retain", ["/a"], "disabled, because"), [
    { type: "Normal", reason: "ShareDisabled", action: "Remove", note: "Share /b: disabled, because." },
  ]);
  assert.equal(eventsOf("Delete", ["/a"], "removed, because")[0]?.reason, "ShareRemoved");
});

test("nothing is told while it is remembered", () =>
  assert.deepEqual(eventsOf("Retain", ["/a", "/b"], "disabled, because"), []));

test("what an operator has done that was killed then is told by the next one", () => {
  const noteOf = (policy: "Retain" | "Delete") => eventsOf(policy, ["/a"]).map(({ note }) => note);
  assert.deepEqual(noteOf("Retain"), ["Share /b: disabled, and spec.shares no longer names it."]);
  assert.deepEqual(noteOf("Delete"), ["Share /b: gone, and spec.shares no longer names it."]);
});

test("a share that the spec names is not told of as one that left", () =>
  assert.deepEqual(eventsOf("Delete", ["/a"], "created", [{ name: "/b" }]), []));
