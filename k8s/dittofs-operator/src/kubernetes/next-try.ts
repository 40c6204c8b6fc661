import type { ApiFailure } from "../runtime/kubernetes-api.ts";

export type Tried = {
  readonly method: string;
  /** Tries so far, this one included. */
  readonly tries: number;
  /** What is left of the call's time. */
  readonly remainingMs: number;
  readonly outcome:
    | { readonly kind: "answered"; readonly status: number; readonly retryAfterMs: number | undefined }
    | { readonly kind: "failed"; readonly failure: Pick<ApiFailure, "code" | "mayHaveHappened"> };
};

export type NextTry =
  | { readonly kind: "none" }
  /** `renew`: look credentials and certificates up anew before. */
  | { readonly kind: "again"; readonly afterMs: number; readonly renew: boolean };

const none: NextTry = { kind: "none" };
const MOST_TRIES = 4;
/** Longer waits are for the caller, who can do other work meanwhile. */
const LONGEST_WAIT_MS = 5_000;

/** Whether a call is sent once more: only where that is safe, and likely to help within the call's time. */
export function nextTry({ method, tries, remainingMs, outcome }: Tried): NextTry {
  if (outcome.kind === "failed") {
    const { code, mayHaveHappened } = outcome.failure;
    // A kept connection may end just when the next request is put on it, and a certificate may be a new one. A POST that
    // may have been carried out is never repeated; all other calls mean the same when they are carried out twice.
    const isSafe = method !== "POST" || !mayHaveHappened;
    return code === "unreachable" && isSafe && tries === 1 ? { kind: "again", afterMs: 0, renew: true } : none;
  }
  const { status, retryAfterMs } = outcome;
  if (status === 401) return tries === 1 ? { kind: "again", afterMs: 0, renew: true } : none;
  // 429 comes before anything was done; 503 may come from a proxy that lost the answer.
  const isTurnedAway = status === 429 || (status === 503 && method !== "POST");
  if (!isTurnedAway || retryAfterMs === undefined || tries >= MOST_TRIES) return none;
  if (retryAfterMs > LONGEST_WAIT_MS || retryAfterMs >= remainingMs) return none;
  return { kind: "again", afterMs: retryAfterMs, renew: false };
}
