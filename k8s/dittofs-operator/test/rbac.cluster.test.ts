import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { everyChild, foreignObjects, serverInTheWay } from "./acceptance/foreign-objects.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { perconaDefinition } from "./acceptance/percona-definition.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { serviceMonitorDefinition } from "./acceptance/service-monitor-definition.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import type { AuditedRequest } from "./cluster/audited-requests.ts";
import { condition } from "./cluster/condition.ts";
import { manifestTexts } from "./cluster/install-operator.ts";

const lab = await enterOperatedLab();
const { cluster, node } = lab;
await cluster.applyYaml(serviceMonitorDefinition);
await cluster.applyYaml(perconaDefinition);
after(async () => await node.stop());

/** Granted for what no request shows. */
const unseen: Readonly<Record<string, string>> = {
  "update dittoservers/finalizers":
    "asked by the admission plugin OwnerReferencesPermissionEnforcement, where it is on",
};

/** Names an object of each kind that is looked up before a pod is made anew; what is not there holds the rollout. */
const pod = {
  priorityClassName: "system-cluster-critical",
  runtimeClassName: "fake",
  serviceAccountName: "default",
  volumes: [
    { name: "a", configMap: { name: "kube-root-ca.crt" } },
    { name: "b", persistentVolumeClaim: { claimName: "content-kept-0" } },
  ],
};
const runtimeClass = {
  apiVersion: "node.k8s.io/v1",
  kind: "RuntimeClass",
  metadata: { name: "fake" },
  handler: "runc",
};

const operatorName = "dittofs-operator";
const secretRef = { name: "given", key: "secret" };

test("over a whole life everything that is granted is used, and nothing else is needed", async (t) => {
  const mark = await lab.audit.mark();
  const operator = await lab.startOperator();
  await operator.untilActing();
  await cluster.apply(runtimeClass);
  const begins = ["kept", "gone", "orphaned"].map((name) => cluster.apply(sampleServer(name, everyChild)));
  await Promise.all([...begins, conflicts(), missingSecrets(), databaseClusters()]);
  await untilReady(cluster, ["kept", "gone", "orphaned"]);
  await Promise.all([lifeOf("kept", "Retain"), lifeOf("gone", "Delete")]);
  await operator.stop();
  await leavePod("orphaned");
  const next = await lab.startOperator();
  await cluster.untilGone(serverRef("orphaned"));
  await lab.untilQuiet();
  await next.stop();

  const requests = await lab.operatorRequests(mark);
  assert.deepEqual(
    requests.filter(({ status }) => status === 403),
    [],
  );
  const used = new Set(requests.map(permissionOf).concat(requests.filter(isCreation).map(creationOf)));
  const granted = grants();
  t.diagnostic(`${granted.length} rights granted, ${used.size} used in ${requests.length} requests`);
  assert.deepEqual(
    granted.filter((right) => !used.has(right)),
    Object.keys(unseen),
  );
});

