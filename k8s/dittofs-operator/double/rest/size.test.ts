import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sizeBytes, sizeText } from "./size.ts";

test("a size is a number with a unit of 1000 or 1024, in any case", () => {
  const rows: readonly (readonly [text: string, bytes: number | undefined, because: string])[] = [
    ["0", 0, "zero"],
    ["1024", 1024, "no unit is bytes"],
    ["1K", 1000, "powers of 1000"],
    ["1ki", 1024, "powers of 1024"],
    ["1.5GiB", 1_610_612_736, "a fraction"],
    [" 1 tb ", 1e12, "spaces"],
    ["1PiB", undefined, "no such unit"],
    ["-1", undefined, "below zero"],
    ["", undefined, "nothing"],
    ["GiB", undefined, "no number"],
    ["1.GiB", undefined, "no digits after the point"],
    ["16777216TiB", 0, "64 bits wrap around"],
    ["8388608TiB", -(2 ** 63), "and the sign too"],
  ];
  for (const [text, bytes, because] of rows) assert.equal(sizeBytes(text), bytes, `${text}: ${because}`);
});

test("what is shown is within half a percent of what was sent, and is shown again the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 46 }), (bytes) => {
      const shown = sizeText(bytes);
      const again = sizeBytes(shown) ?? 0;
      assert.ok(Math.abs(again - bytes) <= Math.max(1, bytes * 0.005), `${bytes} ${shown}`);
    }),
  );
});
