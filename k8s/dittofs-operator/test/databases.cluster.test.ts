import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, test } from "node:test";
import { authority } from "../double/testing/self-signed.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { perconaDefinition } from "./acceptance/percona-definition.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { condition } from "./cluster/condition.ts";

const lab = await enterOperatedLab();
const { cluster, node } = lab;
const operator = await lab.startOperator();
/** Stands for PostgreSQL: the doubles ask no more of one than that it accepts connections. */
const database = createServer((socket) => socket.destroy());
await new Promise<void>((resolve) => database.listen(0, "127.0.0.1", resolve));
const { port } = database.address() as { readonly port: number }; // it listens on TCP
after(async () => {
  database.close();
  await operator.stop();
  await node.stop();
});

const { namespace } = dittoServer;
const ref = (kind: string, name: string, apiVersion = "v1") => ({ apiVersion, kind, name, namespace });
const pgCluster = ref("PerconaPGCluster", "vault-postgres", "pgv2.percona.com/v2");
const podUid = async (server: string) => (await cluster.get(ref("Pod", `${server}-0`)))?.metadata.uid;
const giveSecret = async (name: string, stringData: Readonly<Record<string, string>>) =>
  await cluster.apply({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData });
const untilDatabase = async (server: string, reason: string) =>
  await cluster.until(serverRef(server), {
    what: `DatabaseReady/${reason}`,
    holds: (it) => condition(it, "DatabaseReady")?.reason === reason,
  });
const uri = (password: string) => `postgresql://dittofs:${password}@127.0.0.1:${port}/records?sslmode=require`;

test("a control plane in PostgreSQL waits for its Secret, and then serves without a volume of its own", async () => {
  await operator.untilActing();
  const postgresSecretRef = { name: "pg", key: "uri" };
  await cluster.apply(sampleServer("records", { database: { postgresSecretRef } }));
  await untilDatabase("records", "CredentialsMissing");
  assert.equal(await cluster.get(ref("StatefulSet", "records", "apps/v1")), undefined);
  await giveSecret("pg", { uri: uri("first") });
  await untilReady(cluster, ["records"]);
  await untilDatabase("records", "PostgreSQL");
  assert.equal(await cluster.get(ref("PersistentVolumeClaim", "controlplane-records-0")), undefined);
});

test("another password restarts the server exactly once, and a pass after it writes nothing", async () => {
  const before = await podUid("records");
  await giveSecret("pg", { uri: uri("second") });
  await cluster.until(ref("Pod", "records-0"), {
    what: "another pod",
    holds: ({ metadata }) => metadata.uid !== before,
  });
  await untilReady(cluster, ["records"]);
  await lab.untilQuiet();
  const next = await podUid("records");
  await cluster.patch(serverRef("records"), { metadata: { labels: { look: "again" } } });
  await lab.untilQuiet();
  assert.equal(await podUid("records"), next);
});

test("without Percona's kind the server says so; when the kind comes the cluster is made", async () => {
  await cluster.apply(
    sampleServer("vault", { storage: { contentSize: "20Gi" }, percona: { enabled: true, storageSize: "1Gi" } }),
  );
  await untilDatabase("vault", "PerconaNotInstalled");
  await cluster.applyYaml(perconaDefinition);
  const made = await cluster.until(pgCluster, { what: "made", holds: () => true });
  assert.equal(made.metadata.ownerReferences, undefined);
  await untilDatabase("vault", "PerconaNotReady");
});

test("with Percona's Secrets there the server starts, metadata in a database of its own", async () => {
  const { cert } = authority("percona");
  await cluster.patch(pgCluster, { status: { state: "ready" } }, "status");
  await untilDatabase("vault", "CredentialsMissing");
  await giveSecret("vault-postgres-cluster-cert", { "ca.crt": cert });
  const place = { host: "127.0.0.1", port: String(port), dbname: "dittofs", user: "dittofs", password: "generated" };
  await giveSecret("vault-postgres-pguser-dittofs", { ...place, uri: uri("generated") });
  await untilReady(cluster, ["vault"]);
  const stores = node.double(namespace, "vault")?.state.database.metadataStores ?? [];
  assert.equal(stores.length, 1);
  assert.partialDeepStrictEqual(JSON.parse(stores[0]?.config ?? ""), {
    database: "dittofs_metadata",
    host: "127.0.0.1",
  });
});

test("a cluster that is initializing again stops nothing", async () => {
  const before = await podUid("vault");
  await cluster.patch(pgCluster, { status: { state: "initializing" } }, "status");
  await lab.untilQuiet();
  const server = await cluster.get(serverRef("vault"));
  assert.equal(server && condition(server, "Ready")?.status, "True");
  assert.equal(await podUid("vault"), before);
});

test("a deleted DittoServer leaves its cluster, which the next of its name finds", async () => {
  const uid = (await cluster.get(pgCluster))?.metadata.uid;
  await cluster.delete(serverRef("vault"));
  await cluster.untilGone(serverRef("vault"));
  await cluster.apply(
    sampleServer("vault", { storage: { contentSize: "20Gi" }, percona: { enabled: true, storageSize: "1Gi" } }),
  );
  await untilReady(cluster, ["vault"]);
  assert.equal((await cluster.get(pgCluster))?.metadata.uid, uid);
});
