import assert from "node:assert/strict";

/** Fails with the faults as the message, one a line. */
export function assertNone(faults: readonly (string | undefined)[]): void {
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0) assert.fail(found.join("\n"));
}
