import assert from "node:assert/strict";
import { test } from "node:test";
import { type Conditions, conditionTurns } from "./condition-turns.ts";

type Row = Conditions[number];
const waiting: Row = { type: "Available", status: "False", reason: "PodPending", message: "a" };
const unknown: Row = { type: "Available", status: "Unknown", reason: "NotObservedYet", message: "" };
const ready: Row = { type: "Available", status: "True", reason: "PodReady", message: "" };

const rows: readonly (readonly [before: Conditions, after: Conditions, turns: Conditions, because: string])[] = [
  [[], [waiting], [waiting], "seen for the first time"],
  [[], [unknown], [], "that nothing is known yet is no news"],
  [[ready], [unknown], [unknown], "what was known is not known any more"],
  [[waiting], [waiting], [], "nothing changed"],
  [[waiting], [{ ...waiting, message: "b" }], [], "the same in other words"],
  [[waiting], [{ ...waiting, reason: "RollingOut" }], [{ ...waiting, reason: "RollingOut" }], "another reason"],
  [[waiting], [ready], [ready], "it turned"],
  [[ready], [], [], "an object without a status says nothing"],
];

test("a turn is another status or another reason", () => {
  for (const [before, after, turns, because] of rows) assert.deepEqual(conditionTurns(before, after), turns, because);
});
