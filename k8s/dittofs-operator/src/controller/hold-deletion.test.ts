import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClientsSeen } from "../domain/deletion-hold.ts";
import { aServer } from "../domain/testing/a-server.ts";
import { anOperator, startPod, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const nobody: ClientsSeen = { kind: "seen", clients: [] };
const somebody: ClientsSeen = { kind: "seen", clients: [{ protocol: "nfs", address: "192.0.2.7" }] };

async function deletedWhileRunning(deletionProtection = true) {
  const cluster = new FakeCluster();
  const stored = cluster.put(storedServer(aServer({ shares: [{ name: "/export" }], deletionProtection })));
  const operator = anOperator(cluster);
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  const live = cluster.find("DittoServer", "files") ?? stored;
  const metadata = { ...live.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" };
  cluster.put({ ...live, metadata });
  operator.asked.length = 0;
  const isRunning = (): boolean =>
    cluster.find("StatefulSet", "files")?.metadata.deletionTimestamp === undefined &&
    cluster.find("StatefulSet", "files") !== undefined;
  return { cluster, operator, isRunning };
}

test("a protected server is asked for its clients before anything ends, and held while there are some", async () => {
  const { operator, isRunning } = await deletedWhileRunning();
  assert.deepEqual(await operator.pass(), { kind: "lookAgain", afterMs: 10_000 });
  assert.ok(isRunning());
  assert.deepEqual(operator.asked, ["default/files"]);
  operator.answerClients(somebody);
  await operator.pass();
  assert.ok(isRunning());
  assert.ok(
    operator.events.some((event) => event.startsWith("Warning DeletionHeld: ")),
    operator.events.join("\n"),
  );
});

test("the deletion goes on by itself when the last client has gone", async () => {
  const { operator, isRunning } = await deletedWhileRunning();
  operator.answerClients(somebody);
  await operator.pass();
  assert.ok(isRunning());
  for (const isHeld of [true, false]) {
    await operator.clock.advance(10_000);
    operator.answerClients(nobody);
    await operator.pass();
    assert.equal(isRunning(), isHeld);
  }
});

test("one answer without clients between others cuts nobody's mount off", async () => {
  const { operator, isRunning } = await deletedWhileRunning();
  for (const seen of [somebody, nobody, somebody, nobody]) {
    await operator.clock.advance(10_000);
    operator.answerClients(seen);
    await operator.pass();
    assert.ok(isRunning());
  }
});

test("an answer from before is not believed when it would let the deletion go on", async () => {
  const { operator, isRunning } = await deletedWhileRunning();
  operator.answerClients(nobody);
  await operator.clock.advance(9_000);
  await operator.pass();
  assert.ok(isRunning());
  assert.deepEqual(operator.asked, ["default/files"]);
});

test("the hold is told once, however often it is looked", async () => {
  const { operator, cluster } = await deletedWhileRunning();
  operator.answerClients(somebody);
  await operator.pass();
  const before = { writes: cluster.writes.length, events: operator.events.length };
  for (let turn = 0; turn < 3; turn += 1) {
    await operator.clock.advance(10_000);
    operator.answerClients(somebody);
    await operator.pass();
  }
  assert.deepEqual({ writes: cluster.writes.length, events: operator.events.length }, before);
});

test("without protection nobody is asked", async () => {
  const { operator, isRunning } = await deletedWhileRunning(false);
  await operator.pass();
  assert.ok(!isRunning());
  assert.deepEqual(operator.asked, []);
});

test("a bound volume of the server's holds, and a server without a pod has no clients to ask", async () => {
  const { operator, cluster, isRunning } = await deletedWhileRunning();
  cluster.remove("Pod", { namespace: "default", name: "files-0" });
  const volume = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "pv" },
    spec: { nfs: { server: "files-adapter-nfs.default.svc", path: "/export" } },
    status: { phase: "Bound" },
  };
  cluster.put(volume);
  await operator.pass();
  assert.ok(isRunning());
  cluster.put({ ...volume, status: { phase: "Released" } });
  await operator.pass();
  assert.ok(!isRunning());
});
