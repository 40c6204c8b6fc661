import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { childMeta, retainableMeta } from "./child-meta.ts";

const described = { name: "files-api", component: "api" } as const;

test("a child lives beside its DittoServer and names it as the one controller", () => {
  const { name, namespace, ownerReferences } = childMeta(aServer({}, { namespace: "team" }), described);
  assert.deepEqual([name, namespace], ["files-api", "team"]);
  assert.deepEqual(ownerReferences, [
    {
      apiVersion: "dittofs.dittofs.com/v1alpha1",
      kind: "DittoServer",
      name: "files",
      uid: "11111111-2222-3333-4444-555555555555",
      controller: true,
      blockOwnerDeletion: true,
    },
  ]);
});

test("a child without annotations claims none, so that others' stay", () => {
  assert.ok(!("annotations" in childMeta(aServer(), described)));
  assert.ok(!("annotations" in childMeta(aServer(), { ...described, annotations: {} })));
  assert.deepEqual(childMeta(aServer(), { ...described, annotations: { a: "b" } }).annotations, { a: "b" });
});

test("the deletion policy decides whether a retainable child has an owner", () => {
  assert.equal(retainableMeta(aServer(), described).ownerReferences, undefined);
  assert.equal(retainableMeta(aServer({ deletionPolicy: "Delete" }), described).ownerReferences?.length, 1);
});
