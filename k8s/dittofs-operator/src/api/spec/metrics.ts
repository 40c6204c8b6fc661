import { bool, duration, int32, object, objectName, secretKeyRef, text } from "../schema/vocabulary.ts";
import { labels } from "./services.ts";
import { metricsTls } from "./tls.ts";

const serviceMonitor = object("The ServiceMonitor NAME-metrics, by which the Prometheus operator finds the metrics.", {
  enabled: bool(
    "True makes it. While the cluster does not know the kind ServiceMonitor, status.warnings says so; it is made as soon as the kind is there.",
  ).default(false),
  interval: duration("How often the metrics are scraped. Left out, Prometheus decides.", {
    min: "1s",
    max: "24h",
  }).exactOptional(),
  labels: labels("Labels by which a Prometheus selects it, besides the operator's own."),
  clientCertSecretName: objectName(
    "Secret with the certificate that Prometheus presents, under tls.crt and tls.key. Needed with metrics.tls.clientCASecretName.",
  ).exactOptional(),
}).exactOptional();

/** The server's metrics. */
export const metrics = object(
  "Metrics of the server for Prometheus, on a port of their own, with the Service NAME-metrics.",
  {
    enabled: bool("True serves metrics.").default(false),
    port: int32(
      "Port of the metrics, in the pod and on the Service. Ports below 1024 are not for a process without privileges.",
      { min: 1, max: 65_535 },
    ).default(9090),
    path: text("Path of the metrics.", {
      minLength: 1,
      maxLength: 256,
      form: { pattern: "^/[-a-zA-Z0-9._~/]*$", message: "must be a path such as /metrics" },
    }).default("/metrics"),
    bearerTokenSecret: secretKeyRef(
      "Token that a scraper must send. Left out, everybody who reaches the port can read the metrics. A change restarts the server once.",
    ).exactOptional(),
    serviceMonitor,
    tls: metricsTls,
  },
  {
    rules: [
      {
        rule: "!has(self.tls) || !has(self.tls.clientCASecretName) || !has(self.serviceMonitor) || !self.serviceMonitor.enabled || has(self.serviceMonitor.clientCertSecretName)",
        message:
          "serviceMonitor.clientCertSecretName is needed with tls.clientCASecretName: the server refuses a Prometheus without a certificate",
        fieldPath: ".serviceMonitor",
      },
    ],
  },
).exactOptional();
