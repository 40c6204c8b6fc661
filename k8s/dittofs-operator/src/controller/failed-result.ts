import type { ChildOutcome } from "../domain/child-outcome.ts";
import type { ApiFailure } from "../runtime/kubernetes-api.ts";

/** The API server's lasting noes are the user's to mend; the rest passes by itself. */
export function failedResult({ code, message, causes }: ApiFailure): ChildOutcome["result"] {
  if (code === "invalid" || code === "badRequest" || code === "forbidden" || code === "namespaceTerminating") {
    const fields = causes.map((cause) => `${cause.field}: ${cause.message}`).join("; ");
    return { kind: "refused", message: (fields === "" ? message : fields).slice(0, 500) };
  }
  return { kind: "failed", message: `${code}: ${message}`.slice(0, 500) };
}
