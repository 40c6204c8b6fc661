import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import { metricsSettings } from "../config-file/metrics-settings.ts";
import { containerPorts } from "../protocol-ports.ts";
import { aServer } from "../testing/a-server.ts";
import { metricsService } from "./metrics-service.ts";
import { serviceMonitor } from "./service-monitor.ts";

type Metrics = NonNullable<DittoServerSpec["metrics"]>;

const withMetrics = (changes: Partial<Metrics> = {}) =>
  aServer({ metrics: { enabled: true, port: 9100, path: "/metrics", ...changes } });
const tls = { certSecretName: "cert" };

test("metrics that are off leave no trace, whatever else is said of them", () => {
  const server = withMetrics({ enabled: false, serviceMonitor: { enabled: true }, tls });
  assert.equal(metricsSettings(server), undefined);
  assert.deepEqual([metricsService(server), serviceMonitor({ server, secrets: new Map() })], [[], []]);
  assert.ok(containerPorts(server).every(({ protocol }) => protocol !== "metrics"));
});

test("metrics are served on all addresses of the pod, at a port that the container declares", () => {
  assert.deepEqual(metricsSettings(withMetrics()), {
    enabled: true,
    host: "0.0.0.0",
    port: 9100,
    path: "/metrics",
    auth: "none",
  });
  assert.ok(containerPorts(withMetrics()).some(({ containerPort }) => containerPort === 9100));
});

test("token and certificates are told to the server as files", () => {
  const server = withMetrics({
    bearerTokenSecret: { name: "token", key: "t" },
    tls: { certSecretName: "cert", clientCASecretName: "scrapers", minTLSVersion: "1.3" },
  });
  assert.deepEqual(metricsSettings(server), {
    enabled: true,
    host: "0.0.0.0",
    port: 9100,
    path: "/metrics",
    auth: "token",
    token_file: "/metrics-token/token",
    tls: {
      cert_file: "/metrics-tls/tls.crt",
      key_file: "/metrics-tls/tls.key",
      client_ca: "/metrics-client-ca/ca.crt",
      min_version: "1.3",
    },
  });
});

test("a ServiceMonitor selects the Service of the metrics and no other", () => {
  const server = withMetrics({ serviceMonitor: { enabled: true, labels: { release: "x", instance: "y" } } });
  const [service] = metricsService(server);
  const [monitor] = serviceMonitor({ server, secrets: new Map() });
  assert.deepEqual(monitor?.spec?.selector.matchLabels, service?.metadata.labels);
  assert.equal(monitor?.metadata.labels["release"], "x");
  assert.equal(monitor?.metadata.labels["instance"], "files", "the operator's own labels win");
});

const value = { digest: "", lengthBytes: 1 };
const rows = [
  {
    keys: ["ca.crt", "tls.crt"],
    ca: { secret: { name: "cert", key: "ca.crt" } },
    because: "it signed the certificate",
  },
  { keys: ["tls.crt"], ca: undefined, because: "everybody trusts who signed the certificate" },
];

for (const { keys, ca, because } of rows) {
  test(`a Secret with ${keys.join(" and ")} gives a scraper ${ca ? "its authority" : "no authority"}, because ${because}`, () => {
    const secrets = new Map([["cert", { kind: "present", keys: new Map(keys.map((key) => [key, value])) } as const]]);
    const server = withMetrics({ serviceMonitor: { enabled: true }, tls });
    const [endpoint] = serviceMonitor({ server, secrets })[0]?.spec?.endpoints ?? [];
    assert.equal(endpoint?.scheme, "https");
    assert.equal(endpoint.tlsConfig?.serverName, "files-metrics.default.svc");
    assert.deepEqual(endpoint.tlsConfig.ca, ca);
  });
}

test("the scraper gets the token, its own certificate, and the interval as it was written", () => {
  const server = withMetrics({
    bearerTokenSecret: { name: "token", key: "t" },
    serviceMonitor: { enabled: true, interval: "90s", clientCertSecretName: "scraper" },
    tls,
  });
  const [endpoint] = serviceMonitor({ server, secrets: new Map() })[0]?.spec?.endpoints ?? [];
  assert.equal(endpoint?.interval, "90s");
  assert.deepEqual(endpoint.authorization, { type: "Bearer", credentials: { name: "token", key: "t" } });
  assert.deepEqual(endpoint.tlsConfig?.keySecret, { name: "scraper", key: "tls.key" });
});
