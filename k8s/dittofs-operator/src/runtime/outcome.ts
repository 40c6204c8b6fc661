import type { PassResult } from "./instruments.ts";
import type { LogLevel } from "./log.ts";

/** What one pass over one key came to. */
export type Outcome =
  /** All is as wanted; the next event brings the next pass. */
  | { readonly kind: "done" }
  /** All went well, and time alone will change something. */
  | { readonly kind: "lookAgain"; readonly afterMs: number }
  /** Somebody else wrote in between, or the process is ending. Tried again at once and quietly: it is nobody's fault. */
  | { readonly kind: "conflict" }
  /** Something failed that may work later: after the key's back-off, or after `afterMs` (a Retry-After) where that is longer. */
  | { readonly kind: "retry"; readonly reason: string; readonly afterMs?: number }
  /** Only a change of the object or of what it names can help. */
  | { readonly kind: "terminal"; readonly reason: string };

/** What the runner does about an outcome. */
export type Consequence = {
  readonly next:
    | { readonly kind: "nothing" }
    | { readonly kind: "after"; readonly delayMs: number }
    /** After the key's back-off, and not before `leastMs`. */
    | { readonly kind: "backOff"; readonly leastMs: number };
  readonly result: PassResult;
  /** How loudly a failure is told; absent for what went well. */
  readonly failure?: { readonly level: LogLevel; readonly reason: string };
};

/** The whole retry policy. A pass that succeeded or is given up has no failures any more; all others count one. */
export function consequence(outcome: Outcome): Consequence {
  switch (outcome.kind) {
    case "done":
      return { next: { kind: "nothing" }, result: "success" };
    case "lookAgain":
      return { next: { kind: "after", delayMs: outcome.afterMs }, result: "requeue_after" };
    case "conflict":
      return {
        next: { kind: "backOff", leastMs: 0 },
        result: "requeue",
        failure: { level: "debug", reason: "conflict" },
      };
    case "retry":
      return {
        next: { kind: "backOff", leastMs: outcome.afterMs ?? 0 },
        result: "error",
        failure: { level: "warn", reason: outcome.reason },
      };
    case "terminal":
      return {
        next: { kind: "nothing" },
        result: "terminal_error",
        failure: { level: "warn", reason: outcome.reason },
      };
  }
}
