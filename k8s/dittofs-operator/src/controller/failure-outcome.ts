import type { ApiFailure } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";

/** What a failed write to a DittoServer itself means for its pass. */
export function failureOutcome(what: string, failure: ApiFailure): Outcome {
  const { code, message, retryAfterMs } = failure;
  // The server is gone, and the watch says so too.
  if (code === "notFound") return { kind: "done" };
  if (code === "conflict" || isFailedTest(failure)) return { kind: "conflict" };
  return {
    kind: "retry",
    reason: `${what}: ${code}: ${message}`,
    ...(retryAfterMs !== undefined && { afterMs: retryAfterMs }),
  };
}

/** Somebody else was quicker: a JSON patch whose test fails answers `invalid` as a value does that the definition refuses, but names no field. */
function isFailedTest({ code, causes }: ApiFailure): boolean {
  return code === "invalid" && causes.length === 0;
}
