import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../domain/testing/a-server.ts";
import { anAnswer } from "../domain/testing/a-world.ts";
import { anOperator, serverKey, startPod, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const server = aServer({
  shares: [{ name: "/export" }],
  users: [{ name: "alice" }, { name: "bob", passwordSecretRef: { name: "people", key: "bob" } }],
});
const people = (password: string, resourceVersion: string) => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "people", namespace: "default", uid: "people-1", resourceVersion },
  data: { bob: Buffer.from(password).toString("base64") },
});
const digests = { alice: "a".repeat(32), bob: "b".repeat(32) };

async function running() {
  const cluster = new FakeCluster();
  cluster.put(people("password-of-bob", "1"));
  cluster.put(storedServer(server));
  const operator = anOperator(cluster);
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  operator.findings.answer(serverKey, "pod-1/0", anAnswer({ appliedPasswords: digests }));
  await operator.clock.advance(2_000);
  await operator.pass();
  return { cluster, operator };
}

test("a user without a Secret gets one, a user with one does not, and the status keeps what was set", async () => {
  const { cluster } = await running();
  assert.ok(cluster.find("Secret", "files-user-alice"));
  assert.equal(cluster.find("Secret", "files-user-bob"), undefined);
  const status = cluster.find("DittoServer", "files")?.["status"];
  assert.partialDeepStrictEqual(status, { applied: { userPasswords: digests } });
  assert.doesNotMatch(JSON.stringify(status), /password-of/);
});

test("a user's Secret that changes makes DittoFS be asked at once, and restarts nothing", async () => {
  const { cluster, operator } = await running();
  const asked = operator.asked.length;
  const writes = cluster.writes.length;
  cluster.put(people("another-password", "2"));
  await operator.pass();
  assert.equal(operator.asked.length, asked + 1);
  assert.deepEqual(cluster.writes.slice(writes), []);
});

test("a Secret of that name that belongs to somebody else keeps neither the server nor other users from being made", async () => {
  const cluster = new FakeCluster();
  const foreign = { name: "files-user-alice", namespace: "default", uid: "foreign", resourceVersion: "5" };
  cluster.put({ apiVersion: "v1", kind: "Secret", metadata: foreign, data: {} });
  cluster.put(storedServer(aServer({ users: [{ name: "alice" }, { name: "carol" }] })));
  await anOperator(cluster).pass();
  assert.ok(cluster.find("StatefulSet", "files"));
  assert.ok(cluster.find("Secret", "files-user-carol"));
  assert.deepEqual(cluster.find("Secret", "files-user-alice")?.["data"], {});
});
