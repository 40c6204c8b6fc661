import assert from "node:assert/strict";
import { test } from "node:test";
import type { KubernetesApi, KubernetesObject } from "../runtime/kubernetes-api.ts";
import { aClient, configMaps, key, whileTimePasses } from "./testing/a-client.ts";
import { answer } from "./testing/fake-api-server.ts";

const object: KubernetesObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "default" } };
const write = { fieldManager: "us" };
const writes: Readonly<Record<string, (api: KubernetesApi) => Promise<unknown>>> = {
  create: async (api) => await api.create(configMaps, object, write),
  replace: async (api) => await api.replace(configMaps, object, write),
  apply: async (api) => await api.apply(configMaps, object, { ...write, force: true }),
  patch: async (api) => await api.patch(configMaps, key, [{ op: "remove", path: "/data" }], write),
  delete: async (api) => await api.delete(configMaps, key, { propagation: "Background" }),
};

for (const [verb, call] of Object.entries(writes)) {
  test(`a process that no longer leads sends no ${verb}`, async () => {
    await using client = await aClient({ mayWrite: () => false });
    client.server.handle = (_, response) => answer(response, 200, object);
    await whileTimePasses(client.clock, 1_000, call(client.api));
    assert.deepEqual(client.server.received, []);
  });
}

test("a process that no longer leads still reads", async () => {
  await using client = await aClient({ mayWrite: () => false });
  client.server.handle = (_, response) => answer(response, 200, object);
  assert.equal((await client.api.get(configMaps, key)).ok, true);
});

test("a write that leadership outlived is not sent a second time", async () => {
  let isLeading = true;
  await using client = await aClient({ mayWrite: () => isLeading });
  client.server.handle = (_, response) => {
    isLeading = false;
    response.destroy();
  };
  await whileTimePasses(client.clock, 1_000, client.api.apply(configMaps, object, { ...write, force: true }));
  assert.equal(client.server.received.length, 1);
});
