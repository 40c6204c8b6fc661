import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { aClient, configMaps, key } from "./testing/a-client.ts";
import { answer } from "./testing/fake-api-server.ts";

const object: KubernetesObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "default", uid: "u", resourceVersion: "7" },
  data: { key: "value" },
  fieldOfTheFuture: { deep: [1, null, "x"] },
};
const write = { fieldManager: "us" };

/** One call, and what the server saw of it: `PUT /path?query`. */
async function sent(call: (client: Awaited<ReturnType<typeof aClient>>) => Promise<unknown>, body: unknown = object) {
  await using client = await aClient();
  client.server.handle = (_, response) => answer(response, 200, body);
  const result = await call(client);
  const [received] = client.server.received;
  assert.ok(received);
  const query = received.query.size === 0 ? "" : `?${decodeURIComponent(received.query.toString())}`;
  return { line: `${received.method} ${received.path}${query}`, received, result };
}

describe("requests as they go over the wire", () => {
  test("get", async () => {
    const { line, received, result } = await sent(({ api }) => api.get(configMaps, key));
    assert.equal(line, "GET /api/v1/namespaces/default/configmaps/a");
    assert.equal(received.headers.authorization, "Bearer token-1");
    assert.equal(received.headers["user-agent"], "test/1");
    assert.deepEqual(result, { ok: true, value: object });
  });

  test("get of a kind without namespaces", async () => {
    const nodes = { ...configMaps, kind: "Node", plural: "nodes", isNamespaced: false };
    assert.equal((await sent(({ api }) => api.get(nodes, { name: "n1" }))).line, "GET /api/v1/nodes/n1");
  });

  test("whether a group is served: a group, none, and no answer about it", async () => {
    const { line, result } = await sent(({ api }) => api.servesGroup("security.openshift.io"), { kind: "APIGroup" });
    assert.equal(line, "GET /apis/security.openshift.io");
    assert.deepEqual(result, { ok: true, value: true });
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 404, { kind: "Status", reason: "NotFound", code: 404 });
    assert.deepEqual(await client.api.servesGroup("a.example.com"), { ok: true, value: false });
    client.server.handle = (_, response) => answer(response, 403, { kind: "Status", reason: "Forbidden", code: 403 });
    const forbidden = await client.api.servesGroup("a.example.com");
    assert.equal(forbidden.ok ? "" : forbidden.failure.code, "forbidden");
  });

  test("create, strict about unknown fields", async () => {
    const { line, received } = await sent(({ api }) => api.create(configMaps, object, write));
    assert.equal(line, "POST /api/v1/namespaces/default/configmaps?fieldManager=us&fieldValidation=Strict");
    assert.deepEqual(JSON.parse(received.body), object);
  });

  test("replace", async () => {
    const { line } = await sent(({ api }) => api.replace(configMaps, object, write));
    assert.equal(line, "PUT /api/v1/namespaces/default/configmaps/a?fieldManager=us&fieldValidation=Strict");
  });

  test("apply", async () => {
    const { line, received } = await sent(({ api }) => api.apply(configMaps, object, { ...write, force: true }));
    assert.equal(
      line,
      "PATCH /api/v1/namespaces/default/configmaps/a?fieldManager=us&fieldValidation=Strict&force=true",
    );
    assert.equal(received.headers["content-type"], "application/apply-patch+yaml");
  });

  test("apply of a status", async () => {
    const servers = { ...configMaps, group: "example.com", version: "v1alpha1", kind: "Server", plural: "servers" };
    const options = { ...write, force: false, subresource: "status" } as const;
    const { line } = await sent(({ api }) => api.apply(servers, object, options));
    assert.equal(
      line,
      "PATCH /apis/example.com/v1alpha1/namespaces/default/servers/a/status?fieldManager=us&fieldValidation=Strict&force=false",
    );
  });

  test("JSON patch", async () => {
    const operations = [{ op: "remove", path: "/metadata/finalizers" }] as const;
    const { received } = await sent(({ api }) => api.patch(configMaps, key, operations, write));
    assert.equal(received.headers["content-type"], "application/json-patch+json");
    assert.deepEqual(JSON.parse(received.body), operations);
  });

  test("delete with its preconditions", async () => {
    const options = { uid: "u", resourceVersion: "7", propagation: "Foreground" } as const;
    const { line, received, result } = await sent(({ api }) => api.delete(configMaps, key, options));
    assert.equal(line, "DELETE /api/v1/namespaces/default/configmaps/a");
    assert.deepEqual(JSON.parse(received.body), {
      kind: "DeleteOptions",
      apiVersion: "v1",
      propagationPolicy: "Foreground",
      preconditions: { uid: "u", resourceVersion: "7" },
    });
    assert.deepEqual(result, { ok: true, value: "deleted" });
  });

  test("a page of a list", async () => {
    const page = { metadata: { resourceVersion: "9", continue: "more" }, items: [{ metadata: { name: "a" } }] };
    const query = { labelSelector: "a=b,c", limit: 500, continueToken: "t/+=", shape: "full" } as const;
    const { line, received, result } = await sent(({ api }) => api.list(configMaps, query), page);
    assert.equal(line, "GET /api/v1/configmaps?labelSelector=a=b,c&limit=500&continue=t/+=");
    assert.equal(received.headers["accept-encoding"], "gzip");
    assert.deepEqual(result, {
      ok: true,
      value: {
        resourceVersion: "9",
        continueToken: "more",
        items: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }],
      },
    });
  });

  test("a list of metadata only: items are what was asked for, not PartialObjectMetadata", async () => {
    const item = { apiVersion: "meta.k8s.io/v1", kind: "PartialObjectMetadata", metadata: { name: "a" } };
    const page = { metadata: { resourceVersion: "9" }, items: [item] };
    const query = { namespace: "n", shape: "metadata" } as const;
    const { line, received, result } = await sent(({ api }) => api.list(configMaps, query), page);
    assert.equal(line, "GET /api/v1/namespaces/n/configmaps");
    assert.equal(received.headers.accept, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
    const items = [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }];
    assert.deepEqual(result, { ok: true, value: { resourceVersion: "9", items } });
  });

  test("an empty list may come as null", async () => {
    const page = { metadata: { resourceVersion: "9" }, items: null };
    const { result } = await sent(({ api }) => api.list(configMaps, { shape: "full" }), page);
    assert.deepEqual(result, { ok: true, value: { resourceVersion: "9", items: [] } });
  });

  test("names are escaped, so that none can reach another path", async () => {
    const { line } = await sent(({ api }) => api.get(configMaps, { namespace: "../x", name: "a/b?c" }));
    assert.equal(line, "GET /api/v1/namespaces/..%2Fx/configmaps/a%2Fb%3Fc");
  });
});

