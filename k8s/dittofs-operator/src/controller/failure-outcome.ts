import type { ApiFailure } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";

/** What a failed write to a DittoServer itself means for its pass. */
export function failureOutcome(what: string, { code, message, retryAfterMs }: ApiFailure): Outcome {
  // The server is gone, and the watch says so too.
  if (code === "notFound") return { kind: "done" };
  // A JSON patch whose test fails answers `invalid`: somebody else was quicker, as with a conflict.
  if (code === "conflict" || code === "invalid") return { kind: "conflict" };
  return {
    kind: "retry",
    reason: `${what}: ${code}: ${message}`,
    ...(retryAfterMs !== undefined && { afterMs: retryAfterMs }),
  };
}
