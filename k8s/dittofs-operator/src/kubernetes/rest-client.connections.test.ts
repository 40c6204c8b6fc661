import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, test } from "node:test";
import type { Connection } from "./connection.ts";
import { createKubernetesApi } from "./rest-client.ts";
import { type AClient, aClient, authority, configMaps, key, whileTimePasses } from "./testing/a-client.ts";
import { certificateAuthority } from "./testing/certificate.ts";
import { answer, FakeApiServer, status } from "./testing/fake-api-server.ts";

const object = { metadata: { name: "a", namespace: "default", resourceVersion: "7" } };

function answersAlways({ server }: Pick<AClient, "server">): void {
  server.handle = (_, response) => answer(response, 200, object);
}

describe("connections", () => {
  test("a thousand calls share one, and leave nothing behind (defect 12)", async () => {
    await using client = await aClient();
    answersAlways(client);
    const { signal } = new AbortController();
    for (let count = 0; count < 1_000; count++) await client.api.get(configMaps, key, signal);
    assert.equal(client.server.connections, 1);
    assert.equal(getEventListeners(signal, "abort").length, 0);
    assert.equal(client.clock.timerCount, 0);
  });

  test("a hundred calls at once use eight", async () => {
    await using client = await aClient();
    answersAlways(client);
    const warnings: string[] = [];
    const note = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", note);
    await Promise.all(Array.from({ length: 100 }, () => client.api.get(configMaps, key)));
    await new Promise(setImmediate);
    process.off("warning", note);
    assert.equal(client.server.connections, 8);
    assert.deepEqual(warnings, [], "no listener stays on a socket");
  });

  test("one client's slow lists do not stand before the calls of another, the Lease's", async () => {
    await using client = await aClient();
    const connection: Connection = {
      serverUrl: client.server.url,
      namespace: "default",
      tls: async () => ({ ca: authority.cert }),
      authorization: async () => undefined,
      forgetCredentials: () => {},
    };
    const instruments = { kubernetesRequest: () => {} };
    const lease = createKubernetesApi({ connection, clock: client.clock, instruments, userAgent: "test/1" });
    const stopping = new AbortController();
    client.server.handle = ({ path }, response) => {
      if (path.endsWith("/a")) answer(response, 200, object);
    };
    const stuck = Array.from({ length: 20 }, () => client.api.list(configMaps, { shape: "full" }, stopping.signal));
    assert.equal((await lease.get(configMaps, key)).ok, true);
    stopping.abort();
    await Promise.all(stuck);
  });

  test("a closed watch closes its connection", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => response.writeHead(200).flushHeaders();
    const query = { resourceVersion: "1", timeoutSeconds: 300, shape: "full" } as const;
    const watch = await client.api.watch(configMaps, query);
    assert.ok(watch.ok);
    assert.equal(client.server.openSockets, 1);
    watch.value.close();
    for await (const event of watch.value.events) assert.fail(event.type);
    while (client.server.openSockets > 0) await new Promise(setImmediate);
  });

  test("that have gone deaf cost one deadline, not one each", async () => {
    await using client = await aClient();
    answersAlways(client);
    await Promise.all(Array.from({ length: 8 }, () => client.api.get(configMaps, key)));
    assert.equal(client.server.connections, 8);
    const deaf = client.server.connections;
    client.server.handle = (_, response) => {
      if (client.server.connections > deaf) answer(response, 200, object);
    };
    const first = await whileTimePasses(client.clock, 1_000, client.api.get(configMaps, key));
    assert.ok(!first.ok && first.failure.code === "timeout");
    assert.equal((await client.api.get(configMaps, key)).ok, true);
  });

  test("calls are paced when a limiter is given", async () => {
    await using client = await aClient({ limiter: { reserveMs: () => 250 } });
    answersAlways(client);
    await whileTimePasses(client.clock, 10, client.api.get(configMaps, key));
    assert.ok(client.clock.monotonicMs() >= 250);
  });

  test("a server behind a path is reached there", async () => {
    await using client = await aClient({ serverUrl: (url) => new URL("/k8s/clusters/c1/", url) });
    answersAlways(client);
    await client.api.get(configMaps, key);
    assert.equal(client.server.received[0]?.path, "/k8s/clusters/c1/api/v1/namespaces/default/configmaps/a");
  });
});

