import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { anOperator, serverKey, startPod, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

/** What the kubelet says of the server's pod. */
function kubeletSays(cluster: FakeCluster, { isReady, starts = 0 }: { isReady: boolean; starts?: number }): void {
  const pod = cluster.find("Pod", "files-0");
  assert.ok(pod !== undefined);
  const conditions = [{ type: "Ready", status: isReady ? "True" : "False" }];
  const containerStatuses = [{ name: "dittofs", ready: isReady, restartCount: starts }];
  const status = { ...(pod["status"] as object), conditions, containerStatuses }; // a pod's
  cluster.put({ ...pod, status } satisfies KubernetesObject);
}

async function asked(): Promise<{ cluster: FakeCluster; operator: ReturnType<typeof anOperator> }> {
  const cluster = new FakeCluster();
  cluster.put(storedServer());
  const operator = anOperator(cluster);
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
