import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { resources } from "../src/controller/resources.ts";
import type { ApiAnswer, ApiFailure, KubernetesObject, Resource } from "../src/runtime/kubernetes-api.ts";
import { adminApi } from "./cluster/admin-api.ts";
import { enterLab } from "./cluster/enter-lab.ts";
import { fakeNodeLab } from "./cluster/fake-node/fake-node.ts";

const { cluster, directory } = await enterLab("light", fakeNodeLab);
const api = await adminApi(directory);
const { configMaps, secrets, services } = resources;
const namespaces: Resource = { group: "", version: "v1", kind: "Namespace", plural: "namespaces", isNamespaced: false };
const write = { fieldManager: "dittofs-operator" };
const applied = { ...write, force: true };

function configMap(name: string, meta: object = {}, data: object = { a: "b" }): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default", ...meta }, data };
}

function valueOf<T>(answer: ApiAnswer<T>): T {
  assert.ok(answer.ok, answer.ok ? "" : JSON.stringify(answer.failure));
  return answer.value;
}

function failureOf(answer: ApiAnswer<unknown>): ApiFailure {
  assert.ok(!answer.ok, "the call should have failed");
  return answer.failure;
}

const data = async (name: string): Promise<unknown> =>
  (await cluster.get({ apiVersion: "v1", kind: "ConfigMap", namespace: "default", name }))?.["data"];

describe("the guards of an apply", () => {
  test("version 1 creates an object that is missing, and leaves one that exists untouched", async () => {
    const guarded = configMap("guarded", { resourceVersion: "1" });
    const created = valueOf(await api.apply(configMaps, guarded, applied));
    assert.notEqual(created.metadata.uid, undefined);
    const stranger = configMap("guarded", { resourceVersion: "1" }, { a: "overwritten" });
    assert.equal(failureOf(await api.apply(configMaps, stranger, applied)).code, "conflict");
    assert.deepEqual(await data("guarded"), { a: "b" });
  });

  test("a uid lets the apply reach that object only, and bring none back", async () => {
    const { uid } = valueOf(await api.apply(configMaps, configMap("by-uid"), applied)).metadata;
    valueOf(await api.apply(configMaps, configMap("by-uid", { uid }, { a: "c" }), applied));
    const another = { uid: "00000000-0000-0000-0000-000000000000" };
    const failure = failureOf(await api.apply(configMaps, configMap("by-uid", another), applied));
    assert.deepEqual([failure.code, failure.causes[0]?.field], ["invalid", "metadata.uid"]);
    valueOf(await api.delete(configMaps, { namespace: "default", name: "by-uid" }, { propagation: "Background" }));
    assert.equal(failureOf(await api.apply(configMaps, configMap("by-uid", { uid }), applied)).code, "conflict");
    assert.equal(await data("by-uid"), undefined);
  });

  test("the same apply twice leaves the version as it is", async () => {
    const first = valueOf(await api.apply(configMaps, configMap("twice"), applied));
    const second = valueOf(await api.apply(configMaps, configMap("twice"), applied));
    assert.equal(second.metadata.resourceVersion, first.metadata.resourceVersion);
  });
});

