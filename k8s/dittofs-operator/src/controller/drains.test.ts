import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import { aServer, defaultSpec } from "../domain/testing/a-server.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { serverError } from "./provision/testing/failed-calls.ts";
import { InMemoryDittoFs } from "./provision/testing/in-memory-dittofs.ts";
import { anOperator, startPod, storedServer } from "./testing/an-operator.ts";
import { FakeCluster } from "./testing/fake-cluster.ts";

const bucket: Partial<DittoServerSpec> = {
  stores: {
    remote: [{ name: "offsite", type: "s3", s3: { bucket: "files", credentialsSecretRef: { name: "keys" } } }],
  },
  shares: [{ name: "/export", remoteStore: "offsite" }],
};
const debug: Partial<DittoServerSpec> = { logging: { ...defaultSpec.logging, level: "DEBUG" } };

/** A server that serves, and what becomes of it when its spec is another one. */
async function serving(spec: Partial<DittoServerSpec>) {
  const cluster = new FakeCluster();
  const dittofs = new InMemoryDittoFs();
  const operator = anOperator(cluster, new ManualClock(), dittofs);
  cluster.put(storedServer(aServer(spec)));
  await operator.pass();
  startPod(cluster);
  await operator.pass();
  operator.answer();
  await operator.clock.advance(2_000);
  await operator.pass();
  dittofs.password = passwordIn(cluster);
  cluster.writes.splice(0);
  operator.events.splice(0);
  /** A pass over another spec, or over a server that is being deleted, and the calls that it sets off. */
  const pass = async (change: Partial<DittoServerSpec> = {}, meta: object = {}) => {
    const stored = cluster.find("DittoServer", "files");
    assert.ok(stored !== undefined);
    const wanted = storedServer(aServer({ ...spec, ...change }));
    cluster.put({ ...stored, spec: wanted["spec"], metadata: { ...stored.metadata, ...meta } });
    await operator.pass();
    await operator.clock.advance(0);
  };
  const writes = () => cluster.writes.splice(0).filter((write) => /StatefulSet|Pod/.test(write));
  return { cluster, dittofs, operator, pass, writes };
}

function passwordIn(cluster: FakeCluster): string {
  const data = cluster.find("Secret", "files-admin-bootstrap-credentials")?.["data"];
  return Buffer.from(String(new Map(Object.entries(data ?? {})).get("password")), "base64").toString("utf8");
}

type Status = {
  readonly conditions?: readonly { readonly type: string; readonly reason: string; readonly message: string }[];
};

function progressing(cluster: FakeCluster): { readonly reason: string; readonly message: string } | undefined {
  const status = cluster.find("DittoServer", "files")?.["status"] as Status | undefined; // written by the operator under test
  return status?.conditions?.find(({ type }) => type === "Progressing");
}

