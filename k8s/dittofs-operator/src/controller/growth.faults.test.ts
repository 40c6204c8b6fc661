import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import {
  ask,
  contentClaim,
  contentUid,
  larger,
  largest,
  reason,
  requested,
  running,
  settle,
  sizes,
  storage,
  uidOf,
  untilReplacing,
  withCache,
  writesOf,
} from "./testing/a-growing-server.ts";
import { anOperator } from "./testing/an-operator.ts";
import { Crash } from "./testing/fake-cluster.ts";
import { playKubernetes } from "./testing/play-kubernetes.ts";

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

test("a claim that the API server refuses to let grow is told, and the others grow", async () => {
  const cluster = await running();
  cluster.refuse = (kind, name) =>
    kind === "PersistentVolumeClaim" && name.startsWith("content") ? "forbidden" : undefined;
  ask(cluster, larger);
  await settle(cluster);
  assert.equal(storage(cluster), "ApplyRefused");
  assert.equal(reason(cluster, "ConfigReady"), "Rendered", "the configuration has nothing to do with it");
  assert.deepEqual(sizes(cluster), { ...largest, content: "3Gi/1Gi" });
});

test("a claim that somebody made larger meanwhile is not made smaller", async () => {
  const cluster = await running();
  ask(cluster, larger);
  const { apply } = cluster;
  cluster.apply = async (resource, object, options) => {
    const spec = { ...(contentClaim(cluster)["spec"] as object), resources: { requests: { storage: "50Gi" } } }; // a claim's
    if (object.metadata.name === "content-files-0") cluster.put({ ...contentClaim(cluster), spec });
    return await apply.call(cluster, resource, object, options);
  };
  assert.equal((await anOperator(cluster).pass()).kind, "retry");
  assert.equal(requested(contentClaim(cluster) as unknown as PersistentVolumeClaim), "50Gi"); // of that kind
});

test("a StatefulSet is replaced only once the API server has taken its template", async () => {
  const cluster = await running();
  ask(cluster, larger);
  const operator = anOperator(cluster);
  await operator.pass();
  playKubernetes(cluster);
  const from = cluster.writes.length;
  ask(cluster, larger, 3, { image: "example.com/dittofs:v9" });
  await operator.pass();
  assert.deepEqual(writesOf(cluster, from), ["apply StatefulSet/files"]);
});

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
  const [claim, server] = [contentClaim(cluster), cluster.find("DittoServer", "files")];
  assert.ok(server !== undefined);
  cluster.put({
    ...claim,
    metadata: { name: "backup-files-0", namespace: "default", labels: { ...claim.metadata.labels } },
  });
  cluster.put({ ...server, metadata: { ...server.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } });
  await operator.pass();
  assert.ok(cluster.find("Pod", "files-0"), "Kubernetes still lets go of it");
  playKubernetes(cluster);
  for (let pass = 0; pass < 3; pass += 1) await operator.pass();
  assert.deepEqual(
    [...cluster.objects.keys()].filter((id) => /^(DittoServer|Pod|StatefulSet|PersistentVolumeClaim)/.test(id)),
    ["PersistentVolumeClaim/default/backup-files-0"],
    "somebody's claim with the same labels is not the server's",
  );
});
