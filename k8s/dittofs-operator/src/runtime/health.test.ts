import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { type HealthOptions, startHealthServer } from "./health.ts";
import { RecordingLog } from "./testing/recording-log.ts";

type Reply = { readonly status: number | undefined; readonly type: string | undefined; readonly body: string };

async function aServer(context: TestContext, options: Partial<HealthOptions> = {}) {
  const log = new RecordingLog();
  const server = await startHealthServer({
    host: "127.0.0.1",
    port: 0,
    log,
    defects: () => [],
    missing: () => [],
    metrics: () => Promise.resolve({ text: "up 1\n", contentType: "text/plain; version=0.0.4" }),
    ...options,
  });
  context.after(() => server.close());
  const ask = (path: string, method = "GET"): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port: server.port, path, method, agent: false }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (text: string) => (body += text));
        response.on("end", () =>
          resolve({ status: response.statusCode, type: response.headers["content-type"], body }),
        );
      });
      asked.on("error", reject);
      asked.end();
    });
  return { ask, log, server };
}

test("a process in good health is alive and ready", async (context) => {
  const { ask } = await aServer(context);
  assert.deepEqual(await ask("/healthz"), { status: 200, type: "text/plain; charset=utf-8", body: "ok\n" });
  assert.deepEqual(await ask("/readyz?verbose"), { status: 200, type: "text/plain; charset=utf-8", body: "ok\n" });
});

test("a process that is not ready names everything that is missing, and is alive all the same", async (context) => {
  const { ask } = await aServer(context, { missing: () => ["secrets: not listed", "pods: forbidden"] });
  const { status, body } = await ask("/readyz");
  assert.equal(status, 503);
  assert.equal(body, "not ready:\n- secrets: not listed\n- pods: forbidden\n");
  assert.equal((await ask("/healthz")).status, 200);
});

test("a process with a defect is not alive and says why", async (context) => {
  const { ask } = await aServer(context, { defects: () => ["the event loop stood still for 12 s"] });
  assert.deepEqual((await ask("/healthz")).status, 503);
  assert.match((await ask("/healthz")).body, /stood still/);
});

test("metrics come with the media type of their format", async (context) => {
  const { ask } = await aServer(context);
  assert.deepEqual(await ask("/metrics"), { status: 200, type: "text/plain; version=0.0.4", body: "up 1\n" });
});

test("a page that fails is an error with a line in the log, and the server goes on", async (context) => {
  const { ask, log } = await aServer(context, { metrics: () => Promise.reject(new Error("broken")) });
  assert.deepEqual((await ask("/metrics")).status, 500);
  assert.deepEqual(log.notable, ["error: a page of the health server failed"]);
  assert.equal((await ask("/healthz")).status, 200);
});

test("other paths and methods are refused", async (context) => {
  const { ask } = await aServer(context);
  assert.equal((await ask("/")).status, 404);
  assert.equal((await ask("/healthz/../etc/passwd")).status, 404);
  assert.equal((await ask("/healthz", "POST")).status, 405);
  assert.equal((await ask("/healthz", "HEAD")).body, "");
});

test("nonsense on the socket harms nobody", async (context) => {
  const { ask, server } = await aServer(context);
  await new Promise<void>((resolve) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.end("\u0000\u0001 not http\r\n\r\n"));
    socket.on("close", () => resolve());
    socket.resume();
  });
  assert.equal((await ask("/healthz")).status, 200);
});

test("an address that is taken is told with what to do", async (context) => {
  const { server } = await aServer(context);
  await assert.rejects(aServer(context, { port: server.port }), /cannot serve health .* give another address/);
});

test("a closed server ends its connections", async (context) => {
  const { ask, server } = await aServer(context);
  const idle = connect(server.port, "127.0.0.1");
  await new Promise<void>((resolve) => void idle.once("connect", () => resolve()));
  const ended = new Promise<void>((resolve) => void idle.once("close", () => resolve()));
  idle.resume();
  await server.close();
  await ended;
  await assert.rejects(ask("/healthz"));
});
