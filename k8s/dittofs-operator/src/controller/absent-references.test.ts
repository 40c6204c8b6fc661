import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { anOperator, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

type Status = {
  readonly conditions: readonly { readonly type: string; readonly reason: string; readonly message: string }[];
};

const configReady = (cluster: FakeCluster) => {
  const status = cluster.find("DittoServer", "files")?.["status"] as Status | undefined; // written by the operator under test
  return status?.conditions.find(({ type }) => type === "ConfigReady");
};

const object = (apiVersion: string, kind: string, name: string, namespace?: string): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

const pod: DittoServerSpec["pod"] = {
  priorityClassName: "storage",
  serviceAccountName: "files",
  envFrom: [{ configMapRef: { name: "extra" } }],
};

test("a new pod is not made before every object that it names exists, and then by itself", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(aServer({ pod })));
  const operator = anOperator(cluster);
  const outcome = await operator.pass();
  assert.equal(cluster.find("StatefulSet", "files"), undefined);
  assert.equal(configReady(cluster)?.reason, "ReferenceNotFound");
  assert.match(
    configReady(cluster)?.message ?? "",
    /spec\.pod\.priorityClassName: PriorityClass storage does not exist/,
  );
  assert.deepEqual(outcome, { kind: "lookAgain", afterMs: 5_000 }, "nobody watches these objects");

  cluster.put(object("scheduling.k8s.io/v1", "PriorityClass", "storage"));
  cluster.put(object("v1", "ServiceAccount", "files", "default"));
  cluster.put(object("v1", "ConfigMap", "extra", "default"));
  await operator.clock.advance(5_000);
  await operator.pass();
  assert.equal(configReady(cluster)?.reason, "Rendered");
  assert.ok(cluster.find("StatefulSet", "files"));
});

test("a reference that is wrong leaves the StatefulSet as it is, and with it the running pod", async () => {
  const cluster = new FakeCluster();
  const stored = cluster.put(storedServer());
  const operator = anOperator(cluster);
  await operator.pass();
  const before = cluster.find("StatefulSet", "files");
  const volumes = [{ name: "typo", persistentVolumeClaim: { claimName: "tpyo" } }];
  const live = cluster.find("DittoServer", "files");
  cluster.put({ ...stored, ...live, spec: aServer({ shares: [{ name: "/export" }], pod: { volumes } }).spec });
  await operator.clock.advance(2_000);
  await operator.pass();
  assert.deepEqual(cluster.find("StatefulSet", "files"), before);
  assert.match(configReady(cluster)?.message ?? "", /spec\.pod\.volumes\[typo\]: PersistentVolumeClaim tpyo/);
});

test("a missing Secret is known without a read, also while nothing else changes", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(aServer({ imagePullSecrets: [{ name: "registry" }] })));
  const operator = anOperator(cluster);
  assert.deepEqual(await operator.pass(), { kind: "done" }, "the watch of Secrets wakes it");
  assert.equal(configReady(cluster)?.reason, "SecretNotFound");
  cluster.put(object("v1", "Secret", "registry", "default"));
  await operator.clock.advance(2_000);
  await operator.pass();
  assert.equal(configReady(cluster)?.reason, "Rendered");
});
