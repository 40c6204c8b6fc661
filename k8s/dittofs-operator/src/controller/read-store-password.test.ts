import assert from "node:assert/strict";
import { test } from "node:test";
import { dittoServerSchema } from "../api/ditto-server-schema.ts";
import { aServer } from "../domain/testing/a-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import { readStorePassword } from "./read-store-password.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const spec = {
  percona: { enabled: true },
  stores: {
    metadata: [
      { name: "own", type: "postgres", postgres: { secretRef: { name: "pg", key: "uri" }, database: "own" } },
      { name: "keys", type: "postgres", postgres: { secretRef: { name: "pg-keys", key: "uri" }, database: "keys" } },
      { name: "inside", type: "postgres", postgres: { percona: true, database: "inside" } },
    ],
  },
  shares: [{ name: "/export" }],
};
const secret = (name: string, data: Readonly<Record<string, string>>): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace: "default" },
  data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, btoa(value)])),
});

const cluster = new FakeCluster();
cluster.put(secret("pg", { uri: "postgresql://u:a%2Fb@h/d", password: "another" }));
cluster.put(secret("pg-keys", { host: "h", user: "u", password: "of the key" }));
cluster.put(secret("files-postgres-pguser-dittofs", { uri: "postgresql://u:p@h/d", password: "of Percona" }));

const read = async (store: string): Promise<string> => {
  const server = aServer(dittoServerSchema.shape.spec.parse(spec));
  const found = await readStorePassword(store, { server, api: cluster, signal: new AbortController().signal });
  return found.kind === "present" ? found.password : found.message;
};

const rows: readonly (readonly [store: string, password: string, reason: string])[] = [
  ["own", "a/b", "a URI is taken apart, whatever stands beside it"],
  ["keys", "of the key", "without a URI the key of its own counts"],
  ["inside", "of Percona", "a store in Percona's cluster has the password of its user"],
  ["default", "of Percona", "as has the one that the spec does not even name"],
  ["none", "The spec names no Secret for metadata store none.", "what is not declared has none"],
];

for (const [store, password, reason] of rows) {
  test(`the password of store ${store}: ${reason}`, async () => assert.equal(await read(store), password));
}
