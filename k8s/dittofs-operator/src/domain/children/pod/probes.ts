import type { Probe } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";

type Probes = { readonly startupProbe: Probe; readonly readinessProbe: Probe; readonly livenessProbe: Probe };

/**
 * The server opens its API last, so that an answer means: stores are open, shares are loaded. One unreachable remote
 * store delays that by up to three minutes; the startup probe allows ten, and no fixed delay slows a fast start.
 */
export function probes({ spec: { probes, controlPlane } }: DittoServer): Probes {
  const { certSecretName, clientCASecretName } = controlPlane;
  const asking = (path: string, times: Partial<Probe>): Probe =>
    // The kubelet has no certificate to present; a port that is open says the same, as the API opens last.
    clientCASecretName === undefined
      ? { httpGet: { path, port: "api", ...(certSecretName !== undefined && { scheme: "HTTPS" }) }, ...times }
      : { tcpSocket: { port: "api" }, ...times };
  return {
    startupProbe: asking("/health", { periodSeconds: 1, failureThreshold: 600, ...probes?.startup }),
    readinessProbe: asking("/health/ready", { periodSeconds: 2, timeoutSeconds: 5, ...probes?.readiness }),
    livenessProbe: asking("/health", { periodSeconds: 10, timeoutSeconds: 5, ...probes?.liveness }),
  };
}
