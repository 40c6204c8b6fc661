import type { DittoServer, DittoServerSpec } from "../../api/ditto-server.ts";
import { API_VERSION, KIND } from "../../api/group.ts";

type Changes = { readonly [Field in keyof DittoServerSpec]?: DittoServerSpec[Field] };

/** The spec that the API server stores for `spec: {}`; a test compares it with the schema's defaults. */
export const defaultSpec: DittoServerSpec = {
  image: "marmos91c/dittofs:v0.29.0",
  replicas: 1,
  paused: false,
  deletionPolicy: "Retain",
  deletionProtection: false,
  database: { sqlite: { path: "/data/controlplane/controlplane.db", persistent: true } },
  controlPlane: { port: 8080 },
  identity: {
    jwt: { accessTokenDuration: "15m", refreshTokenDuration: "168h" },
    admin: { username: "admin" },
  },
  nfs: { enabled: true, port: 2049, containerPort: 12_049 },
  smb: { enabled: true, port: 445, containerPort: 12_445 },
  service: { type: "ClusterIP" },
  loadBalancer: { fallback: "NodePort", fallbackAfterSeconds: 120 },
  adapterDiscovery: { pollingInterval: "30s" },
  networkPolicy: { enabled: true },
  logging: { level: "INFO", format: "json", output: "stdout" },
  config: { shutdownTimeout: "30s", badger: { blockCacheMB: 64, indexCacheMB: 32 } },
};

/** A DittoServer as the API server holds it: the defaults, with the given fields in place of theirs. */
export function aServer(changes: Changes = {}, meta: Partial<DittoServer["metadata"]> = {}): DittoServer {
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: {
      name: "files",
      namespace: "default",
      uid: "11111111-2222-3333-4444-555555555555",
      resourceVersion: "1",
      generation: 1,
      creationTimestamp: "2026-01-01T00:00:00Z",
      ...meta,
    },
    spec: { ...defaultSpec, ...changes },
  };
}
