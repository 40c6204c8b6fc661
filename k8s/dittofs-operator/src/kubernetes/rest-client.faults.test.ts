import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ApiAnswer, ApiFailure } from "../runtime/kubernetes-api.ts";
import { type AClient, aClient, configMaps, key, secrets, whileTimePasses } from "./testing/a-client.ts";
import { answer, status } from "./testing/fake-api-server.ts";

const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "default" } };
const write = { fieldManager: "us" };

function failureOf(result: ApiAnswer<unknown>): ApiFailure {
  assert.ok(!result.ok, "the call should have failed");
  return result.failure;
}

type Verb = "get" | "list" | "watch" | "create" | "replace" | "apply" | "patch" | "delete";
const calls: Readonly<Record<Verb, (api: AClient["api"], signal?: AbortSignal) => Promise<ApiAnswer<unknown>>>> = {
  get: (api, signal) => api.get(configMaps, key, signal),
  list: (api, signal) => api.list(configMaps, { shape: "full" }, signal),
  watch: (api, signal) => api.watch(configMaps, { resourceVersion: "1", timeoutSeconds: 300, shape: "full" }, signal),
  create: (api, signal) => api.create(configMaps, object, { ...write, ...(signal && { signal }) }),
  replace: (api, signal) => api.replace(configMaps, object, { ...write, ...(signal && { signal }) }),
  apply: (api, signal) => api.apply(configMaps, object, { ...write, force: true, ...(signal && { signal }) }),
  patch: (api, signal) => api.patch(configMaps, key, [], { ...write, ...(signal && { signal }) }),
  delete: (api, signal) => api.delete(configMaps, key, { propagation: "Background", ...(signal && { signal }) }),
};
const verbs = Object.keys(calls) as readonly Verb[]; // the record's own keys

describe("every verb (defect 8)", () => {
  const refusals = [
    { code: 403, reason: "Forbidden", means: "forbidden" },
    { code: 429, reason: "TooManyRequests", means: "tooManyRequests" },
    { code: 503, reason: "ServiceUnavailable", means: "serverError" },
    { code: 500, reason: "InternalError", means: "serverError" },
    { code: 410, reason: "Expired", means: "expired" },
  ] as const;
  for (const verb of verbs) {
    test(`${verb} answers a refusal as a value, with the server's own words`, async () => {
      await using client = await aClient();
      for (const { code, reason, means } of refusals) {
        client.server.handle = (_, response) => answer(response, code, status(reason, `no: ${reason}`));
        const failure = failureOf(await calls[verb](client.api));
        assert.equal(failure.code, means);
        assert.equal(failure.status, code);
        assert.equal(failure.message, `no: ${reason}`);
      }
    });

    test(`${verb} gives up at its deadline when no answer comes`, async () => {
      await using client = await aClient();
      client.server.handle = () => {};
      const failure = failureOf(await whileTimePasses(client.clock, 5_000, calls[verb](client.api)));
      assert.equal(failure.code, "timeout");
      assert.ok(client.clock.monotonicMs() <= (verb === "list" ? 70_000 : verb === "watch" ? 40_000 : 25_000));
      assert.equal(client.clock.timerCount, 0);
    });

    test(`${verb} ends at once when it is aborted`, async () => {
      await using client = await aClient();
      const stopping = new AbortController();
      client.server.handle = () => stopping.abort();
      assert.equal(failureOf(await calls[verb](client.api, stopping.signal)).code, "timeout");
      assert.equal(client.server.received.length, 1);
      assert.equal(client.clock.timerCount, 0);
    });
  }
});

describe("a call that the server turns away for a while", () => {
  test("is sent again after the time that the server asks for", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      if (client.server.received.length < 3) answer(response, 429, status("TooManyRequests"), { "retry-after": "1" });
      else answer(response, 200, object);
    };
    const created = await whileTimePasses(client.clock, 100, calls.create(client.api));
    assert.equal(created.ok, true);
    assert.equal(client.server.received.length, 3);
    assert.ok(client.clock.monotonicMs() >= 2_000);
  });

  test("is handed back when that time is long, together with it", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 429, status("TooManyRequests"), { "retry-after": "30" });
    assert.equal(failureOf(await calls.get(client.api)).retryAfterMs, 30_000);
    assert.equal(client.server.received.length, 1);
  });

  test("has one deadline for all its tries", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      if (client.server.received.length === 1) answer(response, 429, status("TooManyRequests"), { "retry-after": "5" });
    };
    const failure = failureOf(await whileTimePasses(client.clock, 500, calls.get(client.api)));
    assert.equal(failure.code, "timeout");
    assert.ok(client.clock.monotonicMs() <= 16_000, String(client.clock.monotonicMs()));
  });

  test("is counted try by try", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) =>
      client.server.received.length === 1
        ? answer(response, 503, "<html>", { "retry-after": "1" })
        : answer(response, 200, object);
    await whileTimePasses(client.clock, 100, calls.get(client.api));
    assert.deepEqual(
      client.counted.map(({ method, status: code }) => [method, code]),
      [
        ["GET", 503],
        ["GET", 200],
      ],
    );
  });
});

describe("a connection that breaks", () => {
  test("before the answer to a read: it is read again", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) =>
      client.server.received.length === 1 ? void response.destroy() : answer(response, 200, object);
    assert.equal((await calls.get(client.api)).ok, true);
  });

  test("before the answer to a POST: it is not sent again, and may have happened", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => void response.destroy();
    const failure = failureOf(await calls.create(client.api));
    assert.deepEqual([failure.code, failure.mayHaveHappened], ["unreachable", true]);
    assert.equal(client.server.received.length, 1);
  });

  test("while it is idle, as at an API server's restart: the next call does not notice", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 200, object);
    await calls.get(client.api);
    client.server.resetConnections();
    assert.equal((await calls.get(client.api)).ok, true);
  });

  test("within the answer: it is no answer", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"metadata":');
      setImmediate(() => response.destroy());
    };
    assert.equal(failureOf(await calls.apply(client.api)).code, "unreachable");
  });

  test("nobody listens: it did not happen", async () => {
    const client = await aClient();
    await client[Symbol.asyncDispose]();
    const failure = failureOf(await calls.create(client.api));
    assert.deepEqual([failure.code, failure.mayHaveHappened], ["unreachable", false]);
    assert.match(failure.message, /^POST \/api\/v1\/namespaces\/default\/configmaps: connect ECONNREFUSED/);
  });
});

describe("secrets (defect 14)", () => {
  const told = status("Invalid", 'Secret "a" is invalid: data: Invalid value: "canary"', {
    causes: [{ field: "data[password]", message: 'Invalid value: "canary"' }],
  });

  test("what the server says of a Secret is passed on without the values that it may quote", async () => {
    await using client = await aClient();
    for (const code of [422, 400, 500]) {
      client.server.handle = (_, response) => answer(response, code, told);
      const failure = failureOf(await client.api.get(secrets, key));
      assert.ok(!JSON.stringify(failure).includes("canary"), String(code));
      assert.match(failure.message, /data\[password\]/);
    }
  });

  test("of other kinds it is passed on, since it says what to do", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 422, told);
    assert.match(failureOf(await calls.get(client.api)).message, /Invalid value/);
  });

  test("the token is in no failure", async () => {
    await using client = await aClient();
    client.credentials.token = "canary";
    client.server.handle = (_, response) => void response.destroy();
    assert.ok(!JSON.stringify(await calls.get(client.api)).includes("canary"));
  });
});
