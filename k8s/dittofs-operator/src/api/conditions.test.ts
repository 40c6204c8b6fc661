import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionTypes, reasons } from "./conditions.ts";

// The patterns are those of metav1.Condition.
test("every condition type and every reason is a word that Kubernetes takes", () => {
  for (const type of Object.keys(conditionTypes)) assert.match(type, /^[A-Z][A-Za-z0-9]{0,62}$/);
  for (const reason of Object.keys(reasons)) assert.match(reason, /^[A-Z][A-Za-z0-9]{0,62}$/);
});

test("every condition type and every reason says in a sentence what it means", () => {
  for (const sentence of [...Object.values(conditionTypes), ...Object.values(reasons)]) {
    assert.match(sentence, /^[A-Z`].*\.$/);
  }
});

test("the conditions are those that Ready sums up, Ready itself, and the two that tell more", () => {
  assert.deepEqual(Object.keys(conditionTypes).toSorted(), [
    "Available",
    "ConfigReady",
    "DatabaseReady",
    "Degraded",
    "Progressing",
    "Provisioned",
    "Reachable",
    "Ready",
    "StorageReady",
  ]);
});
