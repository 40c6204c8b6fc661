import assert from "node:assert/strict";
import { test } from "node:test";
import { status } from "./status.ts";
import { aPass, aServingWorld } from "./testing/a-world.ts";

test("while its StatefulSet is made anew the pod is counted", () => {
  const world = aServingWorld();
  const pass = aPass({ ...world, children: { ...world.children, statefulSets: [] } });
  const { replicas, readyReplicas, availableReplicas } = status(pass);
  assert.deepEqual(
    { replicas, readyReplicas, availableReplicas },
    { replicas: 1, readyReplicas: 1, availableReplicas: 1 },
  );
});
