import assert from "node:assert/strict";
import { test } from "node:test";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.UTC(2026, 0, 1, 12, 0, 0);

test("Retry-After is read as seconds or as a date, and kept within one second and five minutes", () => {
  const rows: readonly (readonly [header: string | undefined, ms: number, because: string])[] = [
    ["7", 7000, "seconds"],
    ["0", 1000, "never at once"],
    ["999999999", 300_000, "a server cannot lock the operator out"],
    ["Thu, 01 Jan 2026 12:00:30 GMT", 30_000, "a date"],
    ["Thu, 01 Jan 2026 11:00:00 GMT", 1000, "a date in the past"],
    [undefined, 10_000, "none given"],
    ["soon", 10_000, "nonsense"],
    ["-5", 1000, "at most a date of long ago"],
  ];
  for (const [header, ms, because] of rows) assert.equal(retryAfterMs(header, now), ms, because);
});
