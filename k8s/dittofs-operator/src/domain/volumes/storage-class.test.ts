import assert from "node:assert/strict";
import { test } from "node:test";
import { aStorageClass } from "../testing/a-world.ts";
import { storageClass, storageClassNames } from "./storage-class.ts";

const fast = aStorageClass("fast");
const aged = (name: string, creationTimestamp: string) => {
  const made = aStorageClass(name, { isDefault: true });
  return { ...made, metadata: { ...made.metadata, creationTimestamp } };
};
const older = aged("older", "2025-01-01T00:00:00Z");
const newer = aged("newer", "2026-01-01T00:00:00Z");
const { annotations: _, ...named } = fast.metadata ?? {};
const beta = {
  ...fast,
  metadata: { ...named, annotations: { "storageclass.beta.kubernetes.io/is-default-class": "true" } },
};

const rows = [
  { name: "a class is found by its name", wanted: "fast", classes: [older, fast], after: "fast" },
  { name: "a name that no class has finds none, not the default", wanted: "typo", classes: [older], after: undefined },
  { name: "without a name the default is meant", wanted: undefined, classes: [fast, older], after: "older" },
  { name: "of two defaults the newer counts", wanted: undefined, classes: [older, newer], after: "newer" },
  { name: "whatever the order", wanted: undefined, classes: [newer, older], after: "newer" },
  { name: "the older spelling of the default counts too", wanted: undefined, classes: [beta], after: "fast" },
  { name: "a cluster may have no default", wanted: undefined, classes: [fast], after: undefined },
];
for (const { name, wanted, classes, after } of rows) {
  test(name, () => assert.equal(storageClass(wanted, classes)?.metadata?.name, after));
}

test("many classes are not all listed", () => {
  const many = Array.from({ length: 12 }, (_unused, number) => aStorageClass(`class-${10 + number}`));
  assert.match(storageClassNames(many), /^class-10, .*class-19 and 2 more$/);
});

test("classes that the operator may not look at are taken for ones that exist, grow and wait for their pod", () => {
  const assumed = storageClass("anything", undefined);
  assert.deepEqual(assumed, storageClass(undefined, undefined));
  assert.equal(assumed?.allowVolumeExpansion, true);
  assert.equal(assumed.volumeBindingMode, "WaitForFirstConsumer");
});
