import assert from "node:assert/strict";
import { test } from "node:test";
import { plan } from "../plan.ts";
import { aServer } from "../testing/a-server.ts";
import { aServingWorld } from "../testing/a-world.ts";
import { apiIngress } from "./api-ingress.ts";

const backend = { service: { name: "files-api", port: { name: "api" } } };
const withIngress = (ingress: object) => aServer({ controlPlane: { port: 9000, ingress: { ...off, ...ingress } } });
const off = { enabled: false, path: "/" };

test("an Ingress is made only when it is switched on", () => {
  assert.deepEqual(apiIngress(aServer()), []);
  assert.deepEqual(apiIngress(withIngress({})), []);
});

test("an Ingress that is only switched on serves the API under every name, whatever its port", () => {
  const [ingress] = apiIngress(withIngress({ enabled: true }));
  assert.deepEqual(ingress?.spec, { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] });
  assert.equal(ingress?.metadata.annotations, undefined);
});

test("class, host, path, certificate and annotations of the spec reach the Ingress", () => {
  const annotations = { "example.com/backend": "https" };
  const [ingress] = apiIngress(
    withIngress({
      enabled: true,
      className: "public",
      host: "api.example.com",
      path: "/x",
      tlsSecretName: "tls",
      annotations,
    }),
  );
  assert.deepEqual(ingress?.metadata.annotations, annotations);
  assert.deepEqual(ingress?.spec, {
    ingressClassName: "public",
    rules: [{ host: "api.example.com", http: { paths: [{ path: "/x", pathType: "Prefix", backend }] } }],
    tls: [{ hosts: ["api.example.com"], secretName: "tls" }],
  });
});

test("an Ingress that the spec wants no more is removed", () => {
  const { children } = aServingWorld({ server: withIngress({ enabled: true }) });
  const { removals } = plan({ ...aServingWorld({ server: withIngress({}) }), children }, () => "unused");
  assert.deepEqual(
    removals.map(({ kind, name }) => `${kind} ${name}`),
    ["Ingress files-api"],
  );
});
