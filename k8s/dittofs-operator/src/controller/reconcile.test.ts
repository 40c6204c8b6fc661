import assert from "node:assert/strict";
import { test } from "node:test";
import { childLabels } from "../domain/labels.ts";
import { aServer } from "../domain/testing/a-server.ts";
import { anOperator, startPod, storedServer } from "./testing/an-operator.ts";
import { Crash, FakeCluster } from "./testing/fake-cluster.ts";

type Conditions = {
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason: string }[];
};

function conditionOf(cluster: FakeCluster, type: string): string {
  const status = cluster.find("DittoServer", "files")?.["status"] as Conditions | undefined; // written by the operator under test
  const found = status?.conditions?.find((each) => each.type === type);
  return `${found?.status}/${found?.reason}`;
}

async function running(): Promise<{ cluster: FakeCluster; operator: ReturnType<typeof anOperator> }> {
  const cluster = new FakeCluster();
  cluster.put(storedServer());
  const operator = anOperator(cluster);
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  operator.answer();
  await operator.clock.advance(2_000);
  await operator.pass();
  return { cluster, operator };
}

test("the first pass writes the finalizer, every child in order and the status, each once", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer());
  await anOperator(cluster).pass();
  assert.deepEqual(cluster.writes, [
    "patch DittoServer/files",
    "apply Secret/files-jwt-secret",
    "apply Secret/files-admin-bootstrap-credentials",
    "apply ConfigMap/files-config",
    "apply Service/files-headless",
    "apply Service/files-api",
    "apply Service/files-adapter-nfs",
    "apply Service/files-adapter-smb",
    "apply NetworkPolicy/files-baseline",
    "apply StatefulSet/files",
    "apply status of DittoServer/files",
  ]);
});

test("a server becomes Ready when its pod serves and DittoFS holds what is asked, with at most fifteen requests", async () => {
  const { cluster, operator } = await running();
  assert.equal(conditionOf(cluster, "Ready"), "True/Serving");
  assert.ok(cluster.writes.length <= 15, cluster.writes.join("\n"));
  assert.deepEqual(operator.asked, ["default/files"], "DittoFS is asked once");
  assert.deepEqual(operator.events, ["Normal Ready: Clients can mount now."]);
});

test("a server at rest costs nothing: further passes write nothing and ask nothing", async () => {
  const { cluster, operator } = await running();
  const before = cluster.writes.length;
  for (let pass = 0; pass < 3; pass += 1) assert.deepEqual(await operator.pass(), { kind: "done" });
  assert.equal(cluster.writes.length, before);
  assert.equal(operator.asked.length, 1);
});

test("a restarted operator writes nothing to an unchanged cluster", async () => {
  const { cluster } = await running();
  const before = cluster.writes.length;
  cluster.restartOperator();
  const operator = anOperator(cluster);
  await operator.pass();
  operator.answer();
  await operator.pass();
  assert.deepEqual(cluster.writes.slice(before), []);
  assert.deepEqual(operator.asked, ["default/files"], "the new process asks DittoFS for itself");
});

test("killed before or after any write, the next process ends in the same state", async () => {
  const reference = (await running()).cluster;
  for (let write = 1; write <= reference.writes.length; write += 1) {
    for (const phase of ["before", "after"] as const) {
      const cluster = new FakeCluster();
      cluster.put(storedServer());
      cluster.crashAt = { write, phase };
      await toTheEnd(cluster).catch((error: unknown) => assert.ok(error instanceof Crash, String(error)));
      cluster.restartOperator();
      await toTheEnd(cluster);
      assert.deepEqual(comparable(cluster), comparable(reference), `killed ${phase} write ${write}`);
    }
  }
});

test("a child that somebody edited, relabelled or deleted is put back", async () => {
  const { cluster, operator } = await running();
  const service = cluster.find("Service", "files-api");
  assert.ok(service);
  const before = comparable(cluster);
  cluster.put({ ...service, spec: { ...(service["spec"] as object), type: "NodePort" } }); // a Service's spec is an object
  await operator.pass();
  cluster.remove("ConfigMap", { namespace: "default", name: "files-config" });
  await operator.pass();
  assert.deepEqual(comparable(cluster), before);
});

const strangers = [
  { apiVersion: "v1", kind: "Service", name: "files-api", isAwaited: false, because: "no start needs an address" },
  { apiVersion: "v1", kind: "ConfigMap", name: "files-config", isAwaited: true, because: "the process reads it" },
  { apiVersion: "v1", kind: "Secret", name: "files-jwt-secret", isAwaited: true, because: "the process reads it" },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    name: "files-baseline",
    isAwaited: true,
    because: "it would start open to everybody",
  },
];
for (const { apiVersion, kind, name, isAwaited, because } of strangers) {
  test(`a stranger's ${kind} with a child's name is not touched and named, and the StatefulSet ${isAwaited ? "waits" : "does not wait"}: ${because}`, async () => {
    const cluster = new FakeCluster();
    cluster.put(storedServer());
    const foreign = cluster.put({ apiVersion, kind, metadata: { name, namespace: "default" }, spec: { mine: true } });
    const operator = anOperator(cluster);
    assert.deepEqual(await operator.pass(), { kind: "lookAgain", afterMs: 30_000 });
    assert.deepEqual(cluster.find(kind, name), foreign);
    assert.equal(conditionOf(cluster, "ConfigReady"), "False/NameConflict");
    assert.ok(cluster.find("Service", "files-adapter-nfs"), "the other children are made");
    assert.equal(cluster.find("StatefulSet", "files") === undefined, isAwaited);
  });
}

