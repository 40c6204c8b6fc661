import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { kubeconfigConnection } from "./kubeconfig.ts";

const clock = new ManualClock();
const base64 = (text: string): string => Buffer.from(text).toString("base64");

type Parts = { readonly name?: string; readonly cluster?: object; readonly user?: object; readonly namespace?: string };

/** A kubeconfig with one context, in JSON, which is YAML. */
function kubeconfig({ name = "lab", cluster = {}, user = {}, namespace }: Parts = {}): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [{ name, cluster: { server: `https://${name}.example.com:6443`, ...cluster } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace !== undefined && { namespace }) } }],
  });
}

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), "kubeconfig-"));
  return {
    folder,
    async put(name: string, text: string): Promise<string> {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

async function connectionOf(parts: Parts) {
  await using folder = await aFolder();
  const file = await folder.put("config", kubeconfig(parts));
  const connection = await kubeconfigConnection({ file, context: undefined, environment: {}, clock });
  return {
    serverUrl: connection.serverUrl.href,
    namespace: connection.namespace,
    tls: await connection.tls(),
    authorization: await connection.authorization(),
  };
}

describe("a connection by a kubeconfig", () => {
  test("takes server, authority, client certificate and namespace", async () => {
    const connection = await connectionOf({
      cluster: { "certificate-authority-data": base64("ca") },
      user: { "client-certificate-data": base64("cert"), "client-key-data": base64("key") },
      namespace: "storage",
    });
    assert.equal(connection.serverUrl, "https://lab.example.com:6443/");
    assert.equal(connection.namespace, "storage");
    const { ca, cert, key } = connection.tls;
    assert.deepEqual([ca, cert, key].map(String), ["ca", "cert", "key"]);
    assert.equal(connection.authorization, undefined);
  });

  test("takes a token, the name of the server's certificate, and that it is not checked", async () => {
    const cluster = { "tls-server-name": "kubernetes", "insecure-skip-tls-verify": true };
    const { tls, authorization, namespace } = await connectionOf({ cluster, user: { token: "t" } });
    assert.equal(tls.servername, "kubernetes");
    assert.equal(tls.rejectUnauthorized, false);
    assert.equal(authorization, "Bearer t");
    assert.equal(namespace, "default");
  });

  test("runs a plug-in for credentials", async () => {
    await using folder = await aFolder();
    const credential = {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: "from-plugin" },
    };
    const plugin = await folder.put("plugin", `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`);
    await chmod(plugin, 0o700);
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: plugin, interactiveMode: "Never" };
    const file = await folder.put("config", kubeconfig({ user: { exec } }));
    const connection = await kubeconfigConnection({ file, context: undefined, environment: {}, clock });
    assert.equal(await connection.authorization(), "Bearer from-plugin");
  });

  test("is found as kubectl finds it: flag, $KUBECONFIG with several files, home", async () => {
    await using folder = await aFolder();
    await mkdir(join(folder.folder, ".kube"));
    await folder.put(".kube/config", kubeconfig({ name: "home" }));
    const one = await folder.put("one", kubeconfig({ name: "one" }));
    const two = await folder.put("two", kubeconfig({ name: "two" }));
    const host = async (choice: { file?: string; context?: string; environment: Record<string, string> }) =>
      (await kubeconfigConnection({ file: undefined, context: undefined, ...choice, clock })).serverUrl.hostname;
    const HOME = folder.folder;
    assert.equal(await host({ environment: { HOME } }), "home.example.com");
    assert.equal(await host({ environment: { HOME, KUBECONFIG: `${one}:${two}` } }), "one.example.com");
    assert.equal(await host({ context: "two", environment: { HOME, KUBECONFIG: `${one}:${two}` } }), "two.example.com");
    assert.equal(await host({ file: two, environment: { HOME, KUBECONFIG: one } }), "two.example.com");
  });

  const rows: readonly {
    readonly text: string;
    readonly context?: string;
    readonly says: RegExp;
    readonly because: string;
  }[] = [
    { text: kubeconfig(), context: "prod", says: /no usable context "prod"; it has: lab/, because: "it was mistyped" },
    { text: "canary: [", says: /cannot be read: it is no kubeconfig/, because: "it is no YAML" },
    {
      text: kubeconfig({ cluster: { server: "http://127.0.0.1:8001" } }),
      says: /speaks only https/,
      because: "a token would go in clear",
    },
    {
      text: kubeconfig({ cluster: { "proxy-url": "http://proxy" } }),
      says: /has a proxy-url/,
      because: "it would be passed by",
    },
  ];
  for (const { text, context, says, because } of rows) {
    test(`is refused with ${says.source}: ${because}`, async () => {
      await using folder = await aFolder();
      const file = await folder.put("config", text);
      const error: unknown = await kubeconfigConnection({ file, context, environment: {}, clock }).catch(
        (each: unknown) => each,
      );
      assert.ok(error instanceof Error);
      assert.match(error.message, says);
      assert.ok(!`${error.message} ${String(error.cause)}`.includes("canary"));
    });
  }

  test("is refused when the file is not there, by its name", async () => {
    const choice = { file: "/nowhere/config", context: undefined, environment: {}, clock };
    await assert.rejects(kubeconfigConnection(choice), /\/nowhere\/config cannot be read: ENOENT/);
  });
});
