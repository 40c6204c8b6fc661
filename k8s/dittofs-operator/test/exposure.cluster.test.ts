import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { serviceMonitorDefinition } from "./acceptance/service-monitor-definition.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { isUpkeep } from "./cluster/audited-requests.ts";

const lab = await enterOperatedLab();
const { cluster, node } = lab;
const operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await node.stop();
});

const { namespace } = dittoServer;
const ref = (apiVersion: string, kind: string, name: string) => ({ apiVersion, kind, name, namespace });
const ingress = ref("networking.k8s.io/v1", "Ingress", "files-api");
const policy = ref("networking.k8s.io/v1", "NetworkPolicy", "files-baseline");
const metricsService = ref("v1", "Service", "files-metrics");
const monitor = ref("monitoring.coreos.com/v1", "ServiceMonitor", "files-metrics");
const metrics = { enabled: true, serviceMonitor: { enabled: true } };
const allowedClients = ["192.0.2.0/24"];
const exposed = {
  controlPlane: { ingress: { enabled: true, host: "files.example.com", annotations: { "example.com/a": "ours" } } },
  metrics,
  nfs: { allowedClients, service: { type: "LoadBalancer" } },
  networkPolicy: { apiFrom: [{ namespaceSelector: {} }] },
};

async function changed(spec: Readonly<Record<string, unknown>>): Promise<void> {
  await cluster.apply(sampleServer("files", spec));
  await untilReady(cluster, ["files"]);
  await lab.untilQuiet();
}

const warningsOf = (server: KubernetesObject | undefined): string =>
  JSON.stringify((server?.["status"] as { readonly warnings?: unknown } | undefined)?.warnings ?? []); // of the operator

const podUid = async (): Promise<string | undefined> => (await cluster.get(ref("v1", "Pod", "files-0")))?.metadata.uid;

test("a server gets its Ingress, the Service of its metrics and its policy, and a second pass writes nothing", async () => {
  await operator.untilActing();
  await changed({ adapterDiscovery: { pollingInterval: "2s" }, ...exposed, nfs: { allowedClients } });
  const written = await Promise.all([ingress, metricsService, policy].map((each) => cluster.get(each)));
  assert.ok(written.every((object) => object !== undefined));
  const mark = await lab.audit.mark();
  await cluster.patch(serverRef("files"), { metadata: { labels: { look: "again" } } });
  await lab.untilQuiet();
  const requests = await lab.operatorRequests(mark);
  assert.deepEqual(
    requests.filter((each) => !isUpkeep(each)).map(({ verb, resource }) => `${verb} ${resource}`),
    [],
  );
});

test("a cluster without ServiceMonitors is told so in a warning, and not asked for any", async () => {
  assert.match(warningsOf(await cluster.get(serverRef("files"))), /servicemonitors\.monitoring\.coreos\.com/);
});

test("a ServiceMonitor is made when its kind appears while the operator runs, and the warning goes", async () => {
  const uid = await podUid();
  await cluster.applyYaml(serviceMonitorDefinition);
  await cluster.until(monitor, { what: "made", holds: () => true });
  await cluster.until(serverRef("files"), {
    what: "no warning",
    holds: (it) => !warningsOf(it).includes("monitoring"),
  });
  await lab.untilQuiet();
  assert.equal(await podUid(), uid);
});

test("what a controller puts on the Ingress stays, and its address becomes an endpoint", async () => {
  await cluster.patch(ingress, { metadata: { annotations: { "example.com/b": "theirs" } } });
  await cluster.patch(ingress, { status: { loadBalancer: { ingress: [{ ip: "192.0.2.80" }] } } }, "status");
  await cluster.until(serverRef("files"), {
    what: "an endpoint of scope ingress",
    holds: (server) => JSON.stringify(server["status"]).includes('"scope":"ingress"'),
  });
  const other = { enabled: true };
  await changed({ ...exposed, nfs: { allowedClients }, controlPlane: { ingress: other } });
  assert.deepEqual((await cluster.get(ingress))?.metadata.annotations, { "example.com/b": "theirs" });
});

test("switched off, each goes, and the server restarts only for its metrics", async () => {
  const uid = await podUid();
  await changed({ metrics });
  await cluster.untilGone(ingress);
  assert.equal(await podUid(), uid);
  await changed({});
  await Promise.all([cluster.untilGone(metricsService), cluster.untilGone(monitor)]);
  assert.notEqual(await podUid(), uid);
});

test("a ServiceMonitor goes with its kind, and the operator goes on", async () => {
  await changed({ metrics });
  await cluster.until(monitor, { what: "made", holds: () => true });
  await cluster.delete({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    name: "servicemonitors.monitoring.coreos.com",
  });
  await cluster.until(serverRef("files"), { what: "a warning", holds: (it) => warningsOf(it).includes("monitoring") });
  await lab.untilQuiet();
  await cluster.applyYaml(serviceMonitorDefinition);
  await cluster.until(monitor, { what: "made again", holds: () => true });
});
