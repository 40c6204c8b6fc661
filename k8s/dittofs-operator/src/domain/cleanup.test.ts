import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanup } from "./cleanup.ts";
import { aServer } from "./testing/a-server.ts";
import { aReadyPod, aServingWorld } from "./testing/a-world.ts";
import type { World } from "./world.ts";

const world = aServingWorld();
const [statefulSet] = world.children.statefulSets;
assert.ok(statefulSet);
const without = { ...world.children, statefulSets: [] };
const ending = {
  ...world.children,
  statefulSets: [{ ...statefulSet, metadata: { ...statefulSet.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } }],
};

const rows: readonly { name: string; before: Partial<World>; after: string; because: string }[] = [
  {
    name: "a running server is ended first",
    before: {},
    after: "endStatefulSet",
    because: "its process must flush before anything goes",
  },
  {
    name: "a StatefulSet that is going is awaited",
    before: { children: ending },
    after: "wait",
    because: "its pod still writes",
  },
  {
    name: "a pod without its StatefulSet is awaited",
    before: { children: without, pod: aReadyPod() },
    after: "wait",
    because: "two processes on one volume destroy it",
  },
  {
    name: "a pod that is ending is awaited",
    before: { children: without, pod: { metadata: { name: "files-0", deletionTimestamp: "2026-01-01T00:00:00Z" } } },
    after: "wait",
    because: "it still flushes",
  },
  {
    name: "without process the server is let go",
    before: { children: without, pod: undefined },
    after: "release",
    because: "nothing writes any more",
  },
];
for (const { name, before, after, because } of rows) {
  test(name, () => assert.equal(cleanup(aServingWorld(before)).kind, after, because));
}

test("what stays under Retain is named: claims and generated credentials", () => {
  const released = cleanup(aServingWorld({ children: without, pod: undefined }));
  assert.ok(released.kind === "release");
  assert.deepEqual(released.kept, [
    "PersistentVolumeClaim controlplane-files-0",
    "Secret files-admin-bootstrap-credentials",
    "Secret files-jwt-secret",
  ]);
});

test("under Delete nothing is said to stay", () => {
  const server = aServer({ deletionPolicy: "Delete" });
  assert.deepEqual(cleanup(aServingWorld({ server, children: without, pod: undefined })), {
    kind: "release",
    kept: [],
  });
});
