import { type RefusedCreation, refused } from "./refused-creation.ts";

const ingress = (fields: object) => ({ controlPlane: { ingress: { enabled: true, ...fields } } });

const allowed = (allowedClients: readonly string[]) => ({ nfs: { allowedClients } });
const certificate = { certSecretName: "metrics-tls", clientCASecretName: "scrapers" };

/** What the rules about ways to the server refuse. */
export const wrongExposure: readonly RefusedCreation[] = [
  refused(
    "a scrape interval that Prometheus would not read",
    { metrics: { serviceMonitor: { interval: "1.5m" } } },
    "spec.metrics.serviceMonitor.interval",
    "must be a time as Prometheus writes it",
  ),
  refused(
    "an Ingress host in upper case",
    ingress({ host: "Files.example.com" }),
    "spec.controlPlane.ingress.host",
    "must be a host name in lower case, such as files.example.com",
  ),
  refused("an Ingress host that is a URL", ingress({ host: "https://files" }), "must be a host name in lower case"),
  refused(
    "an Ingress path that is none",
    ingress({ path: "files" }),
    "spec.controlPlane.ingress.path",
    "must be a path such as / or /files",
  ),
  refused("an Ingress path with two slashes", ingress({ path: "/a//b" }), "must be a path such as / or /files"),
  refused(
    "an Ingress class that no object can have",
    ingress({ className: "Public Class" }),
    "spec.controlPlane.ingress.className",
    "must be a Kubernetes name",
  ),
  refused(
    "an annotation of the Ingress whose name is none",
    ingress({ annotations: { "a b": "c" } }),
    "spec.controlPlane.ingress.annotations",
    "every key must be an annotation name",
  ),
  refused(
    "an authority of clients without a certificate of the server",
    { controlPlane: { clientCASecretName: "clients" } },
    "spec.controlPlane.clientCASecretName",
    "clientCASecretName needs certSecretName",
  ),
  refused(
    "a version of TLS without TLS",
    { controlPlane: { minTLSVersion: "1.3" } },
    "minTLSVersion needs certSecretName",
  ),
  refused(
    "a certificate of the operator that nobody asks for",
    { controlPlane: { certSecretName: "api", operatorClientCertSecretName: "operator" } },
    "operatorClientCertSecretName needs clientCASecretName",
  ),
  refused(
    "a version of TLS that is broken",
    { controlPlane: { certSecretName: "api", minTLSVersion: "1.1" } },
    "spec.controlPlane.minTLSVersion",
    '"1.2"',
  ),
  refused(
    "a mode of NFS over TLS that is none",
    { nfs: { tls: { certSecretName: "nfs-tls", mode: "required" } } },
    "spec.nfs.tls.mode",
    '"require"',
  ),
  refused("NFS over TLS without a certificate", { nfs: { tls: {} } }, "spec.nfs.tls.certSecretName", "Required"),
  refused(
    "metrics on the port of the API",
    { metrics: { enabled: true, port: 8080 } },
    "spec.metrics.port",
    "metrics.port and controlPlane.port must differ",
  ),
  refused(
    "metrics on the port of NFS",
    { metrics: { enabled: true, port: 12_049 } },
    "metrics.port and nfs.containerPort must differ",
  ),
  refused(
    "metrics on the port of SMB",
    { metrics: { enabled: true, port: 12_445 } },
    "metrics.port and smb.containerPort must differ",
  ),
  refused("metrics on no port", { metrics: { port: 0 } }, "spec.metrics.port", "greater than or equal to 1"),
  refused("metrics under no path", { metrics: { path: "metrics" } }, "must be a path such as /metrics"),
  refused(
    "a scraper without the certificate that the server asks for",
    { metrics: { enabled: true, tls: certificate, serviceMonitor: { enabled: true } } },
    "spec.metrics.serviceMonitor",
    "serviceMonitor.clientCertSecretName is needed with tls.clientCASecretName",
  ),
  refused(
    "TLS of the metrics without a certificate",
    { metrics: { tls: { clientCASecretName: "ca" } } },
    "spec.metrics.tls.certSecretName",
    "Required",
  ),
  refused(
    "a peer that is a range and pods at once",
    { networkPolicy: { from: [{ ipBlock: { cidr: "192.0.2.0/24" }, podSelector: {} }] } },
    "spec.networkPolicy.from[0]",
    "must have either ipBlock, or podSelector and namespaceSelector",
  ),
  refused("a peer that is nobody", { networkPolicy: { apiFrom: [{}] } }, "must have either ipBlock"),
  refused("a client without the length of its range", allowed(["192.0.2.7"]), "must be an address range"),
  refused("a client twice", allowed(["192.0.2.0/24", "192.0.2.0/24"]), "spec.nfs.allowedClients", "Duplicate"),
];
