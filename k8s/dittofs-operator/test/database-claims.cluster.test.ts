import assert from "node:assert/strict";
import { after, test } from "node:test";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { condition } from "./cluster/condition.ts";

const lab = await enterOperatedLab();
const { cluster, node } = lab;
const operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await node.stop();
});

const { namespace } = dittoServer;
// Of servers made in one second the name decides: "older" comes before the others.
const statefulSet = (name: string) => ({ apiVersion: "apps/v1", kind: "StatefulSet", name, namespace });
const giveUri = async (name: string, database: string) =>
  await cluster.apply({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace },
    stringData: { uri: `postgresql://dittofs:hidden@db.example.com/${database}` },
  });
const untilSays = async (server: string, type: "DatabaseReady" | "Provisioned", text: RegExp) =>
  await cluster.until(serverRef(server), {
    what: String(text),
    holds: (it) => text.test(condition(it, type)?.message ?? ""),
  });

test("of two servers on one database the older one has it, and the other starts with one of its own", async () => {
  await operator.untilActing();
  await giveUri("first", "one");
  await giveUri("second", "one");
  await cluster.apply(sampleServer("older", { database: { postgresSecretRef: { name: "first", key: "uri" } } }));
  await cluster.until(statefulSet("older"), { what: "made", holds: () => true });
  await cluster.apply(sampleServer("younger", { database: { postgresSecretRef: { name: "second", key: "uri" } } }));
  await untilSays("younger", "DatabaseReady", /^Database one on db\.example\.com:5432 is that of the control plane/);
  assert.equal(await cluster.get(statefulSet("younger")), undefined);

  await giveUri("second", "two");
  await cluster.until(statefulSet("younger"), { what: "made", holds: () => true });
});

test("a metadata store in such a database is not made, and everything else of its server serves", async () => {
  await cluster.apply(sampleServer("tenant"));
  await untilReady(cluster, ["tenant"]);
  const team = {
    name: "team",
    type: "postgres",
    postgres: { secretRef: { name: "first", key: "uri" }, database: "one" },
  };
  await cluster.patch(serverRef("tenant"), { spec: { stores: { metadata: [team] } } });
  const told = await untilSays(
    "tenant",
    "Provisioned",
    /^Metadata store team: Database one .* older DittoServer default\/older/,
  );
  assert.equal(condition(told, "Provisioned")?.reason, "StoreFailed");
  const stores = node.double(namespace, "tenant")?.state.database.metadataStores ?? [];
  assert.deepEqual(
    stores.map(({ name }) => name),
    ["default"],
  );
});
