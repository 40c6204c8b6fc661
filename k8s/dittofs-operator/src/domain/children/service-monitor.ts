import type { DittoServer } from "../../api/ditto-server.ts";
import { childLabels } from "../labels.ts";
import { metricsServiceName, serviceMonitorName } from "../names.ts";
import type { MonitorEndpoint, ServiceMonitor } from "../service-monitor.ts";
import type { Wanted } from "../wanted-child.ts";
import type { SecretSeen } from "../world.ts";
import { childMeta } from "./child-meta.ts";

export type MonitorInputs = {
  readonly server: DittoServer;
  readonly secrets: ReadonlyMap<string, SecretSeen>;
};

/** How the Prometheus operator finds the metrics; only to be made where its kinds are known. */
export function serviceMonitor(inputs: MonitorInputs): readonly Wanted<"ServiceMonitor", ServiceMonitor>[] {
  const { server } = inputs;
  const { metrics } = server.spec;
  if (metrics?.enabled !== true || metrics.serviceMonitor?.enabled !== true) return [];
  const { labels = {} } = metrics.serviceMonitor;
  return [
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: childMeta(server, { name: serviceMonitorName(server), component: "metrics", labels }),
      spec: {
        selector: { matchLabels: { ...childLabels(server, "metrics") } },
        namespaceSelector: { matchNames: [server.metadata.namespace] },
        endpoints: [endpoint(inputs, metrics)],
      },
    },
  ];
}

type Metrics = NonNullable<DittoServer["spec"]["metrics"]>;

function endpoint(inputs: MonitorInputs, metrics: Metrics): MonitorEndpoint {
  const { path, bearerTokenSecret: token, serviceMonitor: monitor } = metrics;
  return {
    port: "metrics",
    path,
    scheme: metrics.tls === undefined ? "http" : "https",
    ...(monitor?.interval !== undefined && { interval: monitor.interval }),
    ...(token !== undefined && { authorization: { type: "Bearer", credentials: { ...token } } }),
    ...tlsConfig(inputs, metrics),
  };
}

/** Without an authority in the Secret the certificate is one that everybody trusts. */
function tlsConfig({ server, secrets }: MonitorInputs, { tls, serviceMonitor: monitor }: Metrics) {
  if (tls === undefined) return {};
  const seen = secrets.get(tls.certSecretName);
  const hasAuthority = seen?.kind === "present" && seen.keys.has("ca.crt");
  const client = monitor?.clientCertSecretName;
  return {
    tlsConfig: {
      serverName: `${metricsServiceName(server)}.${server.metadata.namespace}.svc`,
      ...(hasAuthority && { ca: { secret: { name: tls.certSecretName, key: "ca.crt" } } }),
      ...(client !== undefined && {
        cert: { secret: { name: client, key: "tls.crt" } },
        keySecret: { name: client, key: "tls.key" },
      }),
    },
  };
}
