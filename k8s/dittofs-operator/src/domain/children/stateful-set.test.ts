import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { RESTARTED_AT_ANNOTATION } from "../../api/group.ts";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { plannedChildren, plannedStatefulSet, usableSecrets } from "../testing/planned-children.ts";

const { identity, database, config, nfs, service } = defaultSpec;
const accessMode = "ReadWriteOnce" as const;

/** A live StatefulSet as the API server would give it back, with the fields that planning reads. */
function live(server: DittoServer, changes: Partial<NonNullable<StatefulSet["spec"]>> = {}): StatefulSet {
  const { spec } = plannedStatefulSet(server);
  if (spec === undefined) throw new Error("planned without a spec");
  return { spec: { ...spec, ...changes } };
}

test("one server is one StatefulSet with its own Service, selector and pod", () => {
  const { metadata, spec } = plannedStatefulSet(aServer());
  assert.equal(metadata.name, "files");
  assert.equal(spec?.serviceName, "files-headless");
  assert.deepEqual(spec?.selector, { matchLabels: { app: "dittofs-server", instance: "files" } });
  assert.equal(spec?.replicas, 1);
  assert.equal(spec?.template.spec?.automountServiceAccountToken, false);
  assert.equal(spec?.template.spec?.enableServiceLinks, false);
});

test("replicas: 0 stops the server and leaves the rest as it is", () => {
  const stopped = plannedStatefulSet(aServer({ replicas: 0 }));
  assert.equal(stopped.spec?.replicas, 0);
  assert.deepEqual(stopped.spec?.template, plannedStatefulSet(aServer()).spec?.template);
});

const policies = [
  { deletionPolicy: "Retain", whenDeleted: "Retain" },
  { deletionPolicy: "Delete", whenDeleted: "Delete" },
] as const;

for (const { deletionPolicy, whenDeleted } of policies) {
  test(`deletionPolicy ${deletionPolicy}: claims ${whenDeleted} with the StatefulSet and always stay when it is stopped`, () => {
    const { spec } = plannedStatefulSet(aServer({ deletionPolicy }));
    assert.deepEqual(spec?.persistentVolumeClaimRetentionPolicy, { whenDeleted, whenScaled: "Retain" });
  });
}

test("a pod that never became ready is replaced when the spec is corrected", () => {
  assert.equal(plannedStatefulSet(aServer()).spec?.podManagementPolicy, "Parallel");
});

test("a live StatefulSet keeps what Kubernetes never lets change, so that no other change is refused with it", () => {
  const before = aServer({ storage: { metadataSize: "1Gi", accessMode } });
  const after = aServer({
    storage: { metadataSize: "2Gi", contentSize: "5Gi", storageClassName: "fast", accessMode },
    image: "marmos91c/dittofs:v0.30.0",
  });
  const liveStatefulSet = live(before, { podManagementPolicy: "OrderedReady" });
  const { spec } = plannedStatefulSet(after, { liveStatefulSet });
  assert.equal(spec?.podManagementPolicy, "OrderedReady");
  assert.deepEqual(spec?.volumeClaimTemplates, liveStatefulSet.spec?.volumeClaimTemplates);
  assert.equal(spec?.template.spec?.containers[0]?.image, "marmos91c/dittofs:v0.30.0");
  const mounted = spec?.template.spec?.containers[0]?.volumeMounts?.map(({ name }) => name);
  assert.deepEqual(mounted, ["config", "tmp", "metadata", "controlplane"]);
});

test("a server without any claim has no claim template", () => {
  const server = aServer({ database: { sqlite: { ...database.sqlite, persistent: false } } });
  assert.ok(!("volumeClaimTemplates" in (plannedStatefulSet(server).spec ?? {})));
});

test("pull secrets reach the pod", () => {
  const template = (names: readonly string[]) =>
    plannedStatefulSet(aServer({ imagePullSecrets: names.map((name) => ({ name })) })).spec?.template.spec;
  assert.deepEqual(template(["registry"])?.imagePullSecrets, [{ name: "registry" }]);
  assert.ok(!("imagePullSecrets" in (template([]) ?? {})));
});

