import assert from "node:assert/strict";
import { test } from "node:test";
import { keyedRef, refKey } from "./change.ts";

for (const { because, name } of [
  { because: "a plain name", name: "default" },
  { because: "a name with blanks, as people may have by hand", name: "old  store" },
])
  test(`a key says what it was written from: ${because}`, () => {
    const ref = { family: "metadataStore", name } as const; // a family by name
    assert.deepEqual(keyedRef(refKey(ref)), ref);
  });

test("a key that nobody wrote like that is of no family", () => {
  assert.deepEqual(keyedRef("default"), { family: "default", name: "" });
});
