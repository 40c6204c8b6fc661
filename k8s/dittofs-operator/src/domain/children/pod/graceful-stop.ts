import type { Lifecycle } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";
import { durationMs } from "../../duration.ts";

/** Time for load balancers and kube-proxies to send new connections elsewhere before the server stops listening. */
const drainSeconds = 5;

/** The stages of the server's stop, each of which may take the whole shutdown timeout. */
const stages = 3;

/** Beyond the stages: the server's own last deadline comes 5 s after them. */
const reserveSeconds = 10;

export const gracefulStop: Lifecycle = { preStop: { sleep: { seconds: drainSeconds } } };

export function terminationGracePeriodSeconds({ spec }: DittoServer): number {
  const shutdownSeconds = Math.ceil((stages * durationMs(spec.config.shutdownTimeout)) / 1000);
  return spec.terminationGracePeriodSeconds ?? drainSeconds + shutdownSeconds + reserveSeconds;
}
