import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerStatus } from "../api/status.ts";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { InMemoryDittoFs } from "./provision/testing/in-memory-dittofs.ts";
import { anOperator, serverKey, startPod, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const debug = { level: "DEBUG", format: "json", output: "stdout" } as const;

/** What the kubelet says of the server's pod. */
function kubeletSays(cluster: FakeCluster, { isReady, starts = 0 }: { isReady: boolean; starts?: number }): void {
  const pod = cluster.find("Pod", "files-0");
  assert.ok(pod !== undefined);
  const conditions = [{ type: "Ready", status: isReady ? "True" : "False" }];
  const containerStatuses = [{ name: "dittofs", ready: isReady, restartCount: starts }];
  const status = { ...(pod["status"] as object), conditions, containerStatuses }; // a pod's
  cluster.put({ ...pod, status } satisfies KubernetesObject);
}

async function asked(
  dittofs?: InMemoryDittoFs,
): Promise<{ cluster: FakeCluster; operator: ReturnType<typeof anOperator> }> {
  const cluster = new FakeCluster();
  cluster.put(storedServer());
  const operator = anOperator(cluster, undefined, dittofs);
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  assert.deepEqual(operator.asked, [serverKey]);
  return { cluster, operator };
}

test("a server whose turn came while its pod was not ready is asked when the pod is ready again", async () => {
  const { cluster, operator } = await asked();
  kubeletSays(cluster, { isReady: false });
  assert.deepEqual(await operator.ask(), { kind: "done" }, "no later turn is planned");
  await operator.pass();
  kubeletSays(cluster, { isReady: true });
  await operator.pass();
  assert.equal(operator.asked.length, 2);
  await operator.pass();
  assert.equal(operator.asked.length, 2, "once");
});

test("a process that was started again within its pod is asked, and what the one before said is no more said of it", async () => {
  const { cluster, operator } = await asked();
  operator.answer();
  await operator.pass();
  kubeletSays(cluster, { isReady: true, starts: 1 });
  await operator.pass();
  assert.equal(operator.asked.length, 2);
  const conditions = JSON.stringify(cluster.find("DittoServer", "files")?.["status"]);
  assert.match(conditions, /"type":"Provisioned","status":"Unknown"/);
});

test("a change that waits for the status is made when that is written, however little time has passed since the last write", async () => {
  const { cluster, operator } = await asked();
  const loadedShares = { process: "pod-1/0", digests: { "/export": "" }, settings: {}, removedStores: [] };
  operator.answer({ awaitsNote: true, loadedShares });
  await operator.pass();
  const status = cluster.find("DittoServer", "files")?.["status"] as DittoServerStatus | undefined; // a DittoServer's
  assert.deepEqual(status?.applied?.loadedShares, { process: "pod-1/0", digests: { "/export": "" } });
  assert.equal(status.conditions?.find(({ type }) => type === "Provisioned")?.reason, "NotObservedYet");
  await operator.pass();
  assert.equal(operator.asked.length, 2);
  await operator.pass();
  assert.equal(operator.asked.length, 2, "once");
  operator.answer({ loadedShares });
  await operator.pass();
  assert.equal(operator.asked.length, 2, "it was made");
});

test("a setting that waits for a start and another template cost one restart, which the StatefulSet controller makes", async () => {
  const { cluster, operator } = await asked();
  const loadedShares = { process: "pod-1/0", digests: { "/export": "" }, settings: {}, removedStores: [] };
  operator.answer({ loadedShares });
  await operator.pass();
  const server = storedServer(aServer({ shares: [{ name: "/export", encryptData: true }], logging: debug }));
  const status = cluster.find("DittoServer", "files")?.["status"];
  cluster.put({ ...server, metadata: { ...server.metadata, generation: 2 }, status });
  const writes = (): readonly string[] => cluster.writes.filter((write) => /StatefulSet|Pod/.test(write));
  cluster.writes.splice(0);
  await operator.pass();
  assert.deepEqual(writes(), [], "the server has to be told first");
  operator.answer({ generation: 2, loadedShares, outdated: "settings of share /export changed" });
  await operator.pass();
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
});

test("who waits for a process that has ended is called off, so that the next one is asked at once", async () => {
  for (const { what, change, isOver } of [
    {
      what: "its pod is gone",
      change: (cluster: FakeCluster) => cluster.remove("Pod", { namespace: "default", name: "files-0" }),
      isOver: true,
    },
    {
      what: "it was started again within its pod",
      change: (cluster: FakeCluster) => kubeletSays(cluster, { isReady: false, starts: 1 }),
      isOver: true,
    },
    {
      what: "it is not ready for a moment",
      change: (cluster: FakeCluster) => kubeletSays(cluster, { isReady: false }),
      isOver: false,
    },
  ]) {
    const dittofs = new InMemoryDittoFs();
    dittofs.fate = ({ name }) => (name === "adapters" ? "hangs" : undefined);
    const { cluster, operator } = await asked(dittofs);
    const { data } = cluster.find("Secret", "files-admin-bootstrap-credentials") as { data?: { password?: string } }; // a Secret's
    dittofs.password = Buffer.from(data?.password ?? "", "base64").toString();
    let outcome: Outcome | undefined;
    void operator.ask().then((ended) => {
      outcome = ended;
    });
    await operator.clock.advance(0);
    change(cluster);
    operator.seePod();
    await operator.clock.advance(0);
    assert.deepEqual(outcome, isOver ? { kind: "done" } : undefined, what);
  }
});
