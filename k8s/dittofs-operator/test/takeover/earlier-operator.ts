import { API_VERSION, FINALIZER, KIND, PLURAL } from "../../src/api/group.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { AdminConnection } from "../cluster/admin-connection.ts";

/** The field manager of controller-runtime's clients that say no other. */
const manager = "manager";
const namespace = "default";

type Made = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
};

/**
 * What the Go operator leaves for one server, as its own words in the API say: objects made by POST and PUT under a field manager
 * of its own, with an owner reference and without the labels by which this operator finds children.
 */
export async function makeAsGoOperator(
  connection: AdminConnection,
  name: string,
  spec: Readonly<Record<string, unknown>>,
): Promise<void> {
  const send = async (method: string, path: string, body: unknown): Promise<KubernetesObject> => {
    const answer = await connection.send(method, `${path}?fieldManager=${manager}`, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as KubernetesObject; // a successful write answers the object
  };
  const servers = `/apis/${API_VERSION}/namespaces/${namespace}/${PLURAL}`;
  const metadata = { name, namespace, finalizers: [FINALIZER] };
  const server = await send("POST", servers, { apiVersion: API_VERSION, kind: KIND, metadata, spec });
  const { uid } = server.metadata;
  const owner = { apiVersion: API_VERSION, kind: KIND, name, uid, controller: true, blockOwnerDeletion: true };
  for (const [path, object] of childrenOf(name)) {
    const child = { ...object, metadata: { ...object.metadata, namespace, ownerReferences: [owner] } };
    await send("POST", path.replace("NAMESPACE", namespace), child);
  }
  await send("PUT", `${servers}/${name}/status`, { ...server, status: statusOf() });
}

const core = "/api/v1/namespaces/NAMESPACE";

function childrenOf(name: string): readonly (readonly [path: string, object: Made])[] {
  return [
    [`${core}/secrets`, secret(`${name}-jwt-secret`, { "jwt-secret": "a signing secret of more than 32 characters" })],
    [
      `${core}/secrets`,
      secret(`${name}-admin-bootstrap-credentials`, { username: "admin", password: "first-admin-password" }),
    ],
    [`${core}/secrets`, secret(`${name}-operator-credentials`, { username: "k8s-operator", password: "unused" })],
    [`${core}/configmaps`, configMap(name)],
    [`${core}/services`, service(name, "headless", { clusterIP: "None" }, [{ name: "api", port: 8080 }])],
    [`${core}/services`, service(name, "api", {}, [{ name: "api", port: 8080 }])],
    ...(["nfs", "smb"] as const).flatMap((protocol) => adapter(name, protocol)),
    [policies, policy(name, "baseline", [8080])],
    ["/apis/apps/v1/namespaces/NAMESPACE/statefulsets", statefulSet(name)],
  ];
}

const policies = "/apis/networking.k8s.io/v1/namespaces/NAMESPACE/networkpolicies";
const selector = (name: string) => ({ app: "dittofs-server", instance: name });

function secret(name: string, stringData: Readonly<Record<string, string>>): Made {
  return { apiVersion: "v1", kind: "Secret", metadata: { name }, type: "Opaque", stringData };
}

function configMap(name: string): Made {
  const config = {
    logging: { level: "INFO", format: "json", output: "stdout" },
    shutdown_timeout: "30s",
    database: { type: "sqlite", sqlite: { path: "/data/controlplane/controlplane.db" } },
    controlplane: {
      host: "0.0.0.0",
      port: 8080,
      jwt: { access_token_duration: "15m", refresh_token_duration: "168h" },
    },
    admin: { username: "admin" },
  };
  const data = { "config.yaml": JSON.stringify(config) };
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: `${name}-config` }, data };
}

type Port = { readonly name: string; readonly port: number; readonly protocol?: string };

function service(name: string, suffix: string, more: object, ports: readonly Port[]): Made {
  const spec = { selector: selector(name), ports: ports.map((port) => ({ protocol: "TCP", ...port })), ...more };
  return { apiVersion: "v1", kind: "Service", metadata: { name: `${name}-${suffix}` }, spec };
}

