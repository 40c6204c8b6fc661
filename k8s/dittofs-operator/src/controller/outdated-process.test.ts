import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../domain/testing/a-server.ts";
import { anAnswer } from "../domain/testing/a-world.ts";
import { anOperator, serverKey, startPod, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const outdated = "it reads the settings of metadata store a at its start";

test("a process that has to start again is ended once, and not again while the next one has not been asked", async () => {
  const cluster = new FakeCluster();
  cluster.put(storedServer(aServer()));
  const operator = anOperator(cluster);
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  operator.findings.answer(serverKey, "pod-1/0", anAnswer({ outdated }));
  await operator.pass();
  assert.deepEqual(
    cluster.writes.filter((write) => write.startsWith("delete")),
    ["delete Pod/files-0"],
  );
  startPod(cluster);
  await operator.pass();
  await operator.pass();
  assert.equal(cluster.writes.filter((write) => write.startsWith("delete")).length, 1);
});
