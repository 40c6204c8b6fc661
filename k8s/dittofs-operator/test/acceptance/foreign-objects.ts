import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { dittoServer } from "./sample-server.ts";

const { namespace } = dittoServer;
const selector = { matchLabels: { app: "other" } };
const template = {
  metadata: { labels: selector.matchLabels },
  spec: { containers: [{ name: "other", image: "other:1" }] },
};

/** Objects of others, one of each kind of child (the cluster has to know ServiceMonitors), each with the name that a child of a server of its own would have. */
export const foreignObjects: readonly KubernetesObject[] = [
  foreign("v1", "ConfigMap", "-config", { data: { theirs: "yes" } }),
  foreign("v1", "Secret", "-jwt-secret", { data: { theirs: "eWVz" } }),
  foreign("v1", "Service", "-api", { spec: { ports: [{ port: 80 }] } }),
  foreign("networking.k8s.io/v1", "NetworkPolicy", "-baseline", { spec: { podSelector: {} } }),
  foreign("networking.k8s.io/v1", "Ingress", "-api", {
    spec: { defaultBackend: { service: { name: "x", port: { number: 80 } } } },
  }),
  foreign("monitoring.coreos.com/v1", "ServiceMonitor", "-metrics", { spec: { endpoints: [], selector: {} } }),
  foreign("apps/v1", "StatefulSet", "", { spec: { replicas: 0, serviceName: "other", selector, template } }),
];

/** A spec that asks for every kind of child. */
export const everyChild = {
  controlPlane: { ingress: { enabled: true } },
  metrics: { enabled: true, serviceMonitor: { enabled: true } },
};

/** Without these a server starts all the same. */
export const laterKinds: ReadonlySet<string> = new Set(["StatefulSet", "Service", "Ingress", "ServiceMonitor"]);

/** The name of the server that the object is in the way of. */
export function serverInTheWay({ metadata }: KubernetesObject): string {
  return metadata.annotations?.["server"] ?? "";
}

function foreign(apiVersion: string, kind: string, suffix: string, content: object): KubernetesObject {
  const server = `taken-${kind.toLowerCase()}`;
  return { apiVersion, kind, metadata: { name: `${server}${suffix}`, namespace, annotations: { server } }, ...content };
}
