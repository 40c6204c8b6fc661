import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoFsSeen } from "./dittofs-seen.ts";
import { status } from "./status.ts";
import { aServer } from "./testing/a-server.ts";
import { anAnswer, aPass, aServingWorld } from "./testing/a-world.ts";

const applied = { userPasswords: { alice: "d1" }, grants: { "/a": "user:alice" }, snapshotPolicies: ["/a"] };
const appliedAfter = (dittofs: DittoFsSeen) =>
  status(aPass(aServingWorld({ server: { ...aServer(), status: { applied } }, dittofs }))).applied;

const silences: readonly DittoFsSeen[] = [
  { kind: "notAsked", because: "operatorStarted" },
  { kind: "notAsked", because: "podChanged" },
  { kind: "unreachable", sinceMs: 0, message: "GET /x got no answer." },
  { kind: "loginFailed", message: "The server refuses the password." },
];

for (const silence of silences) {
  test(`what was set on the server stays known while it is silent (${silence.kind})`, () =>
    assert.deepEqual(appliedAfter(silence), applied));
}

test("a map that became empty is left out, because the API server makes null of it and refuses that", () => {
  const loadedShares = { process: "p/0", digests: {}, settings: { "metadataStore default": "" }, removedStores: [] };
  assert.deepEqual(appliedAfter(anAnswer({ loadedShares })), {
    loadedShares: { process: "p/0", settings: { "metadataStore default": "" } },
  });
});

test("an answer replaces it, and one that names nothing leaves nothing", () => {
  assert.deepEqual(appliedAfter(anAnswer({ appliedSnapshotPolicies: ["/b"] })), { snapshotPolicies: ["/b"] });
  assert.equal(appliedAfter(anAnswer()), undefined);
});
