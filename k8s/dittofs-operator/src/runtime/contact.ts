import type { Clock } from "./clock.ts";
import type { ApiFailure } from "./kubernetes-api.ts";
import type { Log } from "./log.ts";

/** What keeps a reflector from being up to date. */
export type Trouble = { readonly verb: "list" | "watch"; readonly failure: ApiFailure };

/** Knows whether a reflector is in contact, and says so in the log when that changes, not at every try. */
export class Contact {
  readonly #clock: Clock;
  readonly #log: Log;
  #trouble: (Trouble & { readonly sinceMs: number }) | undefined;
  #lastMs: number | undefined;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  /** `monotonicMs` of the last data that came. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  dataCame(atMs: number = this.#clock.monotonicMs()): void {
    this.#lastMs = Math.max(atMs, this.#lastMs ?? atMs);
  }

  failed(verb: Trouble["verb"], failure: ApiFailure): void {
    const known = this.#trouble;
    const isKnown = known?.verb === verb && known.failure.code === failure.code;
    this.#trouble = { verb, failure, sinceMs: known?.sinceMs ?? this.#clock.monotonicMs() };
    const fields = { verb, code: failure.code, status: failure.status, reason: failure.message };
    if (isKnown) this.#log.debug("still not up to date", fields);
    else this.#log.warn("not up to date, trying again", fields);
  }

  /** A list that works says nothing about a watch that does not; a watch that works proves both. */
  works(verb: Trouble["verb"]): void {
    const known = this.#trouble;
    if (known === undefined || (known.verb === "watch" && verb === "list")) return;
    this.#trouble = undefined;
    this.#log.info("up to date again", { afterMs: Math.round(this.#clock.monotonicMs() - known.sinceMs) });
  }
}
