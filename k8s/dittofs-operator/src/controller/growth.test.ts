import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import type { DittoServerStatus } from "../api/status.ts";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { anOperator, startPod, storedServer } from "./testing/an-operator.ts";
import { Crash, FakeCluster } from "./testing/fake-cluster.ts";
import { playKubernetes } from "./testing/play-kubernetes.ts";

type Storage = NonNullable<DittoServerSpec["storage"]>;

const accessMode = "ReadWriteOnce" as const;
const before: Storage = { accessMode, metadataSize: "1Gi", contentSize: "1Gi" };
const larger: Storage = { accessMode, metadataSize: "2Gi", contentSize: "3Gi", controlPlaneSize: "4Gi" };
const withCache: Storage = { ...before, cacheSize: "1Gi" };
const largest = { metadata: "2Gi/2Gi", content: "3Gi/3Gi", controlplane: "4Gi/4Gi" };

async function running(policy: "Retain" | "Delete" = "Retain", storage = before): Promise<FakeCluster> {
  const cluster = new FakeCluster();
  cluster.putStorageClass("fixed", { canGrow: false });
  cluster.put(storedServer(aServer({ storage, deletionPolicy: policy })));
  await anOperator(cluster).pass();
  startPod(cluster);
  await settle(cluster);
  return cluster;
}

/** Passes of one operator process, and Kubernetes' part between them, until neither has anything left to do. */
async function settle(cluster: FakeCluster): Promise<readonly string[]> {
  const operator = anOperator(cluster);
  for (let round = 0; round < 8; round += 1) {
    await operator.pass();
    await operator.clock.advance(2_000);
    playKubernetes(cluster);
  }
  return operator.events;
}

function ask(cluster: FakeCluster, storage: Storage, generation = 2): void {
  const server = cluster.find("DittoServer", "files");
  assert.ok(server !== undefined);
  const spec = { ...(server["spec"] as DittoServerSpec), storage }; // a DittoServer's
  cluster.put({ ...server, metadata: { ...server.metadata, generation }, spec });
}

const requested = (claim: PersistentVolumeClaim): string => claim.spec?.resources?.requests?.["storage"] ?? "";

/** By volume: the size of its template and of its claim. */
function sizes(cluster: FakeCluster): Readonly<Record<string, string>> {
  const statefulSet = cluster.find("StatefulSet", "files") as unknown as StatefulSet | undefined; // of that kind
  const templates = statefulSet?.spec?.volumeClaimTemplates ?? [];
  return Object.fromEntries(
    templates.map((template) => {
      const name = template.metadata?.name ?? "";
      const claim = cluster.find("PersistentVolumeClaim", `${name}-files-0`) as unknown as PersistentVolumeClaim; // of that kind
      return [name, `${requested(template)}/${requested(claim)}`];
    }),
  );
}

function storage(cluster: FakeCluster): string {
  const { conditions = [] } = (cluster.find("DittoServer", "files")?.["status"] ?? {}) as DittoServerStatus; // the operator's
  return conditions.find(({ type }) => type === "StorageReady")?.reason ?? "";
}

const uidOf = (cluster: FakeCluster, kind: string, name: string): string | undefined =>
  cluster.find(kind, name)?.metadata.uid;
const writesOf = (cluster: FakeCluster, from: number): readonly string[] =>
  cluster.writes.slice(from).filter((write) => !write.includes("status"));

test("claims grow first, then the StatefulSet is made anew around its pod", async () => {
  const cluster = await running();
  const from = cluster.writes.length;
  ask(cluster, larger);
  const events = await settle(cluster);
  assert.deepEqual(writesOf(cluster, from), [
    "apply PersistentVolumeClaim/metadata-files-0",
    "apply PersistentVolumeClaim/content-files-0",
    "apply PersistentVolumeClaim/controlplane-files-0",
    "delete StatefulSet/files",
    "apply StatefulSet/files",
  ]);
  assert.deepEqual(sizes(cluster), largest);
  assert.equal(uidOf(cluster, "Pod", "files-0"), "pod-1");
  assert.equal(storage(cluster), "Bound");
  assert.deepEqual(
    events.map((event) => event.split(":")[0]),
    ["Normal VolumeGrowth", "Normal VolumeGrowth", "Normal VolumeGrowth", "Normal StatefulSetReplaced"],
  );
});

