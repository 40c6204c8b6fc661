import assert from "node:assert/strict";
import { test } from "node:test";
import { firstDifference } from "./first-difference.ts";

test("equal texts do not differ", () => {
  assert.equal(firstDifference("a\nb\n", "a\nb\n"), undefined);
});

test("the first line that differs is shown both ways", () => {
  assert.equal(firstDifference("a\nb\nc\n", "a\nx\ny\n"), "line 2 differs\n  - b\n  + x");
});

test("a text that goes on differs where the other one ends", () => {
  assert.equal(firstDifference("a", "a\nb"), "line 2 differs\n  - (end of file)\n  + b");
  assert.equal(firstDifference("a\nb", "a"), "line 2 differs\n  - b\n  + (end of file)");
});

test("a missing file is said to be missing", () => {
  assert.equal(firstDifference("", "a"), "the file is missing");
});