const withSecret = aServer({
  identity: {
    jwt: { secretRef: { name: "mine", key: "secret" }, accessTokenDuration: "15m", refreshTokenDuration: "168h" },
    admin: { username: "admin" },
  },
});
const secret = (value: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "mine", namespace: "default" },
  data: { secret: Buffer.from(value).toString("base64") },
});
const usable = "a signing secret of at least 32 bytes";

test("a Secret that is missing keeps the server from starting, and its creation starts it", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(withSecret));
  const operator = anOperator(cluster);
  await operator.pass();
  assert.equal(conditionOf(cluster, "ConfigReady"), "False/SecretNotFound");
  assert.equal(cluster.find("StatefulSet", "files"), undefined);
  cluster.put(secret(usable));
  await operator.pass();
  assert.ok(cluster.find("StatefulSet", "files"));
});

test("a Secret that goes away leaves the running pod's template alone", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(withSecret));
  cluster.put(secret(usable));
  const operator = anOperator(cluster);
  await operator.pass();
  const before = cluster.find("StatefulSet", "files");
  cluster.remove("Secret", { namespace: "default", name: "mine" });
  await operator.pass();
  assert.deepEqual(cluster.find("StatefulSet", "files"), before);
  assert.equal(conditionOf(cluster, "ConfigReady"), "False/SecretNotFound");
});

test("a paused server gets nothing but its status", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(aServer({ paused: true })));
  await anOperator(cluster).pass();
  assert.deepEqual(cluster.writes, ["apply status of DittoServer/files"]);
});

test("what the API server refuses is told and does not keep the other children", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer());
  cluster.refuse = (kind, name) => (kind === "Service" && name === "files-api" ? "invalid" : undefined);
  await anOperator(cluster).pass();
  assert.equal(conditionOf(cluster, "ConfigReady"), "False/ApplyRefused");
  assert.ok(cluster.find("NetworkPolicy", "files-baseline"));
});

test("a deletion ends the StatefulSet, waits for the pod, and leaves credentials and claims", async () => {
  const { cluster, operator } = await running();
  const server = cluster.find("DittoServer", "files");
  assert.ok(server);
  cluster.put({ ...server, metadata: { ...server.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } });
  const before = cluster.writes.length;
  await operator.pass();
  assert.ok(cluster.writes.slice(before).includes("delete StatefulSet/files"));
  await operator.pass();
  assert.ok(cluster.find("DittoServer", "files"), "the pod has not ended yet");
  assert.equal(conditionOf(cluster, "Ready"), "False/Deleting");
  cluster.remove("Pod", { namespace: "default", name: "files-0" });
  await operator.pass();
  assert.equal(cluster.find("DittoServer", "files"), undefined);
  assert.ok(cluster.find("Secret", "files-admin-bootstrap-credentials"));
  assert.ok(cluster.find("PersistentVolumeClaim", "controlplane-files-0"));
  assert.match(
    operator.events.at(-1) ?? "",
    /^Normal Kept: .*PersistentVolumeClaim controlplane-files-0, Secret files-admin/,
  );
});

test("a server of the same name finds the credentials of the earlier one", async () => {
  const { cluster, operator } = await running();
  const kept = cluster.find("Secret", "files-admin-bootstrap-credentials");
  for (const [kind, name] of [
    ["DittoServer", "files"],
    ["StatefulSet", "files"],
    ["Pod", "files-0"],
  ] as const)
    cluster.remove(kind, { namespace: "default", name });
  await operator.pass();
  cluster.put(storedServer(aServer({}, { uid: "second" })));
  await operator.pass();
  assert.deepEqual(cluster.find("Secret", "files-admin-bootstrap-credentials")?.["data"], kept?.["data"]);
  assert.equal(
    conditionOf(cluster, "ConfigReady"),
    "False/WaitingForPrevious",
    "the Services of the first are still being removed",
  );
});

test("an object that a foreign CustomResourceDefinition let in is told, and stops nothing", async () => {
  const cluster = new FakeCluster();
  cluster.put({
    apiVersion: "dittofs.dittofs.com/v1alpha1",
    kind: "DittoServer",
    metadata: { name: "files", namespace: "default", generation: 1, labels: childLabels(aServer(), "server") },
    spec: {},
  });
  assert.equal((await anOperator(cluster).pass()).kind, "terminal");
  assert.deepEqual(cluster.writes, []);
});

async function toTheEnd(cluster: FakeCluster): Promise<void> {
  const operator = anOperator(cluster);
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  operator.answer();
  await operator.clock.advance(2_000);
  await operator.pass();
}

/** The cluster's state without what differs from run to run: versions, uids and generated values. */
function comparable(cluster: FakeCluster): readonly string[] {
  const volatile = new Set([
    "resourceVersion",
    "uid",
    "data",
    "lastTransitionTime",
    "configHash",
    "dittofs.dittofs.com/rollout",
  ]);
  return [...cluster.objects.entries()]
    .map(
      ([id, object]) =>
        `${id} ${JSON.stringify(object, (key, value: unknown) => (volatile.has(key) ? undefined : value))}`,
    )
    .toSorted();
}
