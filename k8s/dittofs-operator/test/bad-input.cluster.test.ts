import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { FaultKind } from "../double/start-double.ts";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { assertFigure } from "./acceptance/assert-figure.ts";
import { everyChild, foreignObjects, laterKinds, serverInTheWay } from "./acceptance/foreign-objects.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { serviceMonitorDefinition } from "./acceptance/service-monitor-definition.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import type { StateCheck } from "./cluster/cluster-client.ts";
import { condition } from "./cluster/condition.ts";
import { refOf } from "./cluster/object-ref.ts";

const longestHealingMs = 2000;
const namespace = "default";
const polling = { adapterDiscovery: { pollingInterval: "2s" } };

const lab = await enterOperatedLab();
const { cluster, node } = lab;
await cluster.applyYaml(serviceMonitorDefinition);
const operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await node.stop();
});

const credentials: KubernetesObject = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "given-credentials", namespace },
  stringData: { secret: "a-signing-secret-of-the-users-own-choice" },
};
const withSecret = { identity: { jwt: { secretRef: { name: credentials.metadata.name, key: "secret" } } } };

test("a Secret that is not there is named, and the server starts within 2 s of its creation", async (t) => {
  await cluster.apply(sampleServer("secretless", withSecret));
  const waiting = await until("secretless", "ConfigReady", "False", "SecretNotFound");
  assert.match(condition(waiting, "ConfigReady")?.message ?? "", /given-credentials/);
  assert.equal(await cluster.get(statefulSet("secretless")), undefined);
  const createdMs = performance.now();
  await cluster.apply(credentials);
  await until("secretless", "ConfigReady", "True");
  const healedMs = performance.now() - createdMs;
  await untilReady(cluster, ["secretless"]);
  assertFigure(t, "healed after the Secret came", { value: healedMs, limit: longestHealingMs, unit: "ms" });
});

test("a Secret that goes leaves the running server alone, and what comes again heals within 2 s", async (t) => {
  const before = await running("secretless");
  await cluster.delete(refOf(credentials));
  const waiting = await until("secretless", "ConfigReady", "False", "SecretNotFound");
  assert.match(condition(waiting, "ConfigReady")?.message ?? "", /given-credentials/);
  await lab.untilQuiet();
  assert.deepEqual(await running("secretless"), before);
  const createdMs = performance.now();
  await cluster.apply(credentials);
  await until("secretless", "ConfigReady", "True");
  const healedMs = performance.now() - createdMs;
  assertFigure(t, "healed after the Secret came", { value: healedMs, limit: longestHealingMs, unit: "ms" });
  await untilReady(cluster, ["secretless"]);
  assert.deepEqual(await running("secretless"), before);
});

test("a reference that is wrong leaves the running pod alone, and the rollout follows the object's creation", async () => {
  const priorityClass = {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "late" },
    value: 1,
  };
  await cluster.apply(sampleServer("misreferred"));
  await untilReady(cluster, ["misreferred"]);
  const before = await running("misreferred");
  await cluster.apply(sampleServer("misreferred", { pod: { priorityClassName: "late" } }));
  const waiting = await until("misreferred", "ConfigReady", "False", "ReferenceNotFound");
  assert.match(condition(waiting, "ConfigReady")?.message ?? "", /spec\.pod\.priorityClassName: PriorityClass late/);
  assert.deepEqual(await running("misreferred"), before);
  await cluster.apply(priorityClass);
  await until("misreferred", "ConfigReady", "True");
  await untilReady(cluster, ["misreferred"]);
  assert.notDeepEqual(await running("misreferred"), before);
});

test("a Service that the API server refuses is told with its field, and all else goes on", async () => {
  const nfs = { service: { type: "NodePort", nodePort: 80 } };
  await cluster.apply(sampleServer("refused", { nfs }));
  const { message = "" } =
    condition(await until("refused", "ConfigReady", "False", "ApplyRefused"), "ConfigReady") ?? {};
  assert.match(message, /Service refused-adapter-nfs.*spec\.ports\[0\]\.nodePort/);
  await until("refused", "Available", "True");
  await until("refused", "Provisioned", "True");
  await cluster.apply(sampleServer("refused"));
  await untilReady(cluster, ["refused"]);
});

test("a configuration that is too large for a ConfigMap is told, and the running server goes on", async () => {
  await cluster.apply(sampleServer("large"));
  await untilReady(cluster, ["large"]);
  const before = await running("large");
  await cluster.apply(sampleServer("large", { extraConfig: { future: "x".repeat(2 ** 20) } }));
  const { message = "" } = condition(await until("large", "ConfigReady", "False", "ApplyRefused"), "ConfigReady") ?? {};
  assert.match(message, /ConfigMap large-config.*Too long/);
  assert.deepEqual(await running("large"), before);
  await cluster.apply(sampleServer("large"));
  await untilReady(cluster, ["large"]);
});

