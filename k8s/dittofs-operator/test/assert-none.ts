/** Fails with the faults as the message, one a line, and nothing else: where they were found is in them. */
export function assertNone(faults: readonly (string | undefined)[]): void {
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length === 0) return;
  const error = new Error(found.join("\n"));
  error.stack = error.message;
  throw error;
}
