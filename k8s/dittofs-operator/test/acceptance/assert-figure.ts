import assert from "node:assert/strict";
import type { TestContext } from "node:test";

/** On a machine with other work a time says little: then only a multiple of it is a failure. FIGURES=strict holds the figure itself. */
const slack = process.env["FIGURES"] === "strict" ? 1 : 5;

/** Prints a measured figure beside the one to hold, and fails when it is far from it. */
export function assertFigure(
  t: TestContext,
  what: string,
  { value, limit, unit }: { readonly value: number; readonly limit: number; readonly unit: string },
): void {
  t.diagnostic(`${what}: ${Math.round(value)} ${unit}, to hold: ${limit} ${unit}`);
  assert.ok(
    value < limit * slack,
    `${what}: ${Math.round(value)} ${unit} is more than ${slack} times ${limit} ${unit}`,
  );
}
