import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { inClusterConnection, inClusterEnvironment } from "./in-cluster.ts";

async function aServiceAccount() {
  const folder = await mkdtemp(join(tmpdir(), "service-account-"));
  const put = async (file: string, text: string): Promise<void> => await writeFile(join(folder, file), text);
  await put("namespace", "operators\n");
  await put("token", "token-1\n");
  await put("ca.crt", "ca-1");
  return { folder, put, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
const at = { host: "10.96.0.1", port: "443" };

describe("the connection of a pod", () => {
  test("is there only where Kubernetes has set its environment", () => {
    assert.equal(inClusterEnvironment({}), undefined);
    assert.equal(inClusterEnvironment({ KUBERNETES_SERVICE_HOST: "", KUBERNETES_SERVICE_PORT: "443" }), undefined);
    const environment = { KUBERNETES_SERVICE_HOST: "10.96.0.1", KUBERNETES_SERVICE_PORT: "443" };
    assert.deepEqual(inClusterEnvironment(environment), at);
  });

  test("puts an IPv6 address into brackets", async () => {
    await using account = await aServiceAccount();
    const connection = await inClusterConnection({ host: "fd00::1", port: "6443" }, new ManualClock(), account.folder);
    assert.equal(connection.serverUrl.href, "https://[fd00::1]:6443/");
  });

  test("knows its namespace", async () => {
    await using account = await aServiceAccount();
    assert.equal((await inClusterConnection(at, new ManualClock(), account.folder)).namespace, "operators");
  });

  test("reads a rotated token within a minute (defect 10)", async () => {
    await using account = await aServiceAccount();
    const clock = new ManualClock();
    const connection = await inClusterConnection(at, clock, account.folder);
    assert.equal(await connection.authorization(), "Bearer token-1");
    await account.put("token", "token-2");
    await clock.advance(59_000);
    assert.equal(await connection.authorization(), "Bearer token-1");
    await clock.advance(2_000);
    assert.equal(await connection.authorization(), "Bearer token-2");
  });

  test("reads a token anew at once when it was refused (defect 10)", async () => {
    await using account = await aServiceAccount();
    const connection = await inClusterConnection(at, new ManualClock(), account.folder);
    await connection.authorization();
    await account.put("token", "token-2");
    connection.forgetCredentials();
    assert.equal(await connection.authorization(), "Bearer token-2");
  });

  test("reads the authority's certificate whenever it is asked (defect 10)", async () => {
    await using account = await aServiceAccount();
    const connection = await inClusterConnection(at, new ManualClock(), account.folder);
    assert.deepEqual(await connection.tls(), { ca: "ca-1" });
    await account.put("ca.crt", "ca-2");
    assert.deepEqual(await connection.tls(), { ca: "ca-2" });
  });

  test("says what is likely when the files are not there", async () => {
    const connection = inClusterConnection(at, new ManualClock(), "/nowhere");
    await assert.rejects(connection, /cannot read \/nowhere\/namespace: is automountServiceAccountToken off/);
  });
});
