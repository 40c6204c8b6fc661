import type { Clock } from "./clock.ts";
import type { ApiAnswer } from "./kubernetes-api.ts";

/**
 * Asks the API and waits `limitMs` for the answer at most, or until `signal` is aborted, even if the call itself ignores its
 * signal. What comes later is dropped; a write may have happened then, and the failure says so.
 */
export function boundedCall<T>(
  bound: { readonly clock: Clock; readonly limitMs: number; readonly signal: AbortSignal },
  call: (signal: AbortSignal) => Promise<ApiAnswer<T>>,
): Promise<ApiAnswer<T>> {
  if (bound.signal.aborted) return Promise.resolve(failed("timeout", "given up before it was asked"));
  const abort = new AbortController();
  return new Promise((resolve) => {
    const finish = (answer: ApiAnswer<T>): void => {
      cancel();
      bound.signal.removeEventListener("abort", giveUp);
      resolve(answer);
    };
    const giveUp = (): void => {
      abort.abort();
      finish(failed("timeout", `no answer within ${Math.round(bound.limitMs)} ms`));
    };
    const cancel = bound.clock.after(bound.limitMs, giveUp);
    bound.signal.addEventListener("abort", giveUp, { once: true });
    call(abort.signal).then(finish, (error: unknown) => finish(failed("unreachable", String(error))));
  });
}

function failed<T>(code: "timeout" | "unreachable", message: string): ApiAnswer<T> {
  return { ok: false, failure: { code, message, causes: [], mayHaveHappened: true } };
}
