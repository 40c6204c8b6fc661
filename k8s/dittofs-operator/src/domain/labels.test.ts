import assert from "node:assert/strict";
import { test } from "node:test";
import { childLabels, managedSelector, selectorLabels } from "./labels.ts";
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