test("with Roles alone it serves the namespaces that are named, needs nothing else, and leaves the others alone", async () => {
  await cluster.delete({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", name: operatorName });
  for (const yaml of manifestTexts("single-namespace")) await cluster.applyYaml(yaml);
  for (const namespace of ["one", "two", "other"]) {
    await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    if (namespace !== "other") await applyRolesIn(namespace);
  }
  const mark = await lab.audit.mark();
  const operator = await lab.startOperator({ args: ["--namespaces", "one,two"] });
  await operator.untilActing();
  await Promise.all(["one", "two", "other"].map((namespace) => cluster.apply(serverIn(namespace))));
  const isReady = { what: "Ready", holds: (server: KubernetesObject) => condition(server, "Ready")?.status === "True" };
  for (const namespace of ["one", "two"]) {
    await cluster.until({ ...serverRef("bound"), namespace }, { ...isReady, timeoutMs: 30_000 });
    const monitor = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      name: "bound-metrics",
      namespace,
    };
    assert.ok(await cluster.get(monitor));
  }
  await cluster.delete({ ...serverRef("bound"), namespace: "one" });
  await cluster.untilGone({ ...serverRef("bound"), namespace: "one" });
  await lab.untilQuiet();
  await operator.stop();
  assert.equal((await cluster.get({ ...serverRef("bound"), namespace: "other" }))?.["status"], undefined);
  const refused = (await lab.operatorRequests(mark)).filter(({ status }) => status === 403);
  assert.deepEqual(refused, []);
});

function serverIn(namespace: string): KubernetesObject {
  const server = sampleServer("bound", everyChild);
  return { ...server, metadata: { ...server.metadata, namespace } };
}

/** As docs/install.md says it for each namespace. */
async function applyRolesIn(namespace: string): Promise<void> {
  const kinds = new Set(["Role", "RoleBinding"]);
  for (const yaml of manifestTexts("single-namespace")) {
    for (const document of parseAllDocuments(yaml)) {
      const object = document.toJS() as KubernetesObject; // generated by this repository
      if (!kinds.has(object.kind) || object.metadata.name !== operatorName) continue;
      await cluster.apply({ ...object, metadata: { ...object.metadata, namespace } });
    }
  }
}

async function lifeOf(name: string, deletionPolicy: string): Promise<void> {
  const storage = { metadataSize: "6Gi", contentSize: "20Gi", cacheSize: "1Gi" };
  const changed = {
    deletionPolicy,
    deletionProtection: true,
    storage,
    smb: { enabled: false },
    networkPolicy: { enabled: false },
    pod,
  };
  await cluster.apply(sampleServer(name, changed));
  await untilReady(cluster, [name]);
  await lab.untilQuiet();
  await cluster.delete(serverRef(name));
  await cluster.untilGone(serverRef(name));
}

/** What a deletion finds when it comes while a StatefulSet is being made anew around its pod. */
async function leavePod(name: string): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${dittoServer.namespace}/statefulsets/${name}`;
  await cluster.connection.send("DELETE", path, { propagationPolicy: "Orphan" });
  await cluster.untilGone({ apiVersion: "apps/v1", kind: "StatefulSet", namespace: dittoServer.namespace, name });
  await cluster.delete(serverRef(name));
}

async function conflicts(): Promise<void> {
  await Promise.all(foreignObjects.map((object) => cluster.create(object)));
  const names = foreignObjects.map(serverInTheWay);
  await Promise.all(names.map((name) => cluster.apply(sampleServer(name, everyChild))));
  await Promise.all(names.map((name) => untilReason(name, "NameConflict")));
}

/** One that is made, and one whose name is taken. */
async function databaseClusters(): Promise<void> {
  const [apiVersion, kind] = ["pgv2.percona.com/v2", "PerconaPGCluster"];
  const spec = { postgresVersion: 17, instances: [{ name: "a", dataVolumeClaimSpec: {} }], backups: {} };
  const metadata = { name: "taken-postgres", namespace: dittoServer.namespace };
  await cluster.create({ apiVersion, kind, metadata, spec });
  const names = ["clustered", "taken"];
  await Promise.all(names.map((name) => cluster.apply(sampleServer(name, { percona: { enabled: true } }))));
  await untilReason("taken", "NameConflict");
  await cluster.until(
    { ...metadata, apiVersion, kind, name: "clustered-postgres" },
    { what: "made", holds: () => true },
  );
}

/** Twice, so that the second event is a repetition of the first. */
async function missingSecrets(): Promise<void> {
  const secret = { apiVersion: "v1", kind: "Secret", name: secretRef.name, namespace: dittoServer.namespace };
  const { name, namespace, ...kind } = secret;
  const stringData = { [secretRef.key]: "a-signing-secret-of-the-users-own-choice" };
  await cluster.apply(sampleServer("secretless", { identity: { jwt: { secretRef } } }));
  for (let turn = 0; turn < 2; turn += 1) {
    await untilReason("secretless", "SecretNotFound");
    await cluster.apply({ ...kind, metadata: { name, namespace }, stringData });
    await untilReason("secretless", "Rendered");
    await cluster.delete(secret);
  }
}

async function untilReason(name: string, reason: string): Promise<void> {
  const holds = (server: Parameters<typeof condition>[0]): boolean =>
    condition(server, "ConfigReady")?.reason === reason;
  await cluster.until(serverRef(name), { what: `ConfigReady/${reason}`, holds });
}

function permissionOf({ verb, resource }: AuditedRequest): string {
  return `${verb} ${resource}`;
}

/** An apply that makes an object is one request, and needs two rights. */
function isCreation({ verb, status }: AuditedRequest): boolean {
  return verb === "patch" && status === 201;
}

function creationOf({ resource }: AuditedRequest): string {
  return `create ${resource}`;
}

type Role = { readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[] };

function grants(): readonly string[] {
  const roles = parseAllDocuments(readFileSync("config/rbac/role.yaml", "utf8")).map(
    (document) => document.toJS() as Role, // generated by this repository
  );
  const rules = roles.flatMap((role) => role.rules);
  return rules.flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
  );
}
