import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { memoryWarnings } from "./memory-warnings.ts";

for (const [memory, isWarned] of [
  ["256Mi", true],
  ["511Mi", true],
  ["512Mi", false],
  ["1Gi", false],
  [undefined, false],
] as const)
  test(`a memory limit of ${memory ?? "nothing"} is ${isWarned ? "warned of" : "enough"} (measured A4)`, () => {
    const given = memoryWarnings(aServer({ resources: { limits: { ...(memory !== undefined && { memory }) } } }));
    assert.equal(given.length, isWarned ? 1 : 0);
    if (isWarned) assert.match(given[0] ?? "", /^spec\.resources\.limits\.memory is \d+Mi: .* 512Mi at least/);
  });
