import assert from "node:assert/strict";
import { test } from "node:test";
import { type Consequence, consequence, type Outcome } from "./outcome.ts";

const rows: readonly { readonly outcome: Outcome; readonly leadsTo: Consequence; readonly because: string }[] = [
  {
    outcome: { kind: "done" },
    leadsTo: { next: { kind: "nothing" }, result: "success" },
    because: "the next event brings the next pass",
  },
  {
    outcome: { kind: "lookAgain", afterMs: 60_000 },
    leadsTo: { next: { kind: "after", delayMs: 60_000 }, result: "requeue_after" },
    because: "it went well: no back-off, no failure",
  },
  {
    outcome: { kind: "conflict" },
    leadsTo: {
      next: { kind: "backOff", leastMs: 0 },
      result: "requeue",
      failure: { level: "debug", reason: "conflict" },
    },
    because: "a conflict is no error and no user or operator of the cluster need hear of it",
  },
  {
    outcome: { kind: "retry", reason: "unreachable" },
    leadsTo: {
      next: { kind: "backOff", leastMs: 0 },
      result: "error",
      failure: { level: "warn", reason: "unreachable" },
    },
    because: "a fault that may pass is tried again, less and less often",
  },
  {
    outcome: { kind: "retry", reason: "tooManyRequests", afterMs: 7_000 },
    leadsTo: {
      next: { kind: "backOff", leastMs: 7_000 },
      result: "error",
      failure: { level: "warn", reason: "tooManyRequests" },
    },
    because: "a Retry-After is a lower bound, so that a long back-off is not cut short by it",
  },
  {
    outcome: { kind: "terminal", reason: "invalid" },
    leadsTo: { next: { kind: "nothing" }, result: "terminal_error", failure: { level: "warn", reason: "invalid" } },
    because: "trying again without a change cannot help",
  },
];

for (const { outcome, leadsTo, because } of rows) {
  test(`${JSON.stringify(outcome)}: ${because}`, () => assert.deepEqual(consequence(outcome), leadsTo));
}
