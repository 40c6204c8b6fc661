import type { Clock } from "../runtime/clock.ts";
import type { Instruments } from "../runtime/instruments.ts";
import type { Connection } from "./connection.ts";

/** How a client reaches its API server, and what it may do there. */
export type RestClientOptions = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly instruments: Pick<Instruments, "kubernetesRequest">;
  readonly userAgent: string;
  /** For each call that is no list and no watch, tries included. The Lease's client has less patience than the others. */
  readonly deadlineMs?: number;
  /** How long the next call has to wait, so that the API server is not flooded (100 a second with bursts of 200, say). */
  readonly limiter?: { reserveMs(): number };
  /**
   * Whether this process leads, asked in the moment in which each write goes out. A process that was paused works off what
   * was pending before its elector's timer fires, retries and waiting requests included: only a check at the very end keeps
   * it from writing after it wakes.
   */
  readonly mayWrite?: () => boolean;
};
