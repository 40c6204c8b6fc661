import assert from "node:assert/strict";
import { after, test } from "node:test";
import { connect } from "node:tls";
import { certificateAuthority } from "../src/kubernetes/testing/certificate.ts";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { isUpkeep } from "./cluster/audited-requests.ts";
import { condition } from "./cluster/condition.ts";

const lab = await enterOperatedLab();
const { cluster, node } = lab;
const operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await node.stop();
});

const { namespace } = dittoServer;
const company = certificateAuthority("the company");
const successor = certificateAuthority("its successor");
const serviceName = "files-api.default.svc";
const polling = { adapterDiscovery: { pollingInterval: "2s" } };
const secured = { certSecretName: "api-tls" };
const mutual = { ...secured, clientCASecretName: "clients" };

const pair = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({ "tls.crt": cert, "tls.key": key });

async function secret(name: string, stringData: Readonly<Record<string, string>>): Promise<void> {
  await cluster.apply({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData });
}

async function changed(controlPlane: Readonly<Record<string, unknown>>): Promise<void> {
  await cluster.apply(sampleServer("files", { ...polling, controlPlane }));
  await untilReady(cluster, ["files"]);
  await lab.untilQuiet();
}

const restarts = (): number => node.revisions(namespace, "files").length - 1;

async function until(type: string, status: string, says: RegExp): Promise<void> {
  const holds = (server: KubernetesObject): boolean => {
    const found = condition(server, type);
    return found?.status === status && says.test(`${found.reason}: ${found.message}`);
  };
  await cluster.until(serverRef("files"), { what: `${type} ${status} ${says.source}`, holds });
}

/** The serial number of the certificate that the server shows. */
async function shownCertificate(): Promise<string> {
  const { hostname, port } = new URL(node.double(namespace, "files")?.url ?? "");
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false });
  return await new Promise((resolve, reject) => {
    socket.once("error", reject).once("secureConnect", () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
  });
}

test("a server with a certificate of its own speaks TLS, and the operator trusts the authority beside it", async () => {
  await secret("api-tls", { ...pair(company.issue(serviceName)), "ca.crt": company.cert });
  await operator.untilActing();
  await changed(secured);
  assert.match(node.double(namespace, "files")?.url ?? "", /^https:/);
  const mark = await lab.audit.mark();
  await cluster.patch(serverRef("files"), { metadata: { labels: { look: "again" } } });
  await lab.untilQuiet();
  const requests = (await lab.operatorRequests(mark)).filter((each) => !isUpkeep(each));
  assert.deepEqual(requests, [], "a second pass asks the API server for nothing");
});

test("a renewed certificate, of a new authority too, is taken up without a restart", async () => {
  const [uid, shown] = [restarts(), await shownCertificate()];
  await secret("api-tls", { ...pair(successor.issue(serviceName)), "ca.crt": successor.cert });
  await lab.untilQuiet();
  await untilReady(cluster, ["files"]);
  await node.renewFiles(namespace, "files");
  assert.notEqual(await shownCertificate(), shown);
  await lab.untilQuiet();
  await untilReady(cluster, ["files"]);
  assert.equal(restarts(), uid);
});

test("a key of another certificate is told, and the running server goes on", async () => {
  const before = restarts();
  const { cert } = successor.issue(serviceName);
  await secret("api-tls", { "tls.crt": cert, "tls.key": successor.issue(serviceName).key, "ca.crt": successor.cert });
  await until("ConfigReady", "False", /SecretInvalid: .*private key of the certificate in tls\.crt/);
  await lab.untilQuiet();
  assert.equal(restarts(), before);
  await secret("api-tls", { ...pair(successor.issue(serviceName)), "ca.crt": successor.cert });
  await untilReady(cluster, ["files"]);
  assert.equal(restarts(), before);
});

test("a server that asks for certificates restarts once, and lets the operator in with its own", async () => {
  const before = restarts();
  await node.renewFiles(namespace, "files");
  await secret("clients", { "ca.crt": company.cert });
  await secret("operator-tls", pair(company.issue("operator")));
  await changed({ ...mutual, operatorClientCertSecretName: "operator-tls" });
  assert.equal(restarts(), before + 1);
});

test("an authority of clients that changes restarts the server once", async () => {
  const before = restarts();
  await secret("clients", { "ca.crt": successor.cert });
  await until("Provisioned", "False", /ApiUnreachable/);
  await secret("operator-tls", pair(successor.issue("operator")));
  await until("Provisioned", "True", /./);
  await lab.untilQuiet();
  assert.equal(restarts(), before + 1);
});

test("without a certificate of the operator's the condition says what is missing, and its coming heals without a restart", async () => {
  const before = restarts();
  await cluster.apply(sampleServer("files", { ...polling, controlPlane: mutual }));
  await until("Provisioned", "False", /ApiUnreachable: .*certificate/);
  const server = await cluster.get(serverRef("files"));
  assert.match(JSON.stringify(server?.["status"]), /Name one in operatorClientCertSecretName/);
  await changed({ ...mutual, operatorClientCertSecretName: "operator-tls" });
  assert.equal(restarts(), before);
});

test("back in clear the server restarts once and is provisioned", async () => {
  const before = restarts();
  await changed({});
  assert.match(node.double(namespace, "files")?.url ?? "", /^http:/);
  assert.equal(restarts(), before + 1);
});

test("NFS over TLS is told to the server once its pod has the files, and taken away again before NFS could miss them", async () => {
  const before = restarts();
  await secret("nfs-tls", pair(company.issue("files-adapter-nfs.default.svc")));
  const tls = (mode: string) => ({ certSecretName: "nfs-tls", mode });
  const withTls = async (nfs: Readonly<Record<string, unknown>>): Promise<unknown> => {
    await cluster.apply(sampleServer("files", { ...polling, nfs }));
    await untilReady(cluster, ["files"]);
    await lab.untilQuiet();
    return node.double(namespace, "files")?.state.database.adapters.find(({ type }) => type === "nfs")?.config;
  };
  const files = { cert_file: "/nfs-tls/tls.crt", key_file: "/nfs-tls/tls.key" };
  assert.deepEqual(await withTls({ tls: tls("require") }), { tls: { ...files, mode: "require" } });
  assert.equal(restarts(), before + 1);
  assert.deepEqual(await withTls({ tls: tls("opportunistic") }), { tls: { ...files, mode: "opportunistic" } });
  assert.equal(restarts(), before + 1, "another mode restarts nothing");
  assert.deepEqual(await withTls({}), {});
  assert.equal(restarts(), before + 2);
});