describe("answers as they come over the wire", () => {
  test("unknown fields survive, also a null (defect 13)", async () => {
    const { result } = await sent(({ api }) => api.get(configMaps, key));
    assert.deepEqual(result, { ok: true, value: object });
  });

  test("a packed list is unpacked", async () => {
    await using client = await aClient();
    const page = { metadata: { resourceVersion: "9" }, items: [object] };
    client.server.handle = (_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(JSON.stringify(page)));
    };
    const listed = await client.api.list(configMaps, { shape: "full" });
    assert.deepEqual(listed, { ok: true, value: { resourceVersion: "9", items: [object] } });
  });

  test("a packed list that is cut off is no answer", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      const packed = gzipSync(JSON.stringify({ metadata: { resourceVersion: "9" }, items: [object] }));
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed.subarray(0, packed.length - 20));
    };
    const listed = await client.api.list(configMaps, { shape: "full" });
    assert.ok(!listed.ok && listed.failure.code === "unreachable");
  });

  test("an object longer than anything sensible is not read to its end", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(1024 * 1024, "x");
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) continue;
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    };
    const got = await client.api.get(configMaps, key);
    assert.ok(!got.ok && /longer than 8388608 bytes/.test(got.failure.message));
  });

  test("a small packed answer that unpacks to something huge is not unpacked to its end", async () => {
    await using client = await aClient();
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    client.server.handle = (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    const got = await client.api.get(configMaps, key);
    assert.ok(!got.ok && /longer than/.test(got.failure.message));
  });

  const rows: readonly { readonly body: string; readonly because: string }[] = [
    { body: "<html>secret-canary</html>", because: "a proxy's page is no object" },
    { body: "", because: "nothing is no object" },
    { body: "[]", because: "a list is no object" },
    { body: '{"metadata":{"name":"secret-canary"', because: "a cut body is no object" },
    { body: '{"metadata":{}}', because: "an object has a name" },
    { body: '{"metadata":{"name":"a","labels":{"x":1}}}', because: "labels are texts" },
    { body: '{"metadata":{"name":"a","finalizers":"x"}}', because: "finalizers are a list" },
    { body: '{"metadata":{"name":"a","uid":{}}}', because: "a uid is a text" },
  ];
  for (const { body, because } of rows) {
    test(`${body.slice(0, 50)} is answered as a failure: ${because}`, async () => {
      const { result } = await sent(({ api }) => api.get(configMaps, key), body);
      const failure = result as Awaited<ReturnType<Awaited<ReturnType<typeof aClient>>["api"]["get"]>>; // it called get
      assert.ok(!failure.ok && failure.failure.code === "unreachable");
      assert.ok(!failure.failure.message.includes("canary"));
    });
  }

  test("a list without a version is a failure, since nothing could be watched from it", async () => {
    const { result } = await sent(({ api }) => api.list(configMaps, { shape: "full" }), { metadata: {}, items: [] });
    assert.equal((result as { readonly ok: boolean }).ok, false); // it called list
  });
});