describe("rotation (defect 10)", () => {
  test("a token that is refused is read again, and the call sent again, once", async () => {
    await using client = await aClient();
    client.server.handle = ({ headers }, response) => {
      if (headers.authorization === "Bearer token-2") answer(response, 200, object);
      else {
        client.credentials.token = "token-2";
        answer(response, 401, status("Unauthorized"));
      }
    };
    assert.equal((await client.api.get(configMaps, key)).ok, true);
    assert.equal(client.credentials.renewals, 1);
  });

  test("a token that is refused again is a failure, not a loop", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 401, status("Unauthorized"));
    const got = await client.api.get(configMaps, key);
    assert.ok(!got.ok && got.failure.code === "unauthorized");
    assert.equal(client.server.received.length, 2);
  });

  test("an authority that was replaced is read again when the server's new certificate is not trusted", async () => {
    await using client = await aClient();
    answersAlways(client);
    await client.api.get(configMaps, key);
    const second = certificateAuthority("second authority");
    client.server.setCertificate(second.issue("kubernetes.default"));
    client.server.resetConnections();
    client.credentials.ca = second.cert;
    assert.equal((await client.api.get(configMaps, key)).ok, true);
  });

  test("a reset after a wait in the queue for a socket may have happened", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => void response.destroy();
    const wanted = { ...object, apiVersion: "v1", kind: "ConfigMap" };
    const creates = Array.from({ length: 9 }, () => client.api.create(configMaps, wanted, { fieldManager: "us" }));
    for (const created of await Promise.all(creates)) assert.ok(!created.ok && created.failure.mayHaveHappened);
  });

  test("a certificate of somebody else is refused, and nothing was sent", async () => {
    await using client = await aClient();
    client.server.setCertificate(certificateAuthority("stranger").issue("kubernetes.default"));
    const created = await client.api.create(
      configMaps,
      { ...object, apiVersion: "v1", kind: "ConfigMap" },
      { fieldManager: "us" },
    );
    assert.ok(!created.ok && created.failure.code === "unreachable" && !created.failure.mayHaveHappened);
    assert.equal(client.server.received.length, 0);
  });

  test("credentials that cannot be had are a failure of the call, not an exception", async () => {
    await using client = await aClient();
    const broken = createKubernetesApi({
      connection: {
        serverUrl: client.server.url,
        namespace: "default",
        tls: async () => ({ ca: authority.cert }),
        authorization: () => Promise.reject(new Error("the token file is gone")),
        forgetCredentials: () => {},
      },
      clock: client.clock,
      instruments: { kubernetesRequest: () => {} },
      userAgent: "test/1",
    });
    const got = await broken.get(configMaps, key);
    assert.ok(!got.ok && /the token file is gone/.test(got.failure.message) && !got.failure.mayHaveHappened);
  });

  test("credentials that never come are bounded by the call's time", async () => {
    await using client = await aClient();
    const stuck = createKubernetesApi({
      connection: {
        serverUrl: client.server.url,
        namespace: "default",
        tls: async () => ({ ca: authority.cert }),
        authorization: () => new Promise(() => {}),
        forgetCredentials: () => {},
      },
      clock: client.clock,
      instruments: { kubernetesRequest: () => {} },
      userAgent: "test/1",
    });
    const got = await whileTimePasses(client.clock, 1_000, stuck.get(configMaps, key));
    assert.ok(!got.ok && got.failure.code === "timeout");
  });

  test("a client certificate is presented where the server asks for one", async () => {
    const certified = authority.issue("kubernetes.default");
    await using server = await FakeApiServer.start(certified, authority);
    const { cert, key: clientKey } = authority.issue("admin");
    server.handle = (_, response) => answer(response, 200, object);
    await using client = await aClient();
    const api = createKubernetesApi({
      connection: {
        serverUrl: server.url,
        namespace: "default",
        tls: async () => ({ ca: authority.cert, cert, key: clientKey }),
        authorization: async () => undefined,
        forgetCredentials: () => {},
      },
      clock: client.clock,
      instruments: { kubernetesRequest: () => {} },
      userAgent: "test/1",
    });
    assert.equal((await api.get(configMaps, key)).ok, true);
    assert.equal(server.received[0]?.headers.authorization, undefined);
  });
});
