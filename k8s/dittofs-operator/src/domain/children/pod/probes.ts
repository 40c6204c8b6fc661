import type { Probe } from "kubernetes-types/core/v1";

type Probes = { readonly startupProbe: Probe; readonly readinessProbe: Probe; readonly livenessProbe: Probe };

/**
 * The server opens its API last, so that an answer means: stores are open, shares are loaded. One unreachable remote
 * store delays that by up to three minutes; the startup probe allows ten, and no fixed delay slows a fast start.
 */
export const probes: Probes = {
  startupProbe: { httpGet: { path: "/health", port: "api" }, periodSeconds: 1, failureThreshold: 600 },
  readinessProbe: { httpGet: { path: "/health/ready", port: "api" }, periodSeconds: 2, timeoutSeconds: 5 },
  livenessProbe: { httpGet: { path: "/health", port: "api" }, timeoutSeconds: 5, periodSeconds: 10 },
};