test("the pod counts as running while its StatefulSet is away", async () => {
  const cluster = await running();
  ask(cluster, larger);
  const operator = anOperator(cluster);
  await operator.pass();
  playKubernetes(cluster);
  await operator.pass();
  assert.deepEqual(await operator.pass(), { kind: "lookAgain", afterMs: 1_000 }, "Kubernetes still lets go of the pod");
  const {
    replicas,
    readyReplicas,
    conditions = [],
  } = (cluster.find("DittoServer", "files")?.["status"] ?? {}) as DittoServerStatus; // the operator's
  assert.deepEqual({ replicas, readyReplicas }, { replicas: 1, readyReplicas: 1 });
  assert.deepEqual(
    conditions.filter(({ type }) => type === "Available" || type === "ConfigReady").map(({ status }) => status),
    ["True", "True"],
  );
});

for (const policy of ["Retain", "Delete"] as const) {
  for (const [what, wanted, pod] of [
    ["a growth", larger, "pod-1"],
    ["an added volume", withCache, "pod-2"],
  ] as const) {
    test(`${what} under ${policy}, killed before or after any write, ends in the same state`, async () => {
      const reference = await running(policy);
      const from = reference.writes.length;
      ask(reference, wanted);
      await settle(reference);
      const count = reference.writes.length - from;
      assert.ok(count >= 4);
      for (let write = 1; write <= count; write += 1) {
        for (const phase of ["before", "after"] as const) {
          const cluster = await running(policy);
          ask(cluster, wanted);
          cluster.crashAt = { write: from + write, phase };
          await settle(cluster).catch((error: unknown) => assert.ok(error instanceof Crash, String(error)));
          cluster.restartOperator();
          playKubernetes(cluster);
          await settle(cluster);
          const killed = `killed ${phase} write ${write}`;
          assert.deepEqual(sizes(cluster), sizes(reference), killed);
          assert.equal(uidOf(cluster, "Pod", "files-0"), pod, killed);
          assert.equal(storage(cluster), "Bound", killed);
          assert.equal(uidOf(cluster, "PersistentVolumeClaim", "content-files-0"), contentUid(reference), killed);
        }
      }
    });
  }
}

function contentUid(cluster: FakeCluster): string | undefined {
  return uidOf(cluster, "PersistentVolumeClaim", "content-files-0");
}

test("under Delete the claims are let go of before the StatefulSet goes, and owned again after", async () => {
  const cluster = await running("Delete");
  const owners = (): number =>
    cluster.find("PersistentVolumeClaim", "content-files-0")?.metadata.ownerReferences?.length ?? 0;
  assert.equal(owners(), 1);
  ask(cluster, larger);
  await untilReplacing(cluster);
  assert.equal(owners(), 0, "when it is deleted no claim names it as owner");
  await settle(cluster);
  assert.equal(owners(), 1);
});

/** Ends between the deletion of the StatefulSet and Kubernetes letting go of the pod. */
async function untilReplacing(cluster: FakeCluster, operator = anOperator(cluster)): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    await operator.pass();
    if (cluster.find("StatefulSet", "files")?.metadata.deletionTimestamp !== undefined) return;
    await operator.clock.advance(2_000);
    playKubernetes(cluster);
  }
  assert.fail("the StatefulSet is not replaced");
}

test("a volume that is added comes with one restart", async () => {
  const cluster = await running();
  const from = cluster.writes.length;
  ask(cluster, withCache);
  const events = await settle(cluster);
  assert.deepEqual(writesOf(cluster, from), [
    "delete StatefulSet/files",
    "apply StatefulSet/files",
    "delete Pod/files-0",
  ]);
  assert.equal(uidOf(cluster, "Pod", "files-0"), "pod-2");
  assert.match(events.join(), /restarts once, because it lacks the volume of PersistentVolumeClaim cache-files-0/);
});

