import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

function demo(env: Readonly<Record<string, string>>) {
  const run = spawnSync(process.execPath, ["scripts/demo.ts"], {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, ...env },
  });
  return { status: run.status, stdout: run.stdout, stderr: run.stderr };
}

test("a variable that cannot be meant is refused before anything starts", () => {
  const { status, stdout, stderr } = demo({ CLUSTER: "mine" });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^make demo: CLUSTER takes "current".*\n$/);
});

test("a kubeconfig that is not there is told in one sentence", () => {
  const { status, stdout, stderr } = demo({ CLUSTER: "current", KUBECONFIG: "/not/there" });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^make demo: the kubeconfig \/not\/there cannot be read.*\n$/);
});

test("a cluster that cannot be reached is told in one sentence, with its address and without a credential", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const kubeconfig = join(folder, "kubeconfig");
  const port = await closedPort();
  const cluster = { server: `https://127.0.0.1:${port}` };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "a",
    clusters: [{ name: "a", cluster }],
    users: [{ name: "a", user: { token: "not-to-be-told" } }],
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  writeFileSync(join(folder, "kubectl"), "#!/bin/sh\n", { mode: 0o755 });
  const PATH = `${folder}:${process.env["PATH"]}`;
  const { status, stdout, stderr } = demo({ CLUSTER: "current", KUBECONFIG: kubeconfig, PATH });
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, new RegExp(`^make demo: .*127\\.0\\.0\\.1:${port} cannot be used: .*ECONNREFUSED.*\\n$`));
  assert.doesNotMatch(stderr, /not-to-be-told/);
});

async function closedPort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    server.close(() => resolve(address.port));
  });
  return await promise;
}
