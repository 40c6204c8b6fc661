import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Service } from "kubernetes-types/core/v1";
import type { DittoServerStatus } from "../src/api/status.ts";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { serviceMonitorDefinition } from "./acceptance/service-monitor-definition.ts";
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

const nfsService = ref("v1", "Service", "balanced-adapter-nfs");
type Seen = { readonly scope: string; readonly host: string; readonly port: number };

/** Waits for the reason and answers the status of then. */
async function reachedAs(
  reason: string,
): Promise<{ readonly nfs: readonly Seen[]; readonly status: string | undefined }> {
  const holds = (server: KubernetesObject): boolean => {
    const found = condition(server, "Reachable");
    return found?.reason === reason && found.observedGeneration === server.metadata.generation;
  };
  const server = await cluster.until(serverRef("balanced"), { what: `Reachable/${reason}`, holds, timeoutMs: 20_000 });
  const { endpoints = [] } = (server["status"] ?? {}) as DittoServerStatus; // of a DittoServer
  return {
    nfs: endpoints.filter(({ protocol, scope }) => protocol === "nfs" && scope !== "cluster"),
    status: condition(server, "Reachable")?.status,
  };
}

/** Of the Service: that it is the one it was, and its port on the nodes. */
async function identity(): Promise<readonly unknown[]> {
  const service = (await cluster.get(nfsService)) as Service | undefined; // by its kind
  return [service?.metadata?.uid, service?.spec?.ports?.[0]?.nodePort];
}

test("without a load balancer the ports of the nodes are given out after a while, and an address that comes later takes over", async () => {
  const balanced = (nfs: object, more: object = {}) =>
    sampleServer("balanced", { nfs, smb: { enabled: false }, loadBalancer: { fallbackAfterSeconds: 1 }, ...more });
  const service = { type: "LoadBalancer", annotations: { "example.com/pool": "a" } };
  await cluster.apply(balanced({ service }));
  const fallen = await reachedAs("NodePortFallback");
  const [uid, nodePort] = await identity();
  assert.deepEqual(fallen, {
    status: "True",
    nfs: [{ ...fallen.nfs[0], scope: "nodePort", host: "10.251.0.11", port: nodePort }],
  });
  await untilEvent("NodePortFallback");

  for (const edit of [
    balanced({ port: 12_049, service: { ...service, externalTrafficPolicy: "Local", sessionAffinity: "ClientIP" } }),
    balanced({ service: { type: "NodePort" } }),
    balanced({ service }),
  ]) {
    await cluster.apply(edit);
    await untilReady(cluster, ["balanced"]);
    assert.deepEqual(await identity(), [uid, nodePort]);
  }

  await cluster.patch(nfsService, { status: { loadBalancer: { ingress: [{ ip: "192.0.2.9" }] } } }, "status");
  const addressed = await reachedAs("Addressed");
  assert.deepEqual(
    [addressed.status, addressed.nfs.map(({ scope, host, port }) => `${scope} ${host} ${port}`)],
    ["True", ["loadBalancer 192.0.2.9 2049"]],
  );
  await cluster.patch(nfsService, { status: { loadBalancer: null } }, "status");
  await cluster.apply(
    balanced({ service: { ...service, allocateLoadBalancerNodePorts: false } }, { loadBalancer: { fallback: "None" } }),
  );
  assert.equal((await reachedAs("LoadBalancerPending")).status, "False");
});

async function untilEvent(reason: string): Promise<void> {
  const find = async () =>
    (await cluster.list({ apiVersion: "events.k8s.io/v1", kind: "Event" }, { namespace })).filter(
      (event) => event["reason"] === reason,
    );
  for (const deadlineMs = performance.now() + 10_000; (await find()).length === 0; )
    assert.ok(performance.now() < deadlineMs, `no event ${reason}`);
  assert.equal((await find()).length, 1);
}
