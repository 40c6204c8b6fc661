import assert from "node:assert/strict";
import { test } from "node:test";
import { patternFaults } from "./pattern-faults.ts";

const rows: readonly (readonly [pattern: string, says: RegExp | undefined, because: string])[] = [
  ["^[a-z]+$", undefined, "plain"],
  ["^(?:a|b)$", undefined, "a group that captures nothing is fine"],
  [String.raw`^a\.b$`, undefined, "an escaped dot"],
  [String.raw`^a\\1$`, undefined, "an escaped backslash before a digit refers to nothing"],
  ["^a{1000}$", undefined, "as often as RE2 repeats"],
  ["(", /does not compile/, "unclosed"],
  ["^(?=a)", /looks around/, "look-ahead"],
  ["^(?!a)", /looks around/, "negative look-ahead"],
  ["(?<=a)b", /looks around/, "look-behind"],
  [String.raw`(a)\1`, /refers back/, "back-reference"],
  [String.raw`(?<n>a)\k<n>`, /refers back/, "named back-reference"],
  ["^a{1,1001}$", /more than 1000/, "too many repetitions"],
];

for (const [pattern, says, because] of rows) {
  test(`${pattern}: ${because}`, () => {
    const faults = patternFaults(pattern);
    if (says === undefined) assert.deepEqual(faults, []);
    else assert.match(faults.join("\n"), says);
  });
}