test("while a Secret that the process needs is missing, no StatefulSet is planned and everything else is", () => {
  const reference = { name: "signing", key: "token" };
  const server = aServer({ identity: { ...identity, jwt: { ...identity.jwt, secretRef: reference } } });
  const kinds = plannedChildren(server, { seen: new Map([["signing", { kind: "absent" }]]) }).map(({ kind }) => kind);
  assert.ok(!kinds.includes("StatefulSet"));
  assert.ok(kinds.includes("Service") && kinds.includes("ConfigMap"));
  assert.ok(plannedChildren(server, { seen: usableSecrets(server) }).some(({ kind }) => kind === "StatefulSet"));
});

const changes = [
  { field: "service.type", after: { service: { ...service, type: "NodePort" } }, restarts: false },
  { field: "nfs.service", after: { nfs: { ...nfs, service: { type: "ClusterIP" } } }, restarts: false },
  { field: "nfs.enabled", after: { nfs: { ...nfs, enabled: false } }, restarts: false },
  { field: "nfs.port", after: { nfs: { ...nfs, port: 12_049 } }, restarts: false },
  { field: "adapterServices", after: { adapterServices: { annotations: { a: "b" } } }, restarts: false },
  { field: "adapterDiscovery", after: { adapterDiscovery: { pollingInterval: "5s" } }, restarts: false },
  { field: "networkPolicy.enabled", after: { networkPolicy: { enabled: false } }, restarts: false },
  { field: "deletionPolicy", after: { deletionPolicy: "Delete" }, restarts: false },
  { field: "replicas", after: { replicas: 0 }, restarts: false },
  { field: "paused", after: { paused: true }, restarts: false },
  { field: "shares", after: { shares: [{ name: "/export" }] }, restarts: false },
  {
    field: "config.shutdownTimeout in other words",
    after: { config: { ...config, shutdownTimeout: "0.5m" } },
    restarts: false,
  },
  { field: "config.shutdownTimeout", after: { config: { ...config, shutdownTimeout: "10s" } }, restarts: true },
  { field: "logging.level", after: { logging: { ...defaultSpec.logging, level: "DEBUG" } }, restarts: true },
  { field: "controlPlane.port", after: { controlPlane: { port: 9000 } }, restarts: true },
  { field: "image", after: { image: "marmos91c/dittofs:v0.30.0" }, restarts: true },
  { field: "resources", after: { resources: { limits: { memory: "1Gi" } } }, restarts: true },
] as const;

for (const { field, after, restarts } of changes) {
  test(`a change of ${field} ${restarts ? "restarts" : "does not restart"} the file server`, () => {
    const template = (server: DittoServer) => plannedStatefulSet(server).spec?.template;
    const isSame = JSON.stringify(template(aServer(after))) === JSON.stringify(template(aServer()));
    assert.equal(isSame, !restarts);
  });
}

test("another generation, resource version or label of the DittoServer changes no child", () => {
  const later = aServer(
    {},
    { generation: 7, resourceVersion: "99", labels: { team: "a" }, annotations: { note: "b" } },
  );
  assert.deepEqual(plannedChildren(later), plannedChildren(aServer()));
});

test("each value of the restarted-at annotation is another pod template, which restarts the server once", () => {
  const restarted = (value: string) =>
    plannedStatefulSet(aServer({}, { annotations: { [RESTARTED_AT_ANNOTATION]: value } })).spec?.template.metadata
      ?.annotations;
  assert.equal(restarted("monday")?.[RESTARTED_AT_ANNOTATION], "monday");
  assert.notDeepEqual(restarted("monday"), restarted("tuesday"));
  assert.ok(!(RESTARTED_AT_ANNOTATION in (plannedStatefulSet(aServer()).spec?.template.metadata?.annotations ?? {})));
});
