import assert from "node:assert/strict";
import { test } from "node:test";
import { aStatefulSet } from "./a-stateful-set.ts";
import { claimsOf, podOf, revisionOf } from "./pod-of.ts";
import { podStatus, statefulSetStatus } from "./reported-status.ts";

test("a pod has its set's template, the labels of its identity and revision, and its set as controller", () => {
  const { metadata } = podOf(aStatefulSet());
  assert.equal(metadata?.name, "files-0");
  assert.deepEqual(metadata?.labels, {
    instance: "files",
    "controller-revision-hash": revisionOf(aStatefulSet()),
    "statefulset.kubernetes.io/pod-name": "files-0",
    "apps.kubernetes.io/pod-index": "0",
  });
  assert.deepEqual(metadata?.annotations, { rollout: "1" });
  assert.deepEqual(
    metadata?.ownerReferences?.map(({ uid, controller }) => ({ uid, controller })),
    [{ uid: "set-1", controller: true }],
  );
});

test("each claim template becomes a volume of the pod besides the template's own", () => {
  assert.deepEqual(podOf(aStatefulSet()).spec?.volumes, [
    { name: "config", configMap: { name: "files-config" } },
    { name: "metadata", persistentVolumeClaim: { claimName: "metadata-files-0" } },
  ]);
});

test("a claim has the template's name before the pod's, and the selector's labels besides its own", () => {
  const [claim] = claimsOf(aStatefulSet());
  assert.equal(claim?.metadata?.name, "metadata-files-0");
  assert.deepEqual(claim?.metadata?.labels, { part: "volume", instance: "files" });
  assert.equal(claim?.spec?.resources?.requests?.["storage"], "1Gi");
});

test("the revision follows the template and nothing else", () => {
  assert.equal(revisionOf(aStatefulSet()), revisionOf(aStatefulSet({ replicas: 0 })));
  assert.notEqual(revisionOf(aStatefulSet()), revisionOf(aStatefulSet({ image: "dittofs:2" })));
});

test("while a new revision rolls out the old one stays current until the new pod is ready", () => {
  const before = statefulSetStatus(aStatefulSet(), undefined);
  const changed = { ...aStatefulSet({ image: "dittofs:2" }), status: before };
  const pod = podOf(changed);
  const old = revisionOf(aStatefulSet());
  assert.deepEqual([before.currentRevision, before.replicas], [old, 0]);
  const starting = statefulSetStatus(changed, pod);
  assert.deepEqual([starting.currentRevision, starting.updatedReplicas, starting.readyReplicas], [old, 1, 0]);
  const running = { kind: "running", address: "10.244.0.1", startedAt: "2026-01-01T00:00:00Z", restarts: 0 } as const;
  const done = statefulSetStatus(changed, { ...pod, status: podStatus(pod, running) });
  assert.deepEqual(
    [done.currentRevision, done.updateRevision, done.readyReplicas],
    [revisionOf(changed), revisionOf(changed), 1],
  );
});

test("a waiting container says why, and its pod is neither ready nor addressed", () => {
  const pod = podOf(aStatefulSet());
  const report = { kind: "waiting", reason: "CrashLoopBackOff", message: "exit 1", restarts: 2 } as const;
  const { phase, podIP, conditions, containerStatuses } = podStatus(pod, report);
  assert.deepEqual([phase, podIP], ["Pending", undefined]);
  assert.equal(conditions?.find(({ type }) => type === "Ready")?.status, "False");
  assert.deepEqual(containerStatuses?.[0]?.state, { waiting: { reason: "CrashLoopBackOff", message: "exit 1" } });
  assert.equal(containerStatuses?.[0]?.restartCount, 2);
});
