import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChildOutcome } from "../domain/child-outcome.ts";
import { aServer } from "../domain/testing/a-server.ts";
import { aPass, aServingWorld } from "../domain/testing/a-world.ts";
import { nextLook } from "./next-look.ts";
import type { Reported } from "./report.ts";

const same: Reported = { kind: "same" };
const outcome = (result: ChildOutcome["result"]): ChildOutcome => ({ kind: "Service", name: "files-api", result });

const rows: readonly { name: string; outcomes: readonly ChildOutcome[]; reported: Reported; after: object }[] = [
  {
    name: "a server at rest is not looked at again",
    outcomes: [outcome({ kind: "unchanged" })],
    reported: same,
    after: { kind: "done" },
  },
  {
    name: "a write that failed for the moment is tried again with back-off",
    outcomes: [outcome({ kind: "failed", message: "timeout: 15 s" })],
    reported: same,
    after: { kind: "retry", reason: "Service files-api: timeout: 15 s" },
  },
  {
    name: "a refused child is tried again slowly",
    outcomes: [outcome({ kind: "refused", message: "no" })],
    reported: same,
    after: { kind: "lookAgain", afterMs: 60_000 },
  },
  {
    name: "a taken name is looked at again, since nothing tells when it is free",
    outcomes: [outcome({ kind: "nameConflict", holder: "x" })],
    reported: same,
    after: { kind: "lookAgain", afterMs: 30_000 },
  },
  {
    name: "the soonest reason counts",
    outcomes: [outcome({ kind: "refused", message: "no" }), outcome({ kind: "beingRemoved" })],
    reported: { kind: "postponed", afterMs: 700 },
    after: { kind: "lookAgain", afterMs: 700 },
  },
  {
    name: "a status that was not written is tried again",
    outcomes: [],
    reported: { kind: "failed", failure: { code: "conflict", message: "newer", causes: [], mayHaveHappened: false } },
    after: { kind: "conflict" },
  },
  {
    name: "a server that went meanwhile needs no status",
    outcomes: [],
    reported: { kind: "failed", failure: { code: "notFound", message: "gone", causes: [], mayHaveHappened: false } },
    after: { kind: "done" },
  },
];
for (const { name, outcomes, reported, after } of rows) {
  test(name, () => assert.deepEqual(nextLook(aPass(aServingWorld(), outcomes), reported), after));
}

const ages = [
  {
    name: "a minute old",
    reason: "NameConflict",
    sinceMs: 60_000,
    afterMs: 60_000,
    because: "it doubles from look to look",
  },
  {
    name: "a week old",
    reason: "NameConflict",
    sinceMs: 604_800_000,
    afterMs: 600_000,
    because: "somebody will free it",
  },
  { name: "new", reason: "NameConflict", sinceMs: 1_000, afterMs: 30_000, because: "it may be a mistake just noticed" },
  {
    name: "of another reason",
    reason: "SecretNotFound",
    sinceMs: 600_000,
    afterMs: 30_000,
    because: "it tells no age",
  },
] as const;
for (const { name, reason, sinceMs, afterMs, because } of ages) {
  test(`a taken name whose condition is ${name} is looked at after ${afterMs / 1000} s: ${because}`, () => {
    const world = aServingWorld();
    const lastTransitionTime = new Date(world.nowMs - sinceMs).toISOString();
    const condition = {
      type: "ConfigReady",
      status: "False",
      reason,
      message: "",
      observedGeneration: 1,
      lastTransitionTime,
    } as const;
    const server = { ...aServer(), status: { ...aServer().status, conditions: [condition] } };
    const pass = aPass({ ...world, server }, [outcome({ kind: "nameConflict", holder: "x" })]);
    assert.deepEqual(nextLook(pass, same), { kind: "lookAgain", afterMs });
  });
}
