import type { ApiFailure } from "./kubernetes-api.ts";
import type { WatchdogReason } from "./watch-watchdog.ts";

/**
 * Where a reflector stands. There is no last state: it goes on until it is stopped.
 *
 *              +------ expired, silent, or not understood ------+
 *              v                                                |
 *           listing ------------------------------------> watching <--+
 *              |  ^                                          | |  |     | ended by the server
 *       failed |  +------------------ waiting <--------------+ |  +-----+
 *              +------------------------^       failed, or ended at once
 */
export type ReflectorState =
  | { readonly kind: "listing" }
  | { readonly kind: "watching"; readonly resourceVersion: string }
  | { readonly kind: "waiting"; readonly failure: ApiFailure | undefined; readonly next: ReflectorState };

export type WatchEnd = {
  /** How far the stream has come. */
  readonly resourceVersion: string;
  readonly cause:
    | { readonly kind: "ended" | WatchdogReason }
    | { readonly kind: "failed"; readonly failure: ApiFailure };
  /** It delivered something, or lived for a second. */
  readonly hasProvedItself: boolean;
};

const listing: ReflectorState = { kind: "listing" };

/** Answers after which the version in hand is of no use: too old, not understood, or of a kind that is gone. */
const relistCodes: ReadonlySet<ApiFailure["code"]> = new Set(["expired", "badRequest", "invalid", "notFound"]);

/**
 * What follows the end of a watch. A silence is answered with a list although a new watch would be cheaper: after etcd was
 * restored from a backup a watch from the old, now future, version is accepted and stays silent for ever.
 */
export function stateAfterWatch({ cause, resourceVersion, hasProvedItself }: WatchEnd): ReflectorState {
  const watching: ReflectorState = { kind: "watching", resourceVersion };
  switch (cause.kind) {
    case "silent":
      return listing;
    case "overdue":
      return watching;
    case "ended":
      return hasProvedItself ? watching : { kind: "waiting", failure: undefined, next: watching };
    case "failed": {
      const next = relistCodes.has(cause.failure.code) ? listing : watching;
      return { kind: "waiting", failure: cause.failure, next };
    }
  }
}
