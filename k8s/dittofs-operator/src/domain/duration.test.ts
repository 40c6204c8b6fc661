import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { canonicalDuration, durationMs } from "./duration.ts";

const spellings = [
  { text: "30s", ms: 30_000, canonical: "30s" },
  { text: "90s", ms: 90_000, canonical: "1m30s" },
  { text: "1m30s", ms: 90_000, canonical: "1m30s" },
  { text: "60m", ms: 3_600_000, canonical: "1h" },
  { text: "168h", ms: 604_800_000, canonical: "168h" },
  { text: "1h0m0s", ms: 3_600_000, canonical: "1h" },
  { text: "1.5s", ms: 1_500, canonical: "1s500ms" },
  { text: ".5m", ms: 30_000, canonical: "30s" },
  { text: "1.s", ms: 1_000, canonical: "1s" },
  { text: "250ms", ms: 250, canonical: "250ms" },
  { text: "1us", ms: 0.001, canonical: "1us" },
  { text: "1µs", ms: 0.001, canonical: "1us" },
  { text: "0s", ms: 0, canonical: "0s" },
] as const;

for (const { text, ms, canonical } of spellings) {
  test(`${text} lasts ${ms} ms and is written ${canonical}`, () => {
    assert.equal(durationMs(text), ms);
    assert.equal(canonicalDuration(text), canonical);
  });
}

const notDurations = ["", "30", "1h30", "1d", "s", ".s", "-5s", "1 s", "30S", "1e3s", "9999999999999h", "5s\n"];

for (const text of notDurations) {
  test(`${JSON.stringify(text)} is refused as no duration`, () => {
    assert.throws(() => durationMs(text), { name: "RangeError", message: /is not a duration/ });
  });
}

const anyDuration = fc
  .array(fc.tuple(fc.nat(100_000), fc.constantFrom("h", "m", "s", "ms", "us", "ns")), { minLength: 1, maxLength: 6 })
  .map((terms) => terms.map(([count, unit]) => `${count}${unit}`).join(""));

test("the canonical spelling lasts as long and is its own canonical spelling", () => {
  fc.assert(
    fc.property(anyDuration, (text) => {
      const canonical = canonicalDuration(text);
      assert.equal(durationMs(canonical), durationMs(text));
      assert.equal(canonicalDuration(canonical), canonical);
    }),
  );
});
