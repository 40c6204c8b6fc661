import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { isWrite, requestCounts } from "./audited-requests.ts";
import { ClusterError } from "./cluster-error.ts";
import { condition } from "./condition.ts";
import { enterLab } from "./enter-lab.ts";
import { firstObjects } from "./first-objects.ts";

const { cluster, audit, directory, stopProcess, startProcess } = await enterLab("light");
const things = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
const configMap = { apiVersion: "v1", kind: "ConfigMap", namespace: "default" };
const version = async () => (await cluster.connection.send("GET", "/version")).body;

test("a real Kubernetes of the pinned version answers", async () => {
  assert.match(JSON.stringify(await version()), /"gitVersion":"v1\.36\./);
});

test("an object that is applied comes back with its fields and a uid", async () => {
  const [applied] = await cluster.applyYaml(
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: stored}\ndata: {a: b}",
    "default",
  );
  const stored = await cluster.get({ ...configMap, name: "stored" });
  assert.deepEqual(stored?.["data"], { a: "b" });
  assert.equal(stored?.metadata.uid, applied?.metadata.uid);
});

test("a kind that is defined by the same YAML is served before its first object is applied", async () => {
  const [definition, object] = await cluster.applyYaml(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.lab.test}
spec:
  group: lab.test
  scope: Namespaced
  names: {plural: things, singular: thing, kind: Thing}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
apiVersion: lab.test/v1
kind: Thing
metadata: {name: first}
`);
  assert.equal(definition?.kind, "CustomResourceDefinition");
  assert.equal(object?.metadata.name, "first");
});

test("a refusal is an error with the status and the server's own words", async () => {
  const wrong = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "Wrong" } };
  await assert.rejects(cluster.apply(wrong), (error: ClusterError) => {
    assert.ok(error instanceof ClusterError);
    assert.equal(error.status, 422);
    assert.match(error.message, /RFC 1123/);
    return true;
  });
});

test("waiting for a state ends when it comes, and with the last state when it does not", async () => {
  const ref = { ...configMap, name: "awaited" };
  const check = { what: "two", holds: (object: KubernetesObject) => JSON.stringify(object["data"]).includes("2") };
  const found = cluster.until(ref, check);
  const { namespace, name, ...kind } = ref;
  await cluster.create({ ...kind, metadata: { namespace, name }, data: { a: "1" } });
  await cluster.patch(ref, { data: { a: "2" } });
  assert.deepEqual((await found)["data"], { a: "2" });
  await assert.rejects(
    cluster.until(ref, { what: "three", holds: () => false, timeoutMs: 200 }),
    /^Error: ConfigMap default\/awaited: not three after 200 ms; it is \{"metadata"/,
  );
  const gone = cluster.untilGone(ref);
  await cluster.delete(ref);
  await gone;
  await cluster.delete(ref);
});

test("the audit log tells exactly the requests between two marks", async () => {
  const before = await audit.mark();
  await cluster.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "counted", namespace: "default" } });
  await cluster.get({ ...configMap, name: "counted" });
  const after = await audit.mark();
  await cluster.delete({ ...configMap, name: "counted" });
  const requests = (await audit.requests(before, after)).filter(
    ({ user, path }) => user === "admin" && path.includes("counted"),
  );
  assert.deepEqual(requestCounts(requests), { "get configmaps": 1, "patch configmaps": 1 });
  assert.deepEqual(
    requests.filter(isWrite).map(({ status }) => status),
    [201],
  );
});

test("etcd and the API server are killed and started again, and a wait that was under way goes on", async () => {
  const ref = { ...configMap, name: "after-the-crash" };
  const found = cluster.until(ref, { what: "there", holds: () => true });
  for (const name of ["apiserver", "etcd"]) await stopProcess(name);
  await assert.rejects(version());
  for (const name of ["etcd", "apiserver"]) await startProcess(name);
  const isReady = async (): Promise<boolean> => {
    const { status } = await cluster.connection.send("GET", "/readyz").catch(() => ({ status: 0 }));
    return status === 200;
  };
  while (!(await isReady()));
  await cluster.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: ref.name, namespace: "default" } });
  await found;
  const kept = await cluster.get({ ...things, name: "things.lab.test" });
  assert.equal(kept && condition(kept, "Established")?.status, "True");
});

test("a lab gets its first objects back for the next program, and no others, and its controllers start anew where kinds went", async () => {
  const file = join(directory, "first-objects.json");
  const asked: string[] = [];
  const controllers = {
    stop: async () => {
      asked.push("stop");
      await stopProcess("controller-manager");
    },
    start: async () => {
      asked.push("start");
      await startProcess("controller-manager");
    },
  };
  const first = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "first", namespace: "default" } };
  const { metadata } = await cluster.apply({ ...first, data: { a: "1" } });
  await firstObjects(file, controllers);
  await cluster.patch({ ...configMap, name: "first" }, { data: { a: "2" } });
  await cluster.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "later" } });
  await firstObjects(file, controllers);
  assert.deepEqual(asked, []);
  assert.deepEqual((await cluster.get({ ...configMap, name: "first" }))?.["data"], { a: "1" });
  assert.equal(await cluster.get({ apiVersion: "v1", kind: "Namespace", name: "later" }), undefined);

  await cluster.delete({ ...configMap, name: "first" });
  await cluster.delete({ ...things, name: "things.lab.test" });
  await cluster.untilGone({ ...things, name: "things.lab.test" });
  await firstObjects(file, controllers);
  assert.deepEqual(asked, ["stop", "start"]);
  assert.equal((await cluster.get({ ...configMap, name: "first" }))?.metadata.uid, metadata.uid);
  await cluster.until({ ...things, name: "things.lab.test" }, { what: "back", holds: () => true });
});
