import assert from "node:assert/strict";
import { test } from "node:test";
import { childLabels } from "../domain/labels.ts";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { createClusterStores, watched } from "./cluster-stores.ts";
import { serversToLookAt } from "./watches.ts";

const server = aServer({
  identity: {
    jwt: { secretRef: { name: "mine", key: "k" }, accessTokenDuration: "15m", refreshTokenDuration: "168h" },
    admin: { username: "admin" },
  },
});
const stores = createClusterStores();
stores.dittoServers.feed(undefined).put(server);
const child = (labels: object): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "x", namespace: "default", labels: { ...labels } },
});
const keys = (
  store: (typeof watched)[number]["store"],
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
) => [...serversToLookAt(store, { before, after }, stores)];

test("a child wakes its server", () =>
  assert.deepEqual(keys("services", undefined, child(childLabels(server, "api"))), ["default/files"]));

test("a child whose labels were changed wakes the server that it had", () => {
  assert.deepEqual(keys("services", child(childLabels(server, "api")), child({})), ["default/files"]);
  assert.deepEqual(
    keys(
      "services",
      child(childLabels(server, "api")),
      child(childLabels(aServer({}, { name: "other" }), "api")),
    ).toSorted(),
    ["default/files", "default/other"],
  );
});

test("a child without labels wakes nobody", () => assert.deepEqual(keys("services", undefined, child({})), []));

test("a Secret wakes the servers that name it, when it comes and when it goes", () => {
  const secret = (name: string): KubernetesObject => ({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace: "default" },
  });
  assert.deepEqual(keys("secretNames", undefined, secret("mine")), ["default/files"]);
  assert.deepEqual(keys("secretNames", secret("mine"), undefined), ["default/files"]);
  assert.deepEqual(keys("secretNames", undefined, secret("another")), []);
  const elsewhere = { ...secret("mine"), metadata: { name: "mine", namespace: "elsewhere" } };
  assert.deepEqual(keys("secretNames", undefined, elsewhere), [], "a reference never leaves its namespace");
});

test("a StorageClass wakes every server, for any may wait for it", () => {
  const storageClass = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "fast" } };
  assert.deepEqual(keys("storageClasses", undefined, storageClass), ["default/files"]);
});

test("a claim of a StatefulSet that somebody else once made wakes its server by the selector's labels", () => {
  const claim = child({ app: "dittofs-server", instance: "files" });
  assert.deepEqual(keys("claims", undefined, claim), ["default/files"]);
});

test("the contents of Secrets are watched only where the operator made them", () => {
  for (const { resource, shape, labelSelector } of watched) {
    if (resource.kind === "Secret")
      assert.ok(shape === "metadata" || labelSelector === "app.kubernetes.io/managed-by=dittofs-operator");
  }
});
