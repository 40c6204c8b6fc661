import assert from "node:assert/strict";
import { test } from "node:test";
import { anAnswer, aReadyPod } from "../testing/a-world.ts";
import { podRestart } from "./pod-restart.ts";

const pod = aReadyPod();
const lacking = { podName: "files-0", podUid: "pod-1", claimName: "cache-files-0" };
const because = "it reads the settings of metadata store a at its start";
const outdated = anAnswer({ outdated: because });
const ending = { ...pod, metadata: { ...pod.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } };

const rows: readonly {
  readonly name: string;
  readonly inputs: Parameters<typeof podRestart>[0];
  readonly restart: ReturnType<typeof podRestart>;
}[] = [
  {
    name: "a process that is as it was told runs on",
    inputs: { growth: { restart: undefined }, pod, dittofs: anAnswer() },
    restart: undefined,
  },
  {
    name: "one that was told what it takes up only at its start is ended, by the uid of its pod",
    inputs: { growth: { restart: undefined }, pod, dittofs: outdated },
    restart: { podName: "files-0", podUid: "pod-1", because },
  },
  {
    name: "one that is ending is not ended twice",
    inputs: { growth: { restart: undefined }, pod: ending, dittofs: outdated },
    restart: undefined,
  },
  {
    name: "a volume that the pod lacks is reason enough, and one restart serves both",
    inputs: { growth: { restart: lacking }, pod, dittofs: outdated },
    restart: {
      podName: "files-0",
      podUid: "pod-1",
      because: "it lacks the volume of PersistentVolumeClaim cache-files-0",
    },
  },
  {
    name: "what nobody answered is no reason",
    inputs: { growth: { restart: undefined }, pod, dittofs: { kind: "unreachable", sinceMs: 0, message: "" } },
    restart: undefined,
  },
];

for (const { name, inputs, restart } of rows) test(name, () => assert.deepEqual(podRestart(inputs), restart));
