import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { slimMetadata, slimObject } from "./slim-object.ts";

const live: KubernetesObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: "a",
    namespace: "n",
    uid: "u",
    resourceVersion: "5",
    labels: { app: "x" },
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{}", kept: "yes" },
    managedFields: [
      { manager: "us", operation: "Apply", fieldsV1: { "f:data": {} } },
      { manager: "kubectl", operation: "Update", fieldsV1: { "f:data": {} } },
    ],
  },
  data: { key: "value" },
  fieldOfTheFuture: { nested: [1] },
};

describe("what a store keeps of an object", () => {
  test("other managers' field sets and kubectl's copy go, our own field set stays", () => {
    const { managedFields, annotations } = slimObject(live, "us").metadata;
    assert.deepEqual(managedFields, [{ manager: "us", operation: "Apply", fieldsV1: { "f:data": {} } }]);
    assert.deepEqual(annotations, { kept: "yes" });
  });

  test("fields that this program does not know survive (defect 13: unknown fields)", () => {
    assert.deepEqual(slimObject(live, "us")["fieldOfTheFuture"], { nested: [1] });
  });

  test("an object without annotations and managed fields gets none", () => {
    const bare: KubernetesObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    assert.deepEqual(slimObject(bare, "us"), bare);
  });

  test("of metadata only identity, version, labels and the mark of removal stay", () => {
    const removed = { ...live, metadata: { ...live.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } };
    assert.deepEqual(slimMetadata(removed), {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: {
        name: "a",
        namespace: "n",
        uid: "u",
        resourceVersion: "5",
        labels: { app: "x" },
        deletionTimestamp: "2026-01-01T00:00:00Z",
      },
    });
  });

  test("the object that was given stays as it is", () => {
    const before = structuredClone(live);
    slimObject(live, "us");
    slimMetadata(live);
    assert.deepEqual(live, before);
  });
});
