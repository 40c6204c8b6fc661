import assert from "node:assert/strict";
import { after, test } from "node:test";
import { aKeyFile } from "../src/domain/testing/a-key-file.ts";
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
const give = async (name: string, stringData: Readonly<Record<string, string>>) =>
  await cluster.apply({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData });
const giveKey = async (keyId: string, passphrase = "word") =>
  await give("sealed-key", { "key.pem": aKeyFile(keyId, passphrase), passphrase });
const untilSays = async (text: RegExp) =>
  await cluster.until(serverRef("sealed"), {
    what: String(text),
    holds: (it) => text.test(condition(it, "ConfigReady")?.message ?? ""),
  });
const podUid = async () =>
  (await cluster.get({ apiVersion: "v1", kind: "Pod", name: "sealed-0", namespace }))?.metadata.uid;

const s3 = {
  bucket: "sealed",
  endpoint: "https://s3.invalid",
  credentialsSecretRef: { name: "sealed-bucket" },
  encryption: { keySecretRef: { name: "sealed-key" } },
};

test("a share on an encrypted store is served once its key is there", async () => {
  await operator.untilActing();
  await give("sealed-bucket", { "access-key-id": "AK", "secret-access-key": "SK" });
  const shares = [{ name: "/team", remoteStore: "offsite" }];
  await cluster.apply(sampleServer("sealed", { stores: { remote: [{ name: "offsite", type: "s3", s3 }] }, shares }));
  await untilSays(/^spec\.stores\.remote\[\]\.s3\.encryption\.keySecretRef: Secret sealed-key does not exist/);
  await giveKey("one");
  await untilReady(cluster, ["sealed"]);
  assert.ok(node.double(namespace, "sealed")?.state.shares.get("/team"));
});

test("another key is told of and not taken up; the same key with another passphrase restarts the server once", async () => {
  const first = await podUid();
  await giveKey("two");
  await untilSays(/holds another key than that with which store offsite has encrypted/);
  await lab.untilQuiet();
  const copy = await cluster.get({ apiVersion: "v1", kind: "Secret", name: "sealed-encryption-keys", namespace });
  const data = copy?.["data"] as { readonly offsite: string } | undefined; // of a Secret
  assert.equal(Buffer.from(data?.offsite ?? "", "base64").toString(), aKeyFile("one", "word"));
  assert.equal(await podUid(), first);

  await giveKey("one", "another word");
  await cluster.until(
    { apiVersion: "v1", kind: "Pod", name: "sealed-0", namespace },
    {
      what: "another pod",
      holds: ({ metadata }) => metadata.uid !== first,
    },
  );
  await untilReady(cluster, ["sealed"]);
  assert.ok(node.double(namespace, "sealed")?.state.shares.get("/team"));
});
