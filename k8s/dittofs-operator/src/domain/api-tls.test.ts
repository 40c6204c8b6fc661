import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "kubernetes-types/core/v1";
import { apiTls } from "./api-tls.ts";
import { probes } from "./children/pod/probes.ts";
import { operatorSecretFindings } from "./secrets/operator-secrets.ts";
import { aServer } from "./testing/a-server.ts";
import { apiTlsWarnings } from "./warnings/api-tls-warnings.ts";
import type { SecretForm, SecretSeen } from "./world.ts";

type ControlPlane = Omit<ReturnType<typeof aServer>["spec"]["controlPlane"], "port">;

const serverWith = (controlPlane: ControlPlane) => aServer({ controlPlane: { port: 8080, ...controlPlane } });
const plain: Pod = { spec: { containers: [], volumes: [{ name: "config" }] } };
const secured: Pod = { spec: { containers: [], volumes: [{ name: "tls-cert", secret: { secretName: "mounted" } }] } };

const calls = [
  { spec: {}, pod: plain, secret: "in clear", because: "nothing asks for TLS" },
  { spec: { certSecretName: "cert" }, pod: plain, secret: "in clear", because: "the pod is one of the spec before" },
  { spec: { certSecretName: "other" }, pod: secured, secret: "mounted", because: "the pod serves what it has mounted" },
  { spec: {}, pod: secured, secret: "mounted", because: "the pod speaks TLS until it is replaced" },
  { spec: { tls: true }, pod: plain, secret: undefined, because: "something else in the pod ends TLS" },
];

for (const { spec, pod, secret, because } of calls) {
  test(`the API is called ${secret ?? "with everybody's authorities"} for ${JSON.stringify(spec)}, because ${because}`, () => {
    const tls = apiTls(serverWith(spec), pod);
    assert.equal(tls === undefined ? "in clear" : tls.certSecretName, secret);
  });
}

test("a certificate is good for each name of the API's Service", () => {
  assert.deepEqual(apiTls(serverWith({}), secured)?.serverNames, [
    "files-api.default.svc",
    "files-api.default.svc.cluster.local",
    "files-api.default",
    "files-api",
  ]);
});

const probed = [
  { spec: {}, probe: { httpGet: { path: "/health", port: "api" } } },
  { spec: { tls: true }, probe: { httpGet: { path: "/health", port: "api" } } },
  { spec: { certSecretName: "a" }, probe: { httpGet: { path: "/health", port: "api", scheme: "HTTPS" } } },
  { spec: { certSecretName: "a", clientCASecretName: "b" }, probe: { tcpSocket: { port: "api" } } },
] as const;

for (const { spec, probe } of probed) {
  test(`a kubelet asks ${JSON.stringify(probe)} of a server with ${JSON.stringify(spec)}`, () => {
    const { livenessProbe } = probes(serverWith(spec));
    const { httpGet, tcpSocket } = livenessProbe;
    assert.deepEqual({ ...(httpGet && { httpGet }), ...(tcpSocket && { tcpSocket }) }, probe);
  });
}

const pem = (certificateKeyDigest?: string, privateKeyDigest?: string): SecretForm => ({
  kind: "pem",
  ...(certificateKeyDigest && { certificateKeyDigest }),
  ...(privateKeyDigest && { privateKeyDigest }),
});
const secret = (forms: Readonly<Record<string, SecretForm | undefined>>, lengthBytes = 40): SecretSeen => ({
  kind: "present",
  keys: new Map(
    Object.entries(forms).map(([key, form]) => [key, { digest: "", lengthBytes, ...(form && { form }) }] as const),
  ),
});
const mutual = { certSecretName: "cert", clientCASecretName: "ca", operatorClientCertSecretName: "own" };
const good = { "tls.crt": pem("a"), "tls.key": pem(undefined, "a") };

const findings = [
  { own: secret(good), cert: secret({}), reason: undefined, because: "a certificate without ca.crt is everybody's" },
  { own: secret(good), cert: secret({ "ca.crt": pem("c") }), reason: undefined, because: "all is there" },
  { own: secret(good), cert: secret({ "ca.crt": undefined }), reason: "SecretInvalid", because: "ca.crt is none" },
  {
    own: secret(good),
    cert: secret({ "ca.crt": undefined }, 0),
    reason: undefined,
    because: "an empty ca.crt is none",
  },
  { own: { kind: "absent" }, cert: secret({}), reason: "SecretNotFound", because: "the operator's own is missing" },
  { own: secret({ "tls.crt": pem("a") }), cert: secret({}), reason: "SecretKeyMissing", because: "its key is missing" },
  {
    own: secret({ ...good, "tls.key": pem(undefined, "b") }),
    cert: secret({}),
    reason: "SecretInvalid",
    because: "its key is another one's",
  },
] as const;

for (const { own, cert, reason, because } of findings) {
  test(`${reason ?? "nothing"} is found, because ${because}`, () => {
    const seen = new Map<string, SecretSeen>([
      ["own", own],
      ["cert", cert],
    ]);
    assert.equal(operatorSecretFindings(serverWith(mutual), seen)[0]?.reason, reason);
  });
}

test("a server that asks for certificates is warned about where the operator has none, and an Ingress that knows nothing of TLS", () => {
  assert.deepEqual(apiTlsWarnings(serverWith(mutual)), []);
  const { operatorClientCertSecretName: _, ...withoutOwn } = mutual;
  assert.match(apiTlsWarnings(serverWith(withoutOwn)).join(), /operatorClientCertSecretName/);
  const ingress = { enabled: true, path: "/" };
  assert.match(apiTlsWarnings(serverWith({ ...mutual, ingress })).join(), /backend-protocol/);
  assert.deepEqual(apiTlsWarnings(serverWith({ ...mutual, ingress: { ...ingress, annotations: { a: "b" } } })), []);
});
