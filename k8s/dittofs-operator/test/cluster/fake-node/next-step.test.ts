import assert from "node:assert/strict";
import { test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Pod } from "kubernetes-types/core/v1";
import { aStatefulSet } from "./a-stateful-set.ts";
import { type Known, nextStep } from "./next-step.ts";
import { podOf } from "./pod-of.ts";
import { podStatus, statefulSetStatus } from "./reported-status.ts";

const wanted = aStatefulSet();
const running = { kind: "running", address: "10.244.0.1", startedAt: "2026-01-01T00:00:00Z", restarts: 0 } as const;
const created: Pod = { ...podOf(wanted), metadata: { ...podOf(wanted).metadata, uid: "pod-1" } };
const ready: Pod = { ...created, status: podStatus(created, running) };
const reported = (statefulSet: StatefulSet, pod?: Pod): StatefulSet => ({
  ...statefulSet,
  status: statefulSetStatus(statefulSet, pod),
});
const at = (now: string): object => ({ metadata: { ...wanted.metadata, deletionTimestamp: now } });
const stopped: StatefulSet = aStatefulSet({ replicas: 0 });
const changed: StatefulSet = aStatefulSet({ image: "dittofs:2" });

type Row = { readonly because: string; readonly known: Partial<Known>; readonly kind: string };
const rows: readonly Row[] = [
  { because: "a new StatefulSet has no pod", known: { statefulSet: wanted }, kind: "createPod" },
  { because: "a new pod has no server", known: { statefulSet: wanted, pod: created }, kind: "startServer" },
  {
    because: "a start that failed is not repeated at once",
    known: { statefulSet: reported(wanted, created), pod: created, backsOff: true },
    kind: "rest",
  },
  {
    because: "the pod got ready",
    known: { statefulSet: reported(wanted, created), pod: ready, runningFor: "pod-1" },
    kind: "reportStatefulSet",
  },
  {
    because: "all is said",
    known: { statefulSet: reported(wanted, ready), pod: ready, runningFor: "pod-1" },
    kind: "rest",
  },
  {
    because: "the template changed",
    known: { statefulSet: changed, pod: ready, runningFor: "pod-1" },
    kind: "deletePod",
  },
  {
    because: "no replica is wanted any more",
    known: { statefulSet: stopped, pod: ready, runningFor: "pod-1" },
    kind: "deletePod",
  },
  { because: "the pod went away", known: { statefulSet: wanted, runningFor: "pod-1" }, kind: "stopServer" },
  {
    because: "another pod took its place",
    known: { statefulSet: wanted, pod: created, runningFor: "pod-0" },
    kind: "stopServer",
  },
  { because: "everything went away", known: { runningFor: "pod-1" }, kind: "stopServer" },
  {
    because: "the StatefulSet is going, and its pod is the garbage collector's",
    known: { statefulSet: { ...wanted, ...at("2026-01-01T00:00:00Z") }, pod: ready, runningFor: "pod-1" },
    kind: "rest",
  },
  {
    because: "an earlier StatefulSet of the name has left its pod behind",
    known: { statefulSet: wanted, pod: { ...ready, metadata: { ...ready.metadata, ownerReferences: [] } } },
    kind: "adoptPod",
  },
  { because: "its pod was deleted", known: { statefulSet: reported(wanted, ready) }, kind: "createPod" },
  {
    because: "a set that was stopped has no pod any more",
    known: { statefulSet: { ...stopped, status: statefulSetStatus(wanted, ready) } },
    kind: "reportStatefulSet",
  },
  { because: "a stopped set rests without a pod", known: { statefulSet: reported(stopped) }, kind: "rest" },
];

for (const { because, known, kind } of rows) {
  test(`${because}: ${kind}`, () => {
    const nothing: Known = { statefulSet: undefined, pod: undefined, runningFor: undefined, backsOff: false };
    assert.equal(nextStep({ ...nothing, ...known }).kind, kind);
  });
}
