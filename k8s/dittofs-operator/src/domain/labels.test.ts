import assert from "node:assert/strict";
import { test } from "node:test";
import { childLabels, isManaged, managedSelector, selectorLabels } from "./labels.ts";
import { aServer } from "./testing/a-server.ts";

test("a server's pod is selected by the two labels that its StatefulSets have always had", () => {
  assert.deepEqual(selectorLabels(aServer()), { app: "dittofs-server", instance: "files" });
});

test("a child carries what selects the pod and the recommended labels", () => {
  assert.deepEqual(childLabels(aServer(), "nfs"), {
    app: "dittofs-server",
    instance: "files",
    "app.kubernetes.io/name": "dittofs",
    "app.kubernetes.io/instance": "files",
    "app.kubernetes.io/managed-by": "dittofs-operator",
    "app.kubernetes.io/component": "nfs",
  });
});

test("the caches' selector matches every child", () => {
  const [label = "", value] = managedSelector.split("=");
  assert.equal(childLabels(aServer(), "server")[label], value);
});

const all = childLabels(aServer(), "credentials");
const { app: _, instance: __, ...recommended } = all;

for (const { name, labels, is } of [
  { name: "all labels", labels: all, is: true },
  { name: "what selects the pod, where the others were taken away", labels: selectorLabels(aServer()), is: true },
  { name: "the recommended labels, where the selector's were taken away", labels: recommended, is: true },
  {
    name: "one of each pair, which is too little",
    labels: { app: "dittofs-server", "app.kubernetes.io/instance": "files" },
    is: false,
  },
  { name: "another server's", labels: childLabels(aServer({}, { name: "other" }), "credentials"), is: false },
]) {
  test(`an object without an owner is ${is ? "" : "not "}known by ${name}`, () => {
    assert.equal(isManaged(labels, "files"), is);
  });
}
