import assert from "node:assert/strict";
import { test } from "node:test";
import { durationText, parseDurationMs } from "./duration.ts";

test("a duration is a sum of numbers with units", () => {
  const cases: readonly (readonly [string, number | undefined, string])[] = [
    ["30s", 30_000, "one part"],
    ["1h30m", 5_400_000, "two parts"],
    ["168h", 604_800_000, "more than a day is hours"],
    ["1.5s", 1500, "fractions"],
    ["250ms", 250, "milliseconds are not minutes and seconds"],
    ["0", 0, "zero is the only number without a unit"],
    ["-5m", -300_000, "negative"],
    ["30", undefined, "a number without unit"],
    ["1h30", undefined, "the last part has no unit"],
    ["1d", undefined, "days do not exist"],
    ["", undefined, "nothing"],
    ["5 m", undefined, "no spaces"],
  ];
  for (const [text, expected, because] of cases) assert.equal(parseDurationMs(text), expected, `${text}: ${because}`);
});

test("a duration is printed with every unit below the largest", () => {
  const cases: readonly (readonly [number, string])[] = [
    [3_600_000, "1h0m0s"],
    [259_200_000, "72h0m0s"],
    [90_000, "1m30s"],
    [5000, "5s"],
    [1500, "1.5s"],
    [500, "500ms"],
    [3e-5, "30ns"],
    [0, "0s"],
  ];
  for (const [durationMs, text] of cases) assert.equal(durationText(durationMs), text);
});
