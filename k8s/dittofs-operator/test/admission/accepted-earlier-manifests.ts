import type { AcceptedCreation } from "./accepted-creations.ts";

const secret = (name: string) => ({ name: `${name}-secret`, key: "value" });
const common = {
  image: "marmos91c/dittofs:latest",
  replicas: 1,
  storage: { metadataSize: "10Gi", contentSize: "50Gi" },
  controlPlane: { port: 8080 },
  identity: {
    jwt: { secretRef: secret("jwt"), accessTokenDuration: "15m", refreshTokenDuration: "168h" },
    admin: { username: "admin", passwordSecretRef: secret("admin") },
  },
  service: { type: "ClusterIP" },
};
const sqlite = { type: "sqlite", sqlite: { path: "/data/controlplane/controlplane.db" } };

/** Manifests of the shapes that the Go operator published, each as somebody may have it. */
export const acceptedEarlierManifests: readonly AcceptedCreation[] = [
  { because: "an earlier manifest with SQLite", spec: { ...common, database: sqlite } },
  {
    because: "an earlier manifest whose stores in S3 are made over the REST API, with bounds and contexts",
    spec: {
      ...common,
      storage: { metadataSize: "10Gi", cacheSize: "20Gi", storageClassName: "standard" },
      database: sqlite,
      adapterServices: { type: "NodePort" },
      resources: { limits: { cpu: "2", memory: "4Gi" }, requests: { cpu: "500m", memory: "1Gi" } },
      podSecurityContext: { fsGroup: 65_532, runAsNonRoot: true, runAsUser: 65_532 },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  },
  {
    because: "an earlier manifest with memory for identities, and PostgreSQL by a Secret",
    spec: {
      ...common,
      identity: { ...common.identity, type: "memory" },
      database: { type: "postgres", postgresSecretRef: secret("postgres") },
    },
  },
  {
    because: "an earlier manifest with Percona's PostgreSQL",
    spec: { ...common, percona: { enabled: true, replicas: 1, storageSize: "10Gi", databaseName: "dittofs" } },
  },
  {
    because: "an earlier manifest with TLS of the REST API",
    spec: { ...common, database: sqlite, controlPlane: { port: 8080, tls: true, certSecretName: "api-tls" } },
  },
];
