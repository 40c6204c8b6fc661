import type { AcceptedCreation } from "./accepted-creations.ts";

const row = (because: string, spec: unknown): AcceptedCreation => ({ because, spec });

/** Ways to the server at the edge of what is allowed. */
export const acceptedExposure: readonly AcceptedCreation[] = [
  row("an Ingress that is only switched on", { controlPlane: { ingress: { enabled: true } } }),
  row("an Ingress with all that it can have", {
    controlPlane: {
      ingress: {
        enabled: true,
        className: "public.nginx",
        host: "files.example.com",
        path: "/api/v1/",
        tlsSecretName: "api-tls",
        annotations: { "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS" },
      },
    },
  }),
  row("metrics as the Go operator let them be written", {
    metrics: { enabled: true, path: "/metrics?format=text", serviceMonitor: { enabled: true, interval: "1d" } },
  }),
  row("TLS that something else ends, as the Go operator's manifests had it", { controlPlane: { tls: true } }),
  row("TLS with all that it can have", {
    controlPlane: {
      tls: true,
      certSecretName: "api-tls",
      clientCASecretName: "clients",
      operatorClientCertSecretName: "operator-tls",
      minTLSVersion: "1.3",
    },
  }),
  row("clients with certificates, and none of the operator's", {
    controlPlane: { certSecretName: "api-tls", clientCASecretName: "clients" },
  }),
  row("NFS over TLS for those who want it", { nfs: { tls: { certSecretName: "nfs-tls" } } }),
  row("metrics that are only switched on", { metrics: { enabled: true } }),
  row("a port of the metrics that is another's, while they are off", { metrics: { port: 8080 } }),
  row("metrics with all that they can have", {
    metrics: {
      enabled: true,
      port: 1,
      path: "/a/b_c",
      bearerTokenSecret: { name: "token", key: "token" },
      serviceMonitor: {
        enabled: true,
        interval: "30s",
        labels: { "example.com/team": "a" },
        clientCertSecretName: "scraper",
      },
      tls: { certSecretName: "metrics-tls", clientCASecretName: "scrapers", minTLSVersion: "1.3" },
    },
  }),
  row("peers of every form, and an empty list of them", {
    networkPolicy: {
      from: [{ ipBlock: { cidr: "2001:db8::/32", except: ["2001:db8:1::/48"] } }, { namespaceSelector: {} }],
      apiFrom: [{ podSelector: { matchExpressions: [{ key: "a", operator: "In", values: ["b"] }] } }],
      metricsFrom: [],
    },
    smb: { allowedClients: [] },
  }),
];
