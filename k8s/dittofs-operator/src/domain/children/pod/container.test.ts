import assert from "node:assert/strict";
import { test } from "node:test";
import { RESERVED_VARIABLES } from "../../../api/spec/reserved-names.ts";
import { mountedSecrets } from "../../secrets/mounted-secrets.ts";
import { aServer, defaultSpec } from "../../testing/a-server.ts";
import { serverContainer } from "./container.ts";

const container = (changes: Parameters<typeof aServer>[0] = {}) =>
  serverContainer(aServer(changes), { claims: [], database: [] });

test("the process starts in the foreground with the file that the ConfigMap brings", () => {
  const { name, image, command, args } = container();
  assert.deepEqual([name, image], ["dittofs", "marmos91c/dittofs:v0.29.0"]);
  assert.deepEqual(command, ["/app/dfs"]);
  assert.deepEqual(args, ["start", "--foreground", "--config", "/config/config.yaml"]);
});

test("secrets reach the process only through its environment, by reference", () => {
  assert.deepEqual(container().env, [
    {
      name: "DITTOFS_CONTROLPLANE_SECRET",
      valueFrom: { secretKeyRef: { name: "files-jwt-secret", key: "jwt-secret" } },
    },
    {
      name: "DITTOFS_ADMIN_INITIAL_PASSWORD",
      valueFrom: { secretKeyRef: { name: "files-admin-bootstrap-credentials", key: "password" } },
    },
  ]);
});

test("a memory limit adds the Go runtime's soft limit to the environment", () => {
  const { env = [] } = container({ resources: { limits: { memory: "1Gi" } } });
  assert.deepEqual(env.at(-1), { name: "GOMEMLIMIT", value: "696MiB" });
});

test("every port is declared under the name that Services target", () => {
  assert.deepEqual(container().ports, [
    { name: "api", containerPort: 8080, protocol: "TCP" },
    { name: "nfs", containerPort: 12_049, protocol: "TCP" },
    { name: "smb", containerPort: 12_445, protocol: "TCP" },
  ]);
});

test("a slow start is waited for ten minutes, and a fast one is seen within a second", () => {
  const { startupProbe } = container();
  assert.equal((startupProbe?.periodSeconds ?? 0) * (startupProbe?.failureThreshold ?? 0), 600);
  assert.equal(startupProbe?.periodSeconds, 1);
});

test("no probe waits a fixed time, and each asks the API port by name", () => {
  const { startupProbe, readinessProbe, livenessProbe } = container();
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    assert.equal(probe?.initialDelaySeconds, undefined);
    assert.equal(probe?.httpGet?.port, "api");
  }
  assert.equal(startupProbe?.httpGet?.path, "/health");
  assert.equal(readinessProbe?.httpGet?.path, "/health/ready");
  assert.equal(livenessProbe?.httpGet?.path, "/health");
});

test("before the stop the pod stays up for five seconds without needing a shell in the image", () => {
  assert.deepEqual(container().lifecycle, { preStop: { sleep: { seconds: 5 } } });
});

test("what the spec leaves out is left to Kubernetes", () => {
  assert.ok(!("imagePullPolicy" in container()));
  assert.ok(!("resources" in container()));
  assert.equal(container({ imagePullPolicy: "Always" }).imagePullPolicy, "Always");
});

test("a protocol that is switched off changes nothing in the container", () => {
  const off = container({ nfs: { ...defaultSpec.nfs, enabled: false }, smb: { ...defaultSpec.smb, enabled: false } });
  assert.deepEqual(off, container());
});

test("a variable of the user's replaces one of the operator's that says where the database is", () => {
  const database = [{ name: "PGSSLROOTCERT", value: "/database-ca/ca.crt" }];
  const server = aServer({ pod: { env: [{ name: "PGSSLROOTCERT", value: "/mnt/ca.crt" }] } });
  const { env = [] } = serverContainer(server, { claims: [], database });
  assert.deepEqual(
    env.filter(({ name }) => name === "PGSSLROOTCERT"),
    [{ name: "PGSSLROOTCERT", value: "/mnt/ca.crt" }],
  );
});

test("every variable that holds a secret is the operator's own", () => {
  const held = mountedSecrets.flatMap(({ delivery }) => (delivery.kind === "environment" ? [delivery.variable] : []));
  const reserved = new Set<string>(RESERVED_VARIABLES);
  assert.deepEqual(
    held.filter((name) => !reserved.has(name)),
    [],
  );
});
