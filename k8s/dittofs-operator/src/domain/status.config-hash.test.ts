import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChildOutcome } from "./child-outcome.ts";
import { status } from "./status.ts";
import { aServer } from "./testing/a-server.ts";
import { aPass, aServingWorld } from "./testing/a-world.ts";

const planned = "a".repeat(64);
const earlier = "b".repeat(64);
const server = aServer();
const told = { ...server, status: { configHash: earlier, conditions: [] } };
const outcome = (result: ChildOutcome["result"]): ChildOutcome => ({ kind: "StatefulSet", name: "files", result });
const held = outcome({ kind: "held", waitsFor: "Secret files-jwt-secret" });

const rows = [
  {
    name: "the digest of a StatefulSet that is as planned is told",
    before: told,
    outcomes: [outcome({ kind: "unchanged" })],
    after: planned,
    because: "its process was started with it",
  },
  {
    name: "while the StatefulSet waits the digest of before stays",
    before: told,
    outcomes: [held],
    after: earlier,
    because:
      "a credential that cannot be stored is another in each pass, and its digest would write the status each time",
  },
  {
    name: "before the first StatefulSet there is no digest",
    before: server,
    outcomes: [held],
    after: undefined,
    because: "no process was started yet",
  },
  {
    name: "a paused server keeps its digest",
    before: told,
    outcomes: [],
    after: earlier,
    because: "nothing is written for it",
  },
] as const;

for (const { name, before, outcomes, after, because } of rows) {
  test(name, () => {
    const pass = aPass(aServingWorld({ server: before }), outcomes, { rolloutDigest: planned });
    assert.equal(status(pass).configHash, after, because);
  });
}
