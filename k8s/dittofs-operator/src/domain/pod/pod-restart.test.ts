import assert from "node:assert/strict";
import { test } from "node:test";
import { anAnswer, aReadyPod, aServingWorld } from "../testing/a-world.ts";
import { podRestart } from "./pod-restart.ts";

const pod = aReadyPod();
const lacking = { podName: "files-0", podUid: "pod-1", claimName: "cache-files-0" };
const because = "it reads the settings of metadata store a at its start";
const outdated = anAnswer({ outdated: because });
const ending = { ...pod, metadata: { ...pod.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } };

const { children } = aServingWorld();
const [live] = children.statefulSets;
assert.ok(live);
const changed = { ...live, metadata: { ...live.metadata, generation: 2 } };

const rows: readonly {
  readonly name: string;
  readonly inputs: Parameters<typeof podRestart>[0];
  readonly restart: ReturnType<typeof podRestart>;
}[] = [
  {
    name: "a process that is as it was told runs on",
    inputs: { children, growth: { restart: undefined }, pod, dittofs: anAnswer() },
    restart: undefined,
  },
  {
    name: "one that was told what it takes up only at its start is ended, by the uid of its pod",
    inputs: { children, growth: { restart: undefined }, pod, dittofs: outdated },
    restart: { podName: "files-0", podUid: "pod-1", because },
  },
  {
    name: "one that is ending is not ended twice",
    inputs: { children, growth: { restart: undefined }, pod: ending, dittofs: outdated },
    restart: undefined,
  },
  {
    name: "a volume that the pod lacks is reason enough, and one restart serves both",
    inputs: { children, growth: { restart: lacking }, pod, dittofs: outdated },
    restart: {
      podName: "files-0",
      podUid: "pod-1",
      because: "it lacks the volume of PersistentVolumeClaim cache-files-0",
    },
  },
  {
    name: "one whose pod is about to be replaced by a rollout is left to that",
    inputs: { children: { statefulSets: [changed] }, growth: { restart: undefined }, pod, dittofs: outdated },
    restart: undefined,
  },
  {
    name: "what nobody answered is no reason",
    inputs: {
      children,
      growth: { restart: undefined },
      pod,
      dittofs: { kind: "unreachable", sinceMs: 0, message: "" },
    },
    restart: undefined,
  },
];

for (const { name, inputs, restart } of rows) test(name, () => assert.deepEqual(podRestart(inputs), restart));
