import type { Service } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { selectorLabels } from "../labels.ts";
import { metricsServiceName } from "../names.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";
import { servicePort } from "./service-port.ts";

/** Where metrics are scraped, marked for a Prometheus that goes by annotations. */
export function metricsService(server: DittoServer): readonly Wanted<"Service", Service>[] {
  const { metrics } = server.spec;
  if (metrics?.enabled !== true) return [];
  const annotations = {
    "prometheus.io/scrape": "true",
    "prometheus.io/port": String(metrics.port),
    "prometheus.io/path": metrics.path,
    "prometheus.io/scheme": metrics.tls === undefined ? "http" : "https",
  };
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: childMeta(server, { name: metricsServiceName(server), component: "metrics", annotations }),
      spec: {
        type: "ClusterIP",
        selector: { ...selectorLabels(server) },
        ports: [servicePort(protocolPorts(server).metrics)],
      },
    },
  ];
}
