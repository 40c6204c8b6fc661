import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { WatchEvent, WatchStream } from "../runtime/kubernetes-api.ts";
import { type AClient, aClient, configMaps } from "./testing/a-client.ts";
import { allOf } from "./testing/all-of.ts";
import { answer, status } from "./testing/fake-api-server.ts";

const query = {
  namespace: "n",
  labelSelector: "a=b",
  resourceVersion: "5",
  timeoutSeconds: 300,
  shape: "full",
} as const;
const objectAt = (resourceVersion: string) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", resourceVersion },
  text: "\u2028",
});

async function opened(client: AClient): Promise<WatchStream> {
  const watch = await client.api.watch(configMaps, query);
  assert.ok(watch.ok);
  return watch.value;
}

/** What a client makes of a stream that consists of these lines and then ends. */
async function eventsOf(...lines: readonly unknown[]): Promise<readonly WatchEvent[]> {
  await using client = await aClient();
  const texts = lines.map((line) => (typeof line === "string" ? line : `${JSON.stringify(line)}\n`));
  client.server.handle = (_, response) => answer(response, 200, texts.join(""));
  const stream = await opened(client);
  return await allOf(stream.events);
}

describe("a watch", () => {
  test("asks for bookmarks and for its end", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 200, "");
    await opened(client);
    const [received] = client.server.received;
    assert.equal(received?.path, "/api/v1/namespaces/n/configmaps");
    assert.deepEqual(Object.fromEntries(received?.query ?? []), {
      labelSelector: "a=b",
      resourceVersion: "5",
      watch: "true",
      allowWatchBookmarks: "true",
      timeoutSeconds: "300",
    });
  });

  test("asks for metadata only where that is enough", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => answer(response, 200, "");
    await client.api.watch(configMaps, { ...query, shape: "metadata" });
    const accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    assert.equal(client.server.received[0]?.headers.accept, accept);
  });

  test("tells each event in order, and ends when the server ends it", async () => {
    const events = await eventsOf(
      { type: "ADDED", object: objectAt("6") },
      { type: "MODIFIED", object: objectAt("7") },
      { type: "BOOKMARK", object: { kind: "ConfigMap", metadata: { resourceVersion: "8" } } },
      { type: "DELETED", object: objectAt("9") },
    );
    assert.deepEqual(events, [
      { type: "added", object: objectAt("6") },
      { type: "modified", object: objectAt("7") },
      { type: "bookmark", resourceVersion: "8" },
      { type: "deleted", object: objectAt("9") },
    ]);
  });

  test("tells an expired version within the stream, as the last thing", async () => {
    const gone = { ...status("Expired", "too old resource version: 5 (100)"), code: 410 };
    const events = await eventsOf({ type: "ERROR", object: gone }, { type: "ADDED", object: objectAt("6") });
    assert.deepEqual(
      events.map((event) => event.type === "failure" && [event.failure.code, event.failure.status]),
      [["expired", 410]],
    );
  });

  const nonsense: readonly { readonly line: unknown; readonly because: string }[] = [
    { line: "<html>canary</html>\n", because: "it is no JSON" },
    { line: { type: "NEW", object: objectAt("6") }, because: "its type is unknown" },
    { line: { object: objectAt("6") }, because: "it has no type" },
    { line: { type: "ADDED" }, because: "it has no object" },
    { line: { type: "ADDED", object: { metadata: { name: "a" } } }, because: "its object has no version" },
    { line: { type: "BOOKMARK", object: {} }, because: "its bookmark has no version" },
  ];
  for (const { line, because } of nonsense) {
    test(`answers what it cannot understand with a failure that makes the reader list anew: ${because}`, async () => {
      const [event, ...others] = await eventsOf(line, { type: "ADDED", object: objectAt("7") });
      assert.ok(event?.type === "failure" && event.failure.code === "badRequest");
      assert.ok(!event.failure.message.includes("canary"));
      assert.deepEqual(others, []);
    });
  }

  test("ends with a failure when its connection breaks, within a line too", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      response.writeHead(200);
      response.write(`${JSON.stringify({ type: "ADDED", object: objectAt("6") })}\n{"type":"MOD`);
      setImmediate(() => setImmediate(() => client.server.resetConnections()));
    };
    const events = await allOf((await opened(client)).events);
    assert.deepEqual(
      events.map((event) => event.type),
      ["added", "failure"],
    );
  });

  test("loses nothing of what came before it is read", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) =>
      answer(response, 200, `${JSON.stringify({ type: "ADDED", object: objectAt("6") })}\n`);
    const stream = await opened(client);
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    assert.equal((await allOf(stream.events)).length, 1);
  });

  test("knows when the last byte came", async () => {
    await using client = await aClient();
    let write: (text: string) => void = () => {};
    client.server.handle = (_, response) => {
      response.writeHead(200).flushHeaders();
      write = (text) => void response.write(text);
    };
    const stream = await opened(client);
    assert.equal(stream.lastByteMs(), 0);
    await client.clock.advance(5_000);
    write(`${JSON.stringify({ type: "BOOKMARK", object: objectAt("6") })}\n`);
    const iterator = stream.events[Symbol.asyncIterator]();
    await iterator.next();
    assert.equal(stream.lastByteMs(), 5_000);
    stream.close();
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
  });

  test("ends without a failure when it is closed, also while somebody waits for the next event", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => response.writeHead(200).flushHeaders();
    const stream = await opened(client);
    const events = allOf(stream.events);
    await new Promise(setImmediate);
    stream.close();
    assert.deepEqual(await events, []);
  });

  test("closes its connection when its reader stops in the middle", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => {
      response.writeHead(200);
      response.write(`${JSON.stringify({ type: "ADDED", object: objectAt("6") })}\n`);
    };
    for await (const event of (await opened(client)).events) {
      assert.equal(event.type, "added");
      break;
    }
    for (let turn = 0; turn < 1_000 && client.server.openSockets > 0; turn++) await new Promise(setImmediate);
    assert.equal(client.server.openSockets, 0);
  });

  test("is no failure of the deadline that its opening had", async () => {
    await using client = await aClient();
    client.server.handle = (_, response) => response.writeHead(200).flushHeaders();
    const stream = await opened(client);
    const events = allOf(stream.events);
    await client.clock.advance(600_000);
    stream.close();
    assert.deepEqual(await events, []);
    assert.equal(client.clock.timerCount, 0);
  });
});
