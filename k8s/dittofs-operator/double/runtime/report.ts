import type { Clock } from "../../src/runtime/clock.ts";

export type Health = "healthy" | "degraded" | "unhealthy" | "unknown" | "disabled";

/** The `status` object of stores, shares and adapters. */
export interface Report {
  readonly status: Health;
  readonly message?: string;
  readonly checked_at: string;
  readonly latency_ms?: number;
}

const keptMs = 5000;

/** Makes reports and keeps them for five seconds, as the server does: a change may show late. */
export class Reports {
  readonly #clock: Clock;
  readonly #slowFactor: number;
  readonly #kept = new Map<string, { readonly report: Report; readonly atMs: number }>();

  constructor(clock: Clock, slowFactor: number) {
    this.#clock = clock;
    this.#slowFactor = slowFactor;
  }

  make(status: Health, message = "", latencyMs = 0): Report {
    const checked_at = new Date(this.#clock.wallMs()).toISOString();
    return {
      status,
      ...(message === "" ? {} : { message }),
      checked_at,
      ...(latencyMs === 0 ? {} : { latency_ms: latencyMs }),
    };
  }

  async kept(key: string, probe: () => Report | Promise<Report>): Promise<Report> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#clock.monotonicMs() - kept.atMs < keptMs * this.#slowFactor) return kept.report;
    const report = await probe();
    this.#kept.set(key, { report, atMs: this.#clock.monotonicMs() });
    return report;
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }
}