/** The adapter's own port, and those that macOS and Windows look for beside it. */
function adapter(name: string, protocol: "nfs" | "smb"): readonly (readonly [string, Made])[] {
  const port = protocol === "nfs" ? 12_049 : 1445;
  const ports = [
    { name: `adapter-${protocol}`, port },
    { name: "mdns", port: 5353, protocol: "UDP" },
  ];
  const made = service(name, `adapter-${protocol}`, { type: "NodePort" }, ports);
  const labels = { "dittofs.io/adapter-service": "true", "dittofs.io/adapter-type": protocol };
  return [
    [`${core}/services`, { ...made, metadata: { ...made.metadata, labels } }],
    [policies, policy(name, `adapter-${protocol}`, [port])],
  ];
}

function policy(name: string, suffix: string, ports: readonly number[]): Made {
  const ingress = [{ ports: ports.map((port) => ({ port, protocol: "TCP" })) }];
  const spec = { podSelector: { matchLabels: selector(name) }, policyTypes: ["Ingress"], ingress };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${name}-${suffix}` },
    spec,
  };
}

const claim = (name: string, storage: string) => ({
  metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
});

function serverContainer(name: string): object {
  const fromSecret = (variable: string, secretName: string, key: string) => ({
    name: variable,
    valueFrom: { secretKeyRef: { name: secretName, key } },
  });
  const probe = (path: string) => ({ httpGet: { path, port: "api" }, periodSeconds: 5, timeoutSeconds: 5 });
  return {
    name: "dittofs",
    image: "marmos91c/dittofs:latest",
    command: ["/app/dfs"],
    args: ["start", "--foreground", "--config", "/config/config.yaml"],
    env: [
      fromSecret("DITTOFS_CONTROLPLANE_SECRET", `${name}-jwt-secret`, "jwt-secret"),
      fromSecret("DITTOFS_ADMIN_INITIAL_PASSWORD", `${name}-admin-bootstrap-credentials`, "password"),
      { name: "DATABASE_URL", value: "postgresql://nobody.reads/this" },
    ],
    ports: [
      { name: "api", containerPort: 8080, protocol: "TCP" },
      { name: "adapter-nfs", containerPort: 12_049, protocol: "TCP" },
      { name: "adapter-mdns", containerPort: 5353, protocol: "UDP" },
    ],
    livenessProbe: probe("/health"),
    readinessProbe: probe("/health/ready"),
    startupProbe: { ...probe("/health"), failureThreshold: 30 },
    lifecycle: { preStop: { exec: { command: ["/bin/sh", "-c", "sleep 5"] } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: [
      { name: "controlplane", mountPath: "/data/controlplane" },
      { name: "metadata", mountPath: "/data/store/metadata" },
      { name: "config", mountPath: "/config" },
      { name: "content", mountPath: "/data/store/block" },
    ],
  };
}

function statefulSet(name: string): Made {
  const template = {
    metadata: { labels: selector(name), annotations: { "dittofs.io/config-hash": "0".repeat(64) } },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 105,
      securityContext: { fsGroup: 65_532 },
      containers: [serverContainer(name)],
      volumes: [{ name: "config", configMap: { name: `${name}-config` } }],
    },
  };
  const spec = {
    replicas: 1,
    serviceName: `${name}-headless`,
    selector: { matchLabels: selector(name) },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
    template,
    volumeClaimTemplates: [claim("metadata", "5Gi"), claim("content", "20Gi"), claim("controlplane", "1Gi")],
  };
  return { apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name }, spec };
}

function statusOf(): object {
  const said = (type: string, reason: string) => ({
    type,
    status: "True",
    reason,
    message: `${type} by the operator of before`,
    lastTransitionTime: "2026-01-01T00:00:00Z",
    observedGeneration: 1,
  });
  const conditions = [
    said("ConfigReady", "ConfigValid"),
    said("Available", "MinimumReplicasAvailable"),
    said("Authenticated", "AuthenticationSucceeded"),
    said("Ready", "AllConditionsMet"),
  ];
  return { observedGeneration: 1, replicas: 1, readyReplicas: 1, availableReplicas: 1, phase: "Running", conditions };
}
