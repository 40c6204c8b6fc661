import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesObject } from "../../../src/runtime/kubernetes-api.ts";
import { aStatefulSet } from "./a-stateful-set.ts";
import { NodeEffects } from "./node-effects.ts";
import { podOf } from "./pod-of.ts";

const set = aStatefulSet();
const live = (metadata: object): KubernetesObject => ({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "files", namespace: "default", uid: "set-1", ...metadata },
});

for (const { because, found, isAdopted } of [
  { because: "the set stays", found: live({}), isAdopted: true },
  { because: "the set is about to go", found: live({ deletionTimestamp: "2026-01-01T00:00:00Z" }), isAdopted: false },
  { because: "another set has the name", found: live({ uid: "set-2" }), isAdopted: false },
  { because: "the set is gone", found: undefined, isAdopted: false },
])
  test(`a pod is ${isAdopted ? "" : "not "}adopted when ${because}, whatever the watch has told so far`, async () => {
    const patched: string[] = [];
    const unexpected = () => Promise.reject(new Error("nothing else is asked for"));
    const cluster = {
      get: () => Promise.resolve(found),
      patch: ({ kind, name }: { readonly kind: string; readonly name: string }) => {
        patched.push(`${kind} ${name}`);
        return Promise.resolve(live({}));
      },
      create: unexpected,
      delete: unexpected,
    };
    await new NodeEffects(cluster, "", {}).adoptPod(set, podOf(set));
    assert.deepEqual(patched, isAdopted ? ["Pod files-0"] : []);
  });
