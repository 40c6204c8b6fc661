import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanup } from "./cleanup.ts";
import { aServer } from "./testing/a-server.ts";
import { aBoundClaim, aReadyPod, aServingWorld } from "./testing/a-world.ts";
import type { World } from "./world.ts";

const world = aServingWorld();
const [statefulSet] = world.children.statefulSets;
assert.ok(statefulSet);
const without = { ...world.children, statefulSets: [] };
const ending = {
  ...world.children,
  statefulSets: [{ ...statefulSet, metadata: { ...statefulSet.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } }],
};

const orphaning = {
  ...world.children,
  statefulSets: ending.statefulSets.map((each) => ({
    ...each,
    metadata: { ...each.metadata, finalizers: ["orphan"] },
  })),
};
const owner = { apiVersion: "apps/v1", kind: "StatefulSet", name: "files", uid: "set-1", controller: true };
const ownedPod = { ...aReadyPod(), metadata: { ...aReadyPod().metadata, ownerReferences: [owner] } };

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
    before: { children: without, pod: ownedPod },
    after: "wait",
    because: "Kubernetes ends it, and two processes on one volume destroy it",
  },
  {
    name: "a pod whose StatefulSet was just being made anew is ended without it",
    before: { children: without, pod: aReadyPod() },
    after: "endPod",
    because: "nobody else ends it, and the deletion would wait for ever",
  },
  {
    name: "a StatefulSet that is letting go of its pod is awaited",
    before: { children: orphaning, pod: ownedPod },
    after: "wait",
    because: "the pod still names it as its owner",
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

const underDelete = { server: aServer({ deletionPolicy: "Delete" }), children: without, pod: undefined };
const claim = aBoundClaim("controlplane-files-0");

test("under Delete a claim that no StatefulSet takes along is removed before the server is let go", () => {
  assert.deepEqual(cleanup(aServingWorld(underDelete)), {
    kind: "removeClaims",
    claims: [{ name: "controlplane-files-0", uid: "uid-controlplane-files-0" }],
  });
});

test("under Delete nothing is said to stay, and claims that go are left to Kubernetes", () => {
  for (const metadata of [
    { ...claim.metadata, ownerReferences: [owner] },
    { ...claim.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" },
  ])
    assert.deepEqual(cleanup(aServingWorld({ ...underDelete, claims: [{ ...claim, metadata }] })), {
      kind: "release",
      kept: [],
    });
});