test("a class that allows no growth keeps nothing else from being done, and heals", async () => {
  const cluster = await running("Retain", { ...before, storageClassName: "fixed" });
  const from = cluster.writes.length;
  ask(cluster, { ...larger, storageClassName: "fixed", cacheSize: "1Gi" });
  await settle(cluster);
  assert.equal(storage(cluster), "ExpansionUnsupported");
  assert.equal(sizes(cluster)["cache"], "1Gi/1Gi", "the added volume is there");
  assert.ok(!writesOf(cluster, from).some((write) => write.includes("PersistentVolumeClaim")));
  cluster.putStorageClass("fixed");
  await settle(cluster);
  assert.equal(storage(cluster), "Bound");
});

test("a claim that the API server refuses to let grow is told, and the others grow", async () => {
  const cluster = await running();
  cluster.refuse = (kind, name) =>
    kind === "PersistentVolumeClaim" && name.startsWith("content") ? "forbidden" : undefined;
  ask(cluster, larger);
  await settle(cluster);
  assert.equal(storage(cluster), "ApplyRefused");
  assert.deepEqual(sizes(cluster), { ...largest, content: "3Gi/1Gi" });
});

test("a class that does not exist keeps the StatefulSet from being made until it appears", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(aServer({ storage: { accessMode, contentSize: "1Gi", storageClassName: "later" } })));
  await settle(cluster);
  assert.equal(storage(cluster), "StorageClassNotFound");
  assert.equal(cluster.find("StatefulSet", "files"), undefined);
  assert.ok(cluster.find("Service", "files-api"), "what makes no claim is there");
  cluster.putStorageClass("later");
  await settle(cluster);
  assert.equal(storage(cluster), "Bound");
});

test("a running server whose class is removed goes on, and so does its configuration", async () => {
  const cluster = await running();
  removeClass(cluster, "standard");
  ask(cluster, { ...before, storageClassName: "standard" });
  await settle(cluster);
  assert.equal(storage(cluster), "Bound");
});

test("a volume of a class that does not exist leaves the running server its StatefulSet", async () => {
  const cluster = await running();
  const uid = uidOf(cluster, "StatefulSet", "files");
  removeClass(cluster, "standard");
  ask(cluster, withCache);
  await settle(cluster);
  assert.equal(storage(cluster), "StorageClassNotFound");
  assert.equal(uidOf(cluster, "StatefulSet", "files"), uid);
});

function removeClass(cluster: FakeCluster, name: string): void {
  const object: KubernetesObject | undefined = [...cluster.objects.values()].find(
    ({ kind, metadata }) => kind === "StorageClass" && metadata.name === name,
  );
  if (object !== undefined) cluster.remove("StorageClass", object.metadata);
}

test("a StatefulSet that changed since it was looked at is not deleted", async () => {
  const cluster = await running();
  ask(cluster, larger);
  const operator = anOperator(cluster);
  await operator.pass();
  playKubernetes(cluster);
  const { get } = cluster;
  cluster.get = async (resource, key) => {
    const answer = await get.call(cluster, resource, key);
    return answer.ok && resource.kind === "StatefulSet"
      ? { ok: true, value: { ...answer.value, metadata: { ...answer.value.metadata, generation: 9 } } }
      : answer;
  };
  assert.equal((await operator.pass()).kind, "retry");
  assert.ok(!cluster.writes.includes("delete StatefulSet/files"));
});

test("a server that is deleted while its StatefulSet is away ends its pod, and under Delete its claims", async () => {
  const cluster = await running("Delete");
  ask(cluster, larger);
  const operator = anOperator(cluster);
  await untilReplacing(cluster, operator);
  const server = cluster.find("DittoServer", "files");
  assert.ok(server !== undefined);
  cluster.put({ ...server, metadata: { ...server.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } });
  await operator.pass();
  assert.ok(cluster.find("Pod", "files-0"), "Kubernetes still lets go of it");
  playKubernetes(cluster);
  for (let pass = 0; pass < 3; pass += 1) await operator.pass();
  assert.deepEqual(
    [...cluster.objects.keys()].filter((id) => /^(DittoServer|Pod|StatefulSet|PersistentVolumeClaim)/.test(id)),
    [],
  );
});
