import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ROTATE_ANNOTATION, ROTATED_ANNOTATION } from "../src/api/group.ts";
import { dittoFsClient } from "../src/dittofs/dittofs-client.ts";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { systemClock } from "../src/runtime/system-clock.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";

const { namespace } = dittoServer;
const lab = await enterOperatedLab();
const { cluster, node } = lab;
after(async () => await node.stop());

const secretNames = { admin: "files-admin-bootstrap-credentials", alice: "files-user-alice", jwt: "files-jwt-secret" };

async function dataOf(name: string): Promise<Readonly<Record<string, string>>> {
  const secret = await cluster.get({ apiVersion: "v1", kind: "Secret", namespace, name });
  return (secret?.["data"] ?? {}) as Readonly<Record<string, string>>; // a Secret's data
}

async function podUid(): Promise<string | undefined> {
  return (await cluster.get({ apiVersion: "v1", kind: "Pod", namespace, name: "files-0" }))?.metadata.uid;
}

async function untilRenewed(): Promise<void> {
  const holds = ({ metadata, data }: KubernetesObject): boolean =>
    metadata.annotations?.[ROTATED_ANNOTATION] !== undefined && !JSON.stringify(data).includes("next-password");
  for (const name of Object.values(secretNames)) {
    await cluster.until({ apiVersion: "v1", kind: "Secret", namespace, name }, { what: "renewed", holds });
  }
}

test("passwords are renewed on demand, an operator that is killed meanwhile goes on, and the new ones work", async () => {
  const first = await lab.startOperator({ args: ["--leader-election", "off"] });
  await first.untilActing();
  await cluster.apply(sampleServer("files", { users: [{ name: "alice", uid: 1001 }] }));
  await untilReady(cluster, ["files"]);
  await lab.untilQuiet();
  const before = {
    admin: await dataOf(secretNames.admin),
    alice: await dataOf(secretNames.alice),
    jwt: await dataOf(secretNames.jwt),
    pod: await podUid(),
  };

  await cluster.patch(serverRef("files"), { metadata: { annotations: { [ROTATE_ANNOTATION]: "1" } } });
  const isBegun = ({ data }: KubernetesObject): boolean => JSON.stringify(data).includes("next-password");
  const admin = { apiVersion: "v1", kind: "Secret", namespace, name: secretNames.admin };
  await cluster.until(admin, { what: "begun", holds: isBegun });
  await first.stop("SIGKILL");
  const second = await lab.startOperator({ args: ["--leader-election", "off"] });
  await second.untilActing();
  await untilRenewed();
  await untilReady(cluster, ["files"]);
  await lab.untilQuiet();

  const after = { admin: await dataOf(secretNames.admin), alice: await dataOf(secretNames.alice) };
  assert.notEqual(after.admin["password"], before.admin["password"]);
  assert.notEqual(after.alice["password"], before.alice["password"]);
  assert.notDeepEqual(await dataOf(secretNames.jwt), before.jwt);
  assert.notEqual(await podUid(), before.pod, "the process reads what signs its tokens at its start");

  const double = node.double(namespace, "files");
  assert.ok(double);
  const dittofs = dittoFsClient(systemClock);
  for (const [username, data] of [
    ["admin", after.admin],
    ["alice", after.alice],
  ] as const) {
    const password = Buffer.from(data["password"] ?? "", "base64").toString("utf8");
    const { hostname: host, port } = new URL(double.url);
    const target = { host, port: Number(port) };
    const answer = await dittofs.login(target, { username, password }, new AbortController().signal);
    assert.equal(answer.code, "ok", username);
  }
  await second.stop();
});
