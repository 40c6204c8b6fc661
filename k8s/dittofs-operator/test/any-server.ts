import fc from "fast-check";
import type { DittoServer, DittoServerSpec } from "../src/api/ditto-server.ts";
import { aServer, defaultSpec } from "../src/domain/testing/a-server.ts";

const port = fc.integer({ min: 1, max: 65_535 });
const size = fc.constantFrom("500Mi", "1024Mi", "1.5Gi", "20Gi", "1T");
const serviceType = fc.constantFrom("ClusterIP", "NodePort", "LoadBalancer");
const annotations = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2"), { maxKeys: 3 });
const amounts = fc.dictionary(fc.constantFrom("cpu", "memory"), fc.constantFrom("1024Mi", "1500m", 2), { maxKeys: 2 });
const secretRef = fc.record({ name: fc.constantFrom("mine", "other"), key: fc.constantFrom("a", "b") });

const sizes = { metadataSize: size, contentSize: size, cacheSize: size, controlPlaneSize: size };
const storage = fc.record(
  { ...sizes, storageClassName: fc.constant("fast"), accessMode: fc.constant("ReadWriteOnce") },
  { requiredKeys: ["accessMode"] },
);

const fileService = fc.record({ type: serviceType, annotations }, { requiredKeys: [] });
const protocol = fc.record(
  { enabled: fc.boolean(), port, containerPort: port, service: fileService },
  { requiredKeys: ["enabled", "port", "containerPort"] },
);

const identityFields = {
  runAsUser: fc.nat(100_000),
  runAsNonRoot: fc.boolean(),
  seccompProfile: fc.constant({ type: "Unconfined" }),
};
const capabilities = fc.record({ add: fc.constantFrom([], ["CHOWN"]), drop: fc.constant([]) }, { requiredKeys: [] });

const identity = fc
  .record({ jwt: fc.option(secretRef, { nil: undefined }), admin: fc.option(secretRef, { nil: undefined }) })
  .map(({ jwt, admin }) => ({
    jwt: { ...defaultSpec.identity.jwt, ...(jwt !== undefined && { secretRef: jwt }) },
    admin: { ...defaultSpec.identity.admin, ...(admin !== undefined && { passwordSecretRef: admin }) },
  }));

const sqlite = fc.record({ path: fc.constant("/data/controlplane/a.db"), persistent: fc.boolean() });

const ingress = fc.record(
  { enabled: fc.boolean(), path: fc.constant("/"), host: fc.constant("a.example.com"), annotations },
  { requiredKeys: ["enabled", "path"] },
);
const tls = fc.record(
  { certSecretName: fc.constant("metrics-tls"), clientCASecretName: fc.constant("scrapers") },
  { requiredKeys: ["certSecretName"] },
);
const metrics = fc.record(
  {
    enabled: fc.boolean(),
    port,
    path: fc.constant("/metrics"),
    bearerTokenSecret: secretRef,
    serviceMonitor: fc.record({ enabled: fc.boolean(), labels: annotations }),
    tls,
  },
  { requiredKeys: ["enabled", "port", "path"] },
);

const fields = {
  storage,
  nfs: protocol,
  smb: protocol,
  identity,
  replicas: fc.constantFrom(0, 1),
  deletionPolicy: fc.constantFrom("Retain", "Delete"),
  controlPlane: fc.record({ port, ingress, certSecretName: fc.constant("api-tls") }, { requiredKeys: ["port"] }),
  metrics,
  networkPolicy: fc.record({ enabled: fc.boolean() }),
  service: fc.record({ type: serviceType, annotations }, { requiredKeys: ["type"] }),
  adapterServices: fileService,
  database: fc.record({ sqlite }),
  resources: fc.record({ limits: amounts, requests: amounts }, { requiredKeys: [] }),
  securityContext: fc.record({ ...identityFields, capabilities }, { requiredKeys: [] }),
  podSecurityContext: fc.record(
    { ...identityFields, supplementalGroups: fc.array(fc.nat(9), { maxLength: 2 }) },
    { requiredKeys: [] },
  ),
  imagePullSecrets: fc.array(fc.constant({ name: "registry" }), { maxLength: 1 }),
};

const serverName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,50}[a-z0-9])?$/);

/** Any server that the schema allows, as far as its children depend on it. */
export const anyServer: fc.Arbitrary<DittoServer> = fc
  .record({ spec: fc.record(fields, { requiredKeys: [] }), name: serverName })
  .map(({ spec, name }) => aServer(spec as Partial<DittoServerSpec>, { name })) // literals widen to string in arbitraries
  .filter(({ spec }) => {
    const served = [spec.controlPlane.port];
    for (const { enabled, containerPort } of [spec.nfs, spec.smb]) if (enabled) served.push(containerPort);
    if (spec.metrics?.enabled === true) served.push(spec.metrics.port);
    return new Set(served).size === served.length;
  });
