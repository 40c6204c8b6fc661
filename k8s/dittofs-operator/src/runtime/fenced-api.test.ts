import assert from "node:assert/strict";
import { test } from "node:test";
import { fencedApi, NotLeadingError } from "./fenced-api.ts";
import type { KubernetesApi } from "./kubernetes-api.ts";

const calls: string[] = [];
const names = ["get", "list", "watch", "create", "replace", "apply", "patch", "delete"] as const;
const bare = Object.fromEntries(
  names.map((name) => [name, async () => await Promise.resolve(calls.push(name))]),
) as unknown as KubernetesApi; // answers do not matter here
const call = async (name: (typeof names)[number], isLeading: boolean): Promise<unknown> =>
  await (fencedApi(bare, () => isLeading)[name] as () => Promise<unknown>)(); // arguments do not matter here

for (const name of ["get", "list", "watch"] as const) {
  test(`a process that no longer leads may still ${name}`, async () => {
    await call(name, false);
    assert.equal(calls.at(-1), name);
  });
}
for (const name of ["create", "replace", "apply", "patch", "delete"] as const) {
  test(`a process that no longer leads does not ${name}: nothing is sent`, async () => {
    const before = calls.length;
    await assert.rejects(call(name, false), NotLeadingError);
    assert.equal(calls.length, before);
    await call(name, true);
    assert.equal(calls.at(-1), name);
  });
}
