import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerStatus } from "../api/status.ts";
import { aServer } from "../domain/testing/a-server.ts";
import {
  accessMode,
  ask,
  before,
  larger,
  largest,
  removeClass,
  running,
  settle,
  sizes,
  storage,
  uidOf,
  withCache,
  writesOf,
} from "./testing/a-growing-server.ts";
import { anOperator, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";
import { playKubernetes } from "./testing/play-kubernetes.ts";

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