describe("what a real API server refuses, and what the client makes of it", () => {
  const key = { namespace: "default", name: "refused" };

  test("an unknown field, in strict validation", async () => {
    const odd = { ...configMap("refused"), fieldOfNobody: 1 };
    assert.equal(failureOf(await api.create(configMaps, odd, write)).code, "badRequest");
  });

  test("a name that is taken, a version that is old, an object that is missing", async () => {
    valueOf(await api.create(configMaps, configMap("refused"), write));
    assert.equal(failureOf(await api.create(configMaps, configMap("refused"), write)).code, "alreadyExists");
    const old = configMap("refused", { resourceVersion: "1" });
    assert.equal(failureOf(await api.replace(configMaps, old, write)).code, "conflict");
    assert.equal(failureOf(await api.get(configMaps, { namespace: "default", name: "missing" })).code, "notFound");
  });

  test("a JSON patch whose test fails", async () => {
    const operations = [
      { op: "test", path: "/metadata/resourceVersion", value: "1" },
      { op: "add", path: "/metadata/finalizers", value: ["a.b/c"] },
    ] as const;
    assert.equal(failureOf(await api.patch(configMaps, key, operations, write)).code, "invalid");
  });

  test("a delete of another object of that name", async () => {
    const options = { uid: "00000000-0000-0000-0000-000000000000", propagation: "Background" } as const;
    assert.equal(failureOf(await api.delete(configMaps, key, options)).code, "conflict");
    assert.deepEqual(await data("refused"), { a: "b" });
  });

  test("an object in a namespace that is being deleted", async () => {
    valueOf(await api.create(namespaces, { apiVersion: "v1", kind: "Namespace", metadata: { name: "going" } }, write));
    valueOf(await api.create(configMaps, configMap("hold", { namespace: "going", finalizers: ["a.b/c"] }), write));
    valueOf(await api.delete(namespaces, { name: "going" }, { propagation: "Background" }));
    const failure = failureOf(await api.apply(configMaps, configMap("late", { namespace: "going" }), applied));
    assert.equal(failure.code, "namespaceTerminating");
    const operations = [{ op: "remove", path: "/metadata/finalizers" }] as const;
    valueOf(await api.patch(configMaps, { namespace: "going", name: "hold" }, operations, write));
  });

  test("a Secret with a wrong value, without saying the value", async () => {
    const secret = { ...configMap("refused", {}, { password: "not-base64-canary!" }), kind: "Secret" };
    const failure = failureOf(await api.apply(secrets, secret, applied));
    assert.ok(!JSON.stringify(failure).includes("canary"), failure.message);
  });
});

describe("lists and watches of a real API server", () => {
  test("a list comes in pages, each item a whole object of its kind", async () => {
    for (const name of ["p1", "p2", "p3"]) {
      valueOf(await api.create(configMaps, configMap(name, { labels: { page: "yes" } }), write));
    }
    const query = { namespace: "default", labelSelector: "page=yes", limit: 2, shape: "full" } as const;
    const first = valueOf(await api.list(configMaps, query));
    assert.ok(first.continueToken !== undefined);
    const second = valueOf(await api.list(configMaps, { ...query, continueToken: first.continueToken }));
    assert.equal(second.continueToken, undefined);
    const all = [...first.items, ...second.items];
    assert.deepEqual(
      all.map(({ kind, metadata }) => [kind, metadata.name]),
      [
        ["ConfigMap", "p1"],
        ["ConfigMap", "p2"],
        ["ConfigMap", "p3"],
      ],
    );
  });

  test("a packed list is read", async () => {
    const large = { text: "x".repeat(200_000) };
    valueOf(await api.create(configMaps, configMap("large", { labels: { size: "large" } }, large), write));
    const listed = valueOf(await api.list(configMaps, { labelSelector: "size=large", shape: "full" }));
    assert.deepEqual(listed.items[0]?.["data"], large);
  });

  test("metadata only: no contents, and the kind that was asked for", async () => {
    const listed = valueOf(await api.list(configMaps, { labelSelector: "size=large", shape: "metadata" }));
    assert.equal(listed.items[0]?.kind, "ConfigMap");
    assert.equal(listed.items[0]?.["data"], undefined);
  });

  test("a group that is served, and one that is not", async () => {
    assert.deepEqual(await api.servesGroup("apps"), { ok: true, value: true });
    assert.deepEqual(await api.servesGroup("security.openshift.io"), { ok: true, value: false });
  });

  test("a watch tells changes in order, and ends when its time is over", async () => {
    const { resourceVersion } = valueOf(await api.list(services, { namespace: "default", shape: "full" }));
    const query = { namespace: "default", resourceVersion, timeoutSeconds: 2, shape: "full" } as const;
    const stream = valueOf(await api.watch(services, query));
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "seen", namespace: "default" } };
    const ports = [{ port: 80, protocol: "TCP" }];
    valueOf(await api.apply(services, { ...service, spec: { ports } }, applied));
    valueOf(await api.apply(services, { ...service, spec: { ports, type: "NodePort" } }, applied));
    valueOf(await api.delete(services, { namespace: "default", name: "seen" }, { propagation: "Background" }));
    const told: string[] = [];
    for await (const event of stream.events) if (event.type !== "bookmark") told.push(event.type);
    assert.deepEqual(told, ["added", "modified", "deleted"]);
  });
});
