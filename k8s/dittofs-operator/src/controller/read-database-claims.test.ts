import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer, defaultSpec } from "../domain/testing/a-server.ts";
import { anOperator, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const database = { ...defaultSpec.database, postgresSecretRef: { name: "pg", key: "uri" } };
const secret = (namespace: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "pg", namespace, uid: `pg-${namespace}`, resourceVersion: "1" },
  data: { uri: Buffer.from("postgresql://u:hidden@db.example.com/files").toString("base64") },
});
type Conditions = { readonly conditions?: readonly { readonly type: string; readonly reason: string }[] };
const reasonOf = (cluster: FakeCluster): string | undefined => {
  const status = cluster.find("DittoServer", "files")?.["status"] as Conditions | undefined; // written by the operator under test
  return status?.conditions?.find(({ type }) => type === "DatabaseReady")?.reason;
};

test("a server waits for the database of an older one of another namespace, and starts once that is gone", async () => {
  const cluster = new FakeCluster();
  cluster.put(secret("default"));
  cluster.put(secret("earlier"));
  const older = aServer(
    { database },
    { namespace: "earlier", uid: "older", creationTimestamp: "2025-01-01T00:00:00Z" },
  );
  cluster.put(storedServer(older));
  cluster.put(storedServer(aServer({ database })));
  const operator = anOperator(cluster);
  assert.deepEqual(await operator.pass(), { kind: "lookAgain", afterMs: 30_000 });
  assert.equal(reasonOf(cluster), "DatabaseTaken");
  assert.equal(cluster.find("StatefulSet", "files"), undefined);
  assert.doesNotMatch(JSON.stringify([...cluster.objects.values()].map(({ status }) => status)), /hidden/);

  cluster.remove("DittoServer", older.metadata);
  await operator.clock.advance(30_000);
  await operator.pass();
  assert.ok(cluster.find("StatefulSet", "files"));
  assert.notEqual(reasonOf(cluster), "DatabaseTaken");
});
