import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attempt, outcomes } from "./attempt.ts";
import type { DittoFsChange } from "./provisioning.ts";

const share = (changes: Partial<DittoFsChange> = {}): DittoFsChange => ({
  family: "share",
  name: "/export",
  needs: [],
  calls: [],
  what: "",
  ...changes,
});
const stillToDo = share({ calls: [{ name: "enableShare", body: { name: "/export" } }], what: "enabled" });

const rows: readonly {
  readonly name: string;
  readonly left: DittoFsChange;
  readonly attempt?: Attempt;
  readonly result: unknown;
}[] = [
  { name: "an object that needed nothing is as wanted", left: share(), result: { kind: "asWanted" } },
  {
    name: "an object that was changed says what was changed",
    left: share(),
    attempt: { calls: "x", changed: ["created", "squash a -> b"] },
    result: { kind: "changed", what: "created, squash a -> b" },
  },
  {
    name: "a call whose answer was lost has succeeded when the object is there",
    left: share(),
    attempt: { calls: "x", changed: ["created"], failure: "no answer" },
    result: { kind: "changed", what: "created" },
  },
  {
    name: "a refused call does not matter when the object is as wanted after all",
    left: share(),
    attempt: { calls: "x", changed: [], failure: "409" },
    result: { kind: "asWanted" },
  },
  {
    name: "an object that still differs has failed with the reason that was given",
    left: stillToDo,
    attempt: { calls: "x", changed: [], failure: "Share /export: refused." },
    result: { kind: "failed", message: "Share /export: refused." },
  },
  {
    name: "a difference that must not be removed is a failure that explains itself",
    left: share({ problem: "It lies elsewhere." }),
    result: { kind: "failed", message: "It lies elsewhere." },
  },
  {
    name: "an object whose turn did not come says that it will",
    left: stillToDo,
    result: {
      kind: "failed",
      message: "share /export is not handled yet (enabled): the operator goes on with it in its next pass.",
    },
  },
  {
    name: "a change that the server accepts and does not keep is a failure",
    left: stillToDo,
    attempt: { calls: "x", changed: ["enabled"] },
    result: {
      kind: "failed",
      message:
        "The server accepted the change of share /export (enabled) and does not show it. Look into the server's log, and whether somebody else changes the object too.",
    },
  },
];

for (const { name, left, attempt, result } of rows) {
  test(name, () => {
    const attempts = new Map(attempt === undefined ? [] : [["share /export", attempt]]);
    assert.deepEqual(outcomes([left], attempts), [{ family: "share", name: "/export", result }]);
  });
}
