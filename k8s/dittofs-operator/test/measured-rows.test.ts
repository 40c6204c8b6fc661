import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

/** What the real server was measured to do wrong, where an operator has to guard its users: sections and rows of the measurements. */
const guarded = ["2", "A1", "A2", "A3", "A4", "A5", "A8", "A10", "E", "F", "G", "H"];

test("each guard around what the server does wrong has a test that cites what was measured", () => {
  const files = globSync("{src,test}/**/*.{test,tests}.ts").filter((file) => !file.endsWith("measured-rows.test.ts"));
  const cited = files.flatMap((file) =>
    Array.from(readFileSync(file, "utf8").matchAll(/\(measured ([A-H]?\d*)\)/g), ([, row]) => row),
  );
  assert.deepEqual(
    guarded.filter((row) => !cited.includes(row)),
    [],
  );
});
