import assert from "node:assert/strict";
import { test } from "node:test";
import { addFinalizer, removeFinalizer } from "./finalizer.ts";
import type { ApiAnswer, JsonPatchOperation, KubernetesObject, ObjectMeta, Resource } from "./kubernetes-api.ts";

const resource: Resource = { group: "g", version: "v1", kind: "Thing", plural: "things", isNamespaced: true };
const signal = new AbortController().signal;

async function patched(change: typeof addFinalizer, metadata: ObjectMeta, answer?: ApiAnswer<KubernetesObject>) {
  const sent: JsonPatchOperation[] = [];
  const written: KubernetesObject[] = [];
  const value: KubernetesObject = { apiVersion: "g/v1", kind: "Thing", metadata };
  const api = {
    patch: async (_: Resource, __: unknown, operations: readonly JsonPatchOperation[]) => {
      sent.push(...operations);
      return await Promise.resolve(answer ?? ({ ok: true, value } as const));
    },
  };
  const store = { recordWrite: (object: KubernetesObject) => written.push(object) };
  const result = await change({ api, resource, store, metadata, finalizer: "ours", fieldManager: "m", signal });
  return { sent, written, result };
}

const named = { name: "a", namespace: "n", uid: "u", resourceVersion: "7" };

test("a first finalizer is added only to the very version that was seen", async () => {
  const { sent } = await patched(addFinalizer, named);
  assert.deepEqual(sent, [
    { op: "test", path: "/metadata/uid", value: "u" },
    { op: "test", path: "/metadata/resourceVersion", value: "7" },
    { op: "add", path: "/metadata/finalizers", value: ["ours"] },
  ]);
});

test("a further finalizer is added only to the list that was seen, so that nobody else's is lost", async () => {
  const { sent } = await patched(addFinalizer, { ...named, finalizers: ["theirs"] });
  assert.deepEqual(sent.slice(1), [
    { op: "test", path: "/metadata/finalizers", value: ["theirs"] },
    { op: "replace", path: "/metadata/finalizers", value: ["theirs", "ours"] },
  ]);
});

test("only our own finalizer is removed", async () => {
  const { sent } = await patched(removeFinalizer, { ...named, finalizers: ["theirs", "ours"] });
  assert.deepEqual(sent.at(-1), { op: "replace", path: "/metadata/finalizers", value: ["theirs"] });
});

test("the answer of a successful change enters the store, that of a failed one does not", async () => {
  assert.equal((await patched(addFinalizer, named)).written.length, 1);
  const failure = { code: "invalid", message: "test failed", causes: [], mayHaveHappened: false } as const;
  const { written, result } = await patched(addFinalizer, named, { ok: false, failure });
  assert.equal(written.length, 0);
  assert.equal(result.ok, false);
});
