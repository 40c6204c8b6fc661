import assert from "node:assert/strict";
import { test } from "node:test";
import type { Condition } from "../api/conditions.ts";
import { status } from "./status.ts";
import { isStatusDue } from "./status-pace.ts";
import { aPass, aServingWorld } from "./testing/a-world.ts";

const ready = status(aPass(aServingWorld()));
const noPod = status(aPass(aServingWorld({ pod: undefined })));
const underWay = {
  ...ready,
  conditions: (ready.conditions ?? []).map(
    (each): Condition => (each.type === "Progressing" ? { ...each, status: "True" } : each),
  ),
};
const noClaims = status(aPass(aServingWorld({ pod: undefined, claims: [] })));
const answered = status(aPass(aServingWorld({ claims: [] })));
const unasked = status(aPass(aServingWorld({ claims: [], dittofs: { kind: "notAsked", because: "podChanged" } })));

const rows = [
  {
    name: "the first write of a process is due at once",
    before: noPod,
    next: noClaims,
    sinceLastWriteMs: undefined,
    after: { kind: "now" },
  },
  {
    name: "progress right after a write waits for company",
    before: noPod,
    next: noClaims,
    sinceLastWriteMs: 500,
    after: { kind: "later", afterMs: 4_500 },
  },
  {
    name: "progress after a while is due",
    before: noPod,
    next: noClaims,
    sinceLastWriteMs: 5_000,
    after: { kind: "now" },
  },
  { name: "becoming Ready is due at once", before: noPod, next: ready, sinceLastWriteMs: 1, after: { kind: "now" } },
  {
    name: "ceasing to be Ready is due at once",
    before: ready,
    next: noPod,
    sinceLastWriteMs: 1,
    after: { kind: "now" },
  },
  {
    name: "that nothing is under way any more is due at once",
    before: underWay,
    next: ready,
    sinceLastWriteMs: 1,
    after: { kind: "now" },
  },
  {
    name: "that something is under way waits for company",
    before: ready,
    next: underWay,
    sinceLastWriteMs: 1,
    after: { kind: "later", afterMs: 4_999 },
  },
  {
    name: "that the file server holds what the spec asks for is due at once, also while something else keeps clients away",
    before: unasked,
    next: answered,
    sinceLastWriteMs: 1,
    after: { kind: "now" },
  },
  {
    name: "what another process has loaded is due at once",
    before: ready,
    next: { ...ready, applied: { loadedShares: { process: "another/0" } } },
    sinceLastWriteMs: 1,
    after: { kind: "now" },
  },
  {
    name: "a generation acted on is due at once",
    before: noPod,
    next: { ...noPod, observedGeneration: 2 },
    sinceLastWriteMs: 1,
    after: { kind: "now" },
  },
] as const;
for (const { name, before, next, sinceLastWriteMs, after } of rows) {
  test(name, () => assert.deepEqual(isStatusDue({ before, next, sinceLastWriteMs }), after));
}
