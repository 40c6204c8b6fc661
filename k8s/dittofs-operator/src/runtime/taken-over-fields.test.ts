import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject, ManagedFieldsEntry } from "./kubernetes-api.ts";
import { takenOverFields } from "./taken-over-fields.ts";

const owner = { apiVersion: "v1", kind: "Owner", name: "o", uid: "u1", controller: true };
const setsOwner = {
  "f:metadata": { "f:ownerReferences": { ".": {}, 'k:{"uid":"u1"}': {} } },
  "f:spec": { "f:type": {} },
};
const before: ManagedFieldsEntry = { manager: "another", operation: "Update", fieldsV1: setsOwner };
const status: ManagedFieldsEntry = {
  ...before,
  manager: "kube-controller-manager",
  subresource: "status",
  fieldsV1: {},
};
const user: ManagedFieldsEntry = {
  manager: "kubectl-annotate",
  operation: "Update",
  fieldsV1: { "f:metadata": { "f:annotations": { "f:note": {} } } },
};
const ours: ManagedFieldsEntry = { manager: "ours", operation: "Apply", fieldsV1: {} };

const objectWith = (managedFields: readonly ManagedFieldsEntry[], owners = [owner]): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "s", ownerReferences: owners, managedFields },
});

test("what the operator of before set becomes ours, and everything else stays whose it is", () => {
  assert.deepEqual(takenOverFields(objectWith([user, before, status]), "ours"), [
    user,
    { manager: "ours", operation: "Apply", fieldsV1: setsOwner },
    status,
  ]);
});

for (const [name, object] of [
  ["an object that we have applied before", objectWith([before, ours])],
  ["an object that nobody owns", objectWith([before], [])],
  ["an object whose owner reference nobody set by an update", objectWith([user, status])],
  ["an owner reference to something else", objectWith([before], [{ ...owner, uid: "u2" }])],
  ["one that an apply set", objectWith([{ ...before, operation: "Apply" }])],
] as const) {
  test(`nothing is taken over of ${name}`, () => assert.equal(takenOverFields(object, "ours"), undefined));
}