test("a rollout waits for uploads, says how much that is, and comes when they are done", async () => {
  const { cluster, dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.unsyncedBytes = 5_000_000;
  const uploaded = Promise.withResolvers<undefined>();
  dittofs.until = ({ name }) => (name === "drainUploads" ? uploaded.promise : undefined);
  await pass(debug);
  assert.deepEqual(writes(), []);
  await operator.clock.advance(5_000);
  await pass(debug);
  assert.deepEqual(writes(), []);
  assert.equal(progressing(cluster)?.reason, "Draining");
  assert.match(
    progressing(cluster)?.message ?? "",
    /^About 5 MiB is uploaded before the file server stops, for 5m at most\./,
  );
  operator.looks.splice(0);
  uploaded.resolve(undefined);
  await operator.clock.advance(0);
  assert.deepEqual(operator.looks, ["default/files"]);
  await pass(debug);
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
  assert.deepEqual(
    operator.events.filter((event) => event.startsWith("Warning")),
    [],
  );
  assert.equal(dittofs.calls.filter(({ name }) => name === "drainUploads").length, 1);
});

test("a rollout with nothing to upload drains nothing", async () => {
  const { dittofs, pass, writes } = await serving(bucket);
  await pass(debug);
  await pass(debug);
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
  assert.equal(
    dittofs.calls.some(({ name }) => name === "drainUploads"),
    false,
  );
});

test("a server that uploads nothing rolls out at once and is not asked", async () => {
  const { dittofs, pass, writes } = await serving({ shares: [{ name: "/export" }] });
  await pass(debug);
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
  assert.deepEqual(dittofs.calls, []);
});

test("uploads that do not end delay a rollout for five minutes and no longer, and an event tells", async () => {
  const { dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.unsyncedBytes = 5_000_000;
  dittofs.fate = ({ name }) => (name === "drainUploads" ? "hangs" : undefined);
  await pass(debug);
  await operator.clock.advance(299_000);
  await pass(debug);
  assert.deepEqual(writes(), []);
  await operator.clock.advance(1_000);
  await pass(debug);
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
  assert.match(
    operator.events.join("\n"),
    /Warning UploadsUnfinished: Not all of about 5 MiB is uploaded, .* goes on when it starts again\./,
  );
});

test("a server that cannot be asked is stopped all the same, when the time for its uploads is over", async () => {
  const { dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.password = "another-password";
  await pass(debug);
  await operator.clock.advance(299_000);
  await pass(debug);
  assert.deepEqual(writes(), []);
  await operator.clock.advance(1_000);
  await pass(debug);
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
  assert.ok(dittofs.calls.filter(({ name }) => name === "login").length <= 20, "it is not asked fast");
  assert.match(operator.events.join("\n"), /Whether everything is uploaded is not known/);
});

test("a stop by spec.replicas waits for uploads too", async () => {
  const { dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.unsyncedBytes = 1;
  await pass({ replicas: 0 });
  assert.deepEqual(writes(), []);
  await operator.clock.advance(0);
  await pass({ replicas: 0 });
  assert.deepEqual(writes(), ["apply StatefulSet/files"]);
});

test("a restart that the file server needs waits for uploads too", async () => {
  const { dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.unsyncedBytes = 1;
  operator.answer({ outdated: "it has to" });
  await pass();
  assert.deepEqual(writes(), []);
  await pass();
  assert.deepEqual(writes(), ["delete Pod/files-0"]);
});

test("a restart for another access key does not wait for uploads that fail with the one before", async () => {
  const { dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.unsyncedBytes = 1;
  dittofs.fate = ({ name }) => (name === "drainUploads" ? serverError : undefined);
  operator.session().outdated = "shares take up the new access key only at a start";
  operator.answer({ outdated: "shares take up the new access key only at a start" });
  await pass();
  await pass();
  assert.deepEqual(writes(), ["delete Pod/files-0"]);
  assert.match(operator.events.join("\n"), /Warning UploadsUnfinished: .* goes on when it starts again\./);
});

test("once the pod is gone its address may be another's, and is not asked again", async () => {
  const { cluster, dittofs, operator, pass } = await serving(bucket);
  dittofs.fate = ({ name }) => (name === "unsyncedBytes" ? serverError : undefined);
  await pass(debug);
  cluster.remove("Pod", { namespace: "default", name: "files-0" });
  dittofs.calls.splice(0);
  await operator.clock.advance(300_000);
  assert.deepEqual(dittofs.calls, []);
});

test("a deletion waits for uploads, for a bounded time, and an event tells what is left where", async () => {
  const { cluster, dittofs, operator, pass, writes } = await serving(bucket);
  dittofs.unsyncedBytes = 5_000_000;
  dittofs.fate = ({ name }) => (name === "drainUploads" ? "hangs" : undefined);
  const deletionTimestamp = "2026-01-01T00:00:00Z";
  await pass({}, { deletionTimestamp });
  await pass();
  assert.deepEqual(writes(), []);
  assert.match(progressing(cluster)?.message ?? "", /^About 5 MiB is uploaded before the file server stops/);
  await operator.clock.advance(300_000);
  await pass();
  assert.deepEqual(writes(), ["delete StatefulSet/files"]);
  assert.match(operator.events.join("\n"), /Warning UploadsUnfinished: .* is on the volumes that are kept\./);
});
