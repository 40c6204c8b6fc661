import type { World } from "../world.ts";

export function metricsWarnings({ server, servedKinds }: Pick<World, "server" | "servedKinds">): readonly string[] {
  const { metrics } = server.spec;
  if (metrics?.serviceMonitor?.enabled !== true) return [];
  if (!metrics.enabled)
    return ["spec.metrics.serviceMonitor.enabled has no effect while spec.metrics.enabled is false."];
  if (servedKinds.has("ServiceMonitor")) return [];
  return [
    "spec.metrics.serviceMonitor: the cluster does not know the kind ServiceMonitor. Install the CustomResourceDefinition servicemonitors.monitoring.coreos.com of the Prometheus operator; the object is made as soon as it is there.",
  ];
}
