import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import type { Session } from "./provision/sessions.ts";
import { readApiTls } from "./read-api-tls.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const wanted = { serverNames: ["files-api"], certSecretName: "cert", clientSecretName: "own" };

function aCluster() {
  const cluster = new FakeCluster();
  const session: Session = { details: new Map() } as unknown as Session; // nothing else of it is used here
  const reads: string[] = [];
  const put = (name: string, data: Readonly<Record<string, string>>): KubernetesObject =>
    cluster.put({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace: "default" },
      data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, btoa(value)])),
    });
  const read = async () =>
    await readApiTls(wanted, {
      server: aServer(),
      api: { get: (resource, key) => (reads.push(key.name), cluster.get(resource, key)) },
      stores: cluster.stores,
      session,
      signal: new AbortController().signal,
    });
  return { put, read, reads, cluster };
}

test("Secrets are read once, and again only when one of them has changed", async () => {
  const { put, read, reads } = aCluster();
  put("cert", { "ca.crt": "A" });
  put("own", { "tls.crt": "C", "tls.key": "K" });
  const first = await read();
  const tls = { serverNames: ["files-api"], authorities: ["A"], client: { certificate: "C", key: "K" } };
  assert.deepEqual(first, { kind: "present", value: tls });
  await read();
  assert.deepEqual(reads, ["cert", "own"]);
});

test("the earlier authority is trusted beside a new one, because the pod serves its certificate for a while", async () => {
  const { put, read } = aCluster();
  put("own", { "tls.crt": "C", "tls.key": "K" });
  for (const authority of ["A", "B", "C"]) {
    put("cert", { "ca.crt": authority });
    await read();
  }
  const last = await read();
  assert.deepEqual(last.kind === "present" && last.value.authorities, ["C", "B"]);
});

test("what was read is kept while its Secret is missing", async () => {
  const { cluster, put, read } = aCluster();
  put("cert", { "ca.crt": "A" });
  put("own", { "tls.crt": "C", "tls.key": "K" });
  const before = await read();
  cluster.remove("Secret", { namespace: "default", name: "cert" });
  assert.deepEqual(await read(), before);
  put("cert", { "ca.crt": "B" });
  const after = await read();
  assert.deepEqual(after.kind === "present" && after.value.authorities, ["B", "A"]);
});

test("a Secret without an authority, or with an empty one, means those that everybody trusts", async () => {
  const { put, read } = aCluster();
  put("own", { "tls.crt": "C", "tls.key": "K" });
  put("cert", { "ca.crt": "" });
  const found = await read();
  assert.deepEqual(found.kind === "present" && found.value.authorities, []);
});

const faults = [
  { cert: undefined, own: { "tls.crt": "C", "tls.key": "K" }, says: /Secret cert, which TLS needs, cannot be read/ },
  { cert: {}, own: { "tls.crt": "C" }, says: /Secret own lacks tls\.crt or tls\.key/ },
  { cert: { "ca.crt": "A".repeat(70_000) }, own: {}, says: /ca\.crt of Secret cert has more than 65536 bytes/ },
];

for (const { cert, own, says } of faults) {
  test(`what is wrong with a Secret is told: ${says.source}`, async () => {
    const { put, read } = aCluster();
    if (cert !== undefined) put("cert", cert);
    put("own", own);
    const found = await read();
    assert.match(found.kind === "absent" ? found.message : "", says);
  });
}