test("what has a child's name and belongs to others stays byte for byte as it is", async () => {
  const strangers = await Promise.all(
    foreignObjects.map(async (object) => await settled(await cluster.create(object))),
  );
  await Promise.all(strangers.map((stranger) => cluster.apply(sampleServer(serverInTheWay(stranger), everyChild))));
  for (const stranger of strangers) {
    const server = await until(serverInTheWay(stranger), "ConfigReady", "False", "NameConflict");
    const { message = "" } = condition(server, "ConfigReady") ?? {};
    assert.ok(message.includes(`${stranger.kind} ${stranger.metadata.name}`), message);
    assert.equal(condition(server, "Ready")?.status, "False");
  }
  await lab.untilQuiet();
  for (const stranger of strangers) {
    assert.equal(JSON.stringify(await cluster.get(refOf(stranger))), JSON.stringify(stranger));
    if (!laterKinds.has(stranger.kind))
      assert.equal(await cluster.get(statefulSet(serverInTheWay(stranger))), undefined);
  }
});

test("deleting a DittoServer in conflict leaves what belongs to others", async () => {
  const [, ...strangers] = await Promise.all(foreignObjects.map((object) => cluster.get(refOf(object))));
  for (const stranger of strangers) {
    assert.ok(stranger);
    await cluster.delete(serverRef(serverInTheWay(stranger)));
    await cluster.untilGone(serverRef(serverInTheWay(stranger)));
    assert.equal(JSON.stringify(await cluster.get(refOf(stranger))), JSON.stringify(stranger));
  }
});

test("a DittoServer whose name conflict was solved becomes Ready", async () => {
  const [stranger] = foreignObjects;
  assert.ok(stranger);
  await cluster.delete(refOf(stranger));
  // Others' objects are not watched; a change of the server's own is looked at without delay.
  await cluster.apply(sampleServer(serverInTheWay(stranger), { logging: { level: "DEBUG" } }));
  await untilReady(cluster, [serverInTheWay(stranger)]);
});

const faults = ["500", "html503", "hang"] as const satisfies readonly FaultKind[];

test("a REST API that answers 500 or HTML or never is told, nothing is deleted, and it heals", async (t) => {
  const names = faults.map((fault) => `failing-${fault}`);
  await Promise.all(names.map((name) => cluster.apply(sampleServer(name, polling))));
  await untilReady(cluster, names);
  await lab.untilQuiet();
  await Promise.all(faults.map((fault) => failAndHeal(`failing-${fault}`, fault)));

  async function failAndHeal(name: string, fault: FaultKind): Promise<void> {
    const double = node.double(namespace, name);
    assert.ok(double);
    const before = { ...(await running(name)), tables: JSON.stringify(double.state.database) };
    const mark = await lab.audit.mark();
    const brokenMs = performance.now();
    double.faults.set("* *", fault);
    const broken = await until(name, "Provisioned", "False", "ApiUnreachable");
    const seenMs = performance.now();
    assert.equal(condition(broken, "Ready")?.status, "False");
    assert.equal(condition(broken, "Available")?.status, "True");
    double.faults.clear();
    await untilReady(cluster, [name]);
    const healedMs = performance.now();
    t.diagnostic(
      `${fault}: seen after ${Math.round(seenMs - brokenMs)} ms: ${condition(broken, "Provisioned")?.message}`,
    );
    t.diagnostic(`${fault}: healed after ${Math.round(healedMs - seenMs)} ms`);
    assert.deepEqual({ ...(await running(name)), tables: JSON.stringify(double.state.database) }, before);
    assert.equal(double.requests.filter(({ method }) => method === "DELETE").length, 0);
    const deleted = (await lab.operatorRequests(mark)).filter(({ verb }) => verb === "delete");
    assert.deepEqual(deleted, []);
  }
});

async function until(name: string, type: string, status: string, reason?: string): Promise<KubernetesObject> {
  const check: StateCheck = {
    what: `${type}=${status}/${reason ?? "*"}`,
    holds: (server) => {
      const seen = condition(server, type);
      const isOfNow = seen?.observedGeneration === server.metadata.generation;
      return isOfNow && seen?.status === status && (reason === undefined || seen.reason === reason);
    },
  };
  return await cluster.until(serverRef(name), check);
}

function statefulSet(name: string) {
  return { apiVersion: "apps/v1", kind: "StatefulSet", namespace, name };
}

/** What a restart or a new object would change. */
async function running(name: string): Promise<object> {
  const pod = await cluster.get({ apiVersion: "v1", kind: "Pod", namespace, name: `${name}-0` });
  const set = await cluster.get(statefulSet(name));
  assert.ok(pod !== undefined && set !== undefined);
  return { pod: pod.metadata.uid, statefulSet: set.metadata.uid, generation: set.metadata.generation };
}

/** After its controller, which the fake node plays, has said that it has seen it. */
async function settled(object: KubernetesObject): Promise<KubernetesObject> {
  if (object.kind !== "StatefulSet") return object;
  const isSeen = (seen: KubernetesObject): boolean => JSON.stringify(seen).includes('"observedGeneration":1');
  await cluster.until(refOf(object), { what: "seen", holds: isSeen });
  return (await cluster.get(refOf(object))) ?? object;
}
