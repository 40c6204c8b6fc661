import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiFailure } from "../runtime/kubernetes-api.ts";
import { failureOutcome } from "./failure-outcome.ts";

const failure: ApiFailure = { code: "invalid", message: "it is refused", causes: [], mayHaveHappened: false };
const cause = { field: "status.applied.grants", message: "must be of type object" };

const rows: readonly { name: string; failure: ApiFailure; after: ReturnType<typeof failureOutcome> }[] = [
  { name: "a server that is gone needs nothing", failure: { ...failure, code: "notFound" }, after: { kind: "done" } },
  { name: "another writer was quicker", failure: { ...failure, code: "conflict" }, after: { kind: "conflict" } },
  { name: "the test of a JSON patch failed, which names no field", failure, after: { kind: "conflict" } },
  {
    name: "a value that the definition refuses is told, because no status can tell it",
    failure: { ...failure, causes: [cause] },
    after: { kind: "retry", reason: "status: invalid: it is refused" },
  },
];

for (const { name, failure, after } of rows)
  test(name, () => assert.deepEqual(failureOutcome("status", failure), after));
