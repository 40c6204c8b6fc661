import { bool, int32, object, objectName, secretKeyRef, text } from "../schema/vocabulary.ts";
import { labels } from "./labels.ts";
import { metricsTls } from "./tls.ts";

const serviceMonitor = object("The ServiceMonitor NAME-metrics, by which the Prometheus operator finds the metrics.", {
  enabled: bool(
    "True makes it. While the cluster does not know the kind ServiceMonitor, status.warnings says so; it is made as soon as the kind is there.",
  ).default(false),
  interval: text(
    "How often the metrics are scraped, as Prometheus writes times: 30s, 5m, 1h30m. Left out, Prometheus decides.",
    {
      minLength: 2,
      maxLength: 32,
      form: {
        pattern: "^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$",
        message: "must be a time as Prometheus writes it, such as 30s or 1h30m",
      },
    },
  ).exactOptional(),
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
      form: { pattern: "^/[!-~]*$", message: "must be a path such as /metrics, without spaces" },
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
