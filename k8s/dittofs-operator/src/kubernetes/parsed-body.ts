import type { ApiAnswer } from "../runtime/kubernetes-api.ts";
import { noAnswer } from "./api-failure.ts";

/** An answer that is not what the API promises (a proxy's page, a cut body) is as good as none. */
export function parsedBody<T>(body: string, parse: (value: unknown) => T): ApiAnswer<T> {
  try {
    return { ok: true, value: parse(JSON.parse(body)) };
  } catch (error) {
    // The words of JSON.parse quote what it read, which may be secret.
    const reason = error instanceof Error && !(error instanceof SyntaxError) ? error.message : "it is no JSON";
    const message = `the answer is not what the Kubernetes API promises: ${reason}`;
    return { ok: false, failure: noAnswer("unreachable", message, true) };
  }
}
