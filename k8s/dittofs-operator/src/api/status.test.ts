import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionTypes, reasons } from "./conditions.ts";
import type { DittoServerStatus } from "./status.ts";
import { status } from "./status.ts";

const full: DittoServerStatus = {
  observedGeneration: 3,
  phase: "Running",
  version: "v0.29.0",
  replicas: 1,
  readyReplicas: 1,
  availableReplicas: 1,
  configHash: "f".repeat(64),
  endpoints: [{ protocol: "nfs", scope: "loadBalancer", host: "192.0.2.7", port: 2049, ready: true, mount: "mount" }],
  volumes: [{ name: "content", claim: "content-files-0", requested: "20Gi", capacity: "20Gi", phase: "Bound" }],
  shares: [{ name: "/export", state: "Serving" }],
  shareCount: 1,
  warnings: ["two metadata stores switch durable handles off"],
  applied: {
    userPasswords: { alice: "0".repeat(32) },
    grants: { "/export": "user:alice group:staff" },
    snapshotPolicies: ["/export"],
  },
  conditions: [
    {
      type: "Ready",
      status: "True",
      reason: "Serving",
      message: "",
      lastTransitionTime: "2026-11-24T20:00:00Z",
      observedGeneration: 3,
    },
  ],
};

test("a full status is what the schema takes", () => {
  assert.deepEqual(status.parse(full), full);
});

test("a status may be empty: it can be computed again", () => {
  assert.deepEqual(status.parse({}), {});
});

test("every condition type and reason fits the schema", () => {
  const conditions = Object.keys(conditionTypes).map((type) => ({ ...full.conditions?.[0], type }));
  assert.ok(status.safeParse({ conditions }).success);
  for (const reason of Object.keys(reasons)) {
    assert.ok(status.safeParse({ conditions: [{ ...full.conditions?.[0], reason }] }).success, reason);
  }
});

test("one condition of a type, at most 64 shares, and no state of our own making", () => {
  const condition = full.conditions?.[0];
  assert.equal(status.safeParse({ conditions: [condition, condition] }).success, false);
  const shares = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `/s${at}`, state: "Serving" }));
  assert.equal(status.safeParse({ shares: shares(64) }).success, true);
  assert.equal(status.safeParse({ shares: shares(65) }).success, false);
  assert.equal(status.safeParse({ shares: [{ name: "/a", state: "Fine" }] }).success, false);
});
