import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { type ExchangeResult, exchange } from "./exchange.ts";
import { type LoopbackServer, loopbackServer, type Received } from "./testing/loopback-server.ts";

const limits = { timeoutMs: 5000, answerBytes: 1000 };
const never = new AbortController().signal;

type Running = { readonly server: LoopbackServer; readonly clock: ManualClock };

async function withServer(
  answer: (request: Received, response: ServerResponse) => void,
  run: (running: Running) => Promise<void>,
): Promise<void> {
  const server = await loopbackServer(answer);
  const clock = new ManualClock();
  try {
    await run({ server, clock });
    assert.equal(clock.timerCount, 0, "no timer is left");
  } finally {
    await server.close();
  }
}

const get = ({ server, clock }: Running, signal = never): Promise<ExchangeResult> =>
  exchange({ target: server.target, clock, limits, signal }, { method: "GET", path: "/x" });

test("sends method, path, token and body, and gives the answer back as it is", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void =>
    void response
      .writeHead(201, { "content-type": "application/json", "retry-after": "3", "x-dittofs-apply": "restart-required" })
      .end('{"a":"ü"}');
  await withServer(answer, async ({ server, clock }) => {
    const result = await exchange(
      { target: server.target, clock, limits, signal: never },
      { method: "POST", path: "/api/x?y=1", accessToken: "token", body: '{"b":"ü"}' },
    );
    assert.deepEqual(result, {
      kind: "answered",
      status: 201,
      contentType: "application/json",
      retryAfter: "3",
      needsRestart: true,
      body: '{"a":"ü"}',
    });
    assert.deepEqual(server.received, [
      { method: "POST", path: "/api/x?y=1", authorization: "Bearer token", body: '{"b":"ü"}' },
    ]);
  });
});

test("leaves no connection behind, whatever the server would like", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void =>
    void response.writeHead(200, { connection: "keep-alive" }).end("{}");
  await withServer(answer, async (running) => {
    await get(running);
    while ((await running.server.connections()) > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});

test("gives up on a server that never answers when the time is over", { timeout: 10_000 }, async () => {
  await withServer(
    () => undefined,
    async (running) => {
      const result = get(running);
      await running.server.nextRequest();
      await running.clock.advance(4999);
      assert.equal(running.clock.timerCount, 1, "still waiting");
      await running.clock.advance(1);
      assert.deepEqual(await result, { kind: "noAnswer", message: "no answer within 5 seconds" });
    },
  );
});

test("counts the time for the whole answer: a server that trickles is given up too", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void => void response.writeHead(200).write("[");
  await withServer(answer, async (running) => {
    const result = get(running);
    await running.server.nextRequest();
    await running.clock.advance(5000);
    assert.deepEqual(await result, { kind: "noAnswer", message: "no answer within 5 seconds" });
  });
});

test("stops when its signal aborts, and does not begin after that", { timeout: 10_000 }, async () => {
  await withServer(
    () => undefined,
    async (running) => {
      const abort = new AbortController();
      const result = get(running, abort.signal);
      await running.server.nextRequest();
      abort.abort();
      assert.deepEqual(await result, { kind: "noAnswer", message: "the call was given up" });
      assert.deepEqual(await get(running, abort.signal), { kind: "noAnswer", message: "the call was given up" });
      assert.equal(running.server.received.length, 1);
    },
  );
});

test("an answer that is longer than allowed is cut off", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void => {
    response.writeHead(200);
    const more = (): boolean => response.destroyed || !response.write("x".repeat(1000)) || more();
    response.on("drain", more);
    more();
  };
  await withServer(answer, async (running) => assert.deepEqual(await get(running), { kind: "tooLong" }));
});

test("an answer exactly as long as allowed is taken", { timeout: 10_000 }, async () => {
  const body = "x".repeat(limits.answerBytes);
  await withServer(
    (_, response) => void response.end(body),
    async (running) => {
      const result = await get(running);
      assert.equal(result.kind === "answered" && result.body.length, limits.answerBytes);
    },
  );
});

test("a body that ends early is no answer", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void =>
    void response.writeHead(200, { "content-length": "100" }).write("half", () => response.destroy());
  await withServer(answer, async (running) => {
    assert.deepEqual(await get(running), { kind: "noAnswer", message: "the connection was cut off" });
  });
});

test("a connection that is reset before the answer is no answer", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void => void response.socket?.resetAndDestroy();
  await withServer(answer, async (running) => {
    assert.deepEqual(await get(running), { kind: "noAnswer", message: "the connection was cut off" });
  });
});

test("what is no HTTP is no answer", { timeout: 10_000 }, async () => {
  const answer = (_: Received, response: ServerResponse): void => void response.socket?.end("SSH-2.0-OpenSSH_9.2\r\n");
  await withServer(answer, async (running) => assert.equal((await get(running)).kind, "noAnswer"));
});

test("a port where nobody listens is no answer", { timeout: 10_000 }, async () => {
  const server = await loopbackServer(() => undefined);
  await server.close();
  const result = await get({ server, clock: new ManualClock() });
  assert.deepEqual(result, { kind: "noAnswer", message: "the connection was refused" });
});

test("a redirect is given back and not followed, so that no token goes elsewhere", { timeout: 10_000 }, async () => {
  const elsewhere = await loopbackServer((_, response) => void response.end("{}"));
  const location = `http://127.0.0.1:${elsewhere.target.port}/x`;
  await withServer(
    (_, response) => void response.writeHead(307, { location }).end(),
    async (running) => {
      const result = await get(running);
      assert.equal(result.kind === "answered" && result.status, 307);
    },
  );
  assert.deepEqual(elsewhere.received, []);
  await elsewhere.close();
});
