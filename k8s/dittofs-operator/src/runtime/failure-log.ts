import type { Clock } from "./clock.ts";
import type { Log, LogFields, LogLevel } from "./log.ts";
import { RETRY_BACKOFF } from "./rate-limiter.ts";

export type Failure = {
  readonly level: LogLevel;
  /** What failed; another reason is told at once. */
  readonly reason: string;
  readonly fields: LogFields;
  /** The wait that follows it. */
  readonly stepMs: number;
};

type Told = { readonly reason: string; readonly quietUntilMs: number };

/** Tells a key's failure once per step of its back-off, however often events make the key fail in between. */
export class FailureLog<Key> {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #told = new Map<Key, Told>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  failed(key: Key, failure: Failure): void {
    const nowMs = this.#clock.monotonicMs();
    const told = this.#told.get(key);
    if (told?.reason === failure.reason && nowMs < told.quietUntilMs) return;
    if (failure.level !== "debug") {
      this.#told.set(key, {
        reason: failure.reason,
        quietUntilMs: nowMs + failure.stepMs * (1 - RETRY_BACKOFF.jitter),
      });
    }
    this.#log[failure.level]("pass failed", { key, reason: failure.reason, ...failure.fields });
  }

  succeeded(key: Key): void {
    if (this.#told.delete(key)) this.#log.info("pass succeeded after failures", { key });
  }

  /** Keys whose failure is told and not over; for leak tests. */
  get size(): number {
    return this.#told.size;
  }
}
