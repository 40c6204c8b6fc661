import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { DEFAULT_IMAGE } from "../../src/api/default-image.ts";
import { RESTARTED_AT_ANNOTATION, ROTATE_ANNOTATION } from "../../src/api/group.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { assertFigure } from "../acceptance/assert-figure.ts";
import { isReady } from "../acceptance/until-ready.ts";
import { isUpkeep } from "../cluster/audited-requests.ts";
import { condition } from "../cluster/condition.ts";
import { operatorUser } from "../cluster/install-operator.ts";
import { enterInstalledLab, namespace } from "./installed-lab.ts";
import { kubectl } from "./kubectl.ts";
import { recorded } from "./recorded.ts";
import { restartCounts } from "./restart-counts.ts";
import { ServerUnderTest } from "./server-under-test.ts";

const { cluster, audit } = await enterInstalledLab();
const pods = await recorded(cluster, { apiVersion: "v1", kind: "Pod" });
const servers = await recorded(cluster, { apiVersion: "dittofs.dittofs.com/v1alpha1", kind: "DittoServer" });
after(() => [pods, servers].forEach(({ stop }) => stop()));

const isTrue = (object: KubernetesObject, type: string): boolean => condition(object, type)?.status === "True";

/** How many pods the server has had; none of them may have started its process twice. */
function podCount(name: string): number {
  const states = pods.states(`${name}-0`);
  const restarts = states.flatMap(restartCounts);
  assert.ok(restarts.length > 0 && restarts.every((count) => count === 0), `${name}: restarts ${restarts.join(", ")}`);
  return new Set(states.map(({ metadata }) => metadata.uid)).size;
}

/** Servers do not disturb each other, so that they change at the same time. */
describe("a server that runs", { concurrency: true }, () => {
  test("restarts once for its configuration and once for each restarted-at, and not for a Service's annotation", async (t) => {
    const server = new ServerUnderTest(cluster, "restarts");
    await server.create();
    const first = await server.podUid();

    const startMs = performance.now();
    await server.change({ logging: { level: "DEBUG" } });
    const second = await server.untilRestarted(first);
    t.diagnostic(`serving again ${seconds(startMs)} after the change`);
    assert.equal(await server.revisionCount(), 2);

    await server.change({ adapterServices: { annotations: { "example.com/pool": "one" } } });
    const service = { apiVersion: "v1", kind: "Service", namespace, name: "restarts-adapter-nfs" };
    const holds = ({ metadata }: KubernetesObject): boolean => metadata.annotations?.["example.com/pool"] === "one";
    await cluster.until(service, { what: "annotated", holds });
    await server.untilSettled();
    assert.equal(await server.podUid(), second);
    assert.equal(await server.revisionCount(), 2);

    await cluster.patch(server.ref, { metadata: { annotations: { [RESTARTED_AT_ANNOTATION]: "now" } } });
    await server.untilRestarted(second);
    assert.equal(await server.revisionCount(), 3);
    assert.equal(podCount("restarts"), 3);
    assert.deepEqual((await server.notes("Rollout")).toSorted(), [
      "The file server restarts once, because its annotation restarted-at asks for it.",
      "The file server restarts once, because its configuration file changed.",
    ]);
  });

  test("restarts once for a setting that it reads with a share, and neither for a new share nor for a change by hand", async () => {
    const server = new ServerUnderTest(cluster, "sharing");
    await server.create({ shares: [{ name: "/export" }] });
    const first = await server.podUid();
    await server.change({ shares: [{ name: "/export" }, { name: "/second", encryptData: true }] });
    await server.untilSettled();
    assert.equal(await server.podUid(), first);

    await server.change({
      shares: [
        { name: "/export", encryptData: true },
        { name: "/second", encryptData: true },
      ],
    });
    const second = await server.untilRestarted(first);
    const shares = await server.servedShares();
    assert.equal(shares.length, 2);
    await server.change({
      shares: [
        { name: "/export", encryptData: true, readOnly: true },
        { name: "/second", encryptData: true },
      ],
    });
    await server.untilSettled();
    assert.equal(await server.podUid(), second);
    assert.equal(podCount("sharing"), 2);
    assert.equal(await server.revisionCount(), 1);
    assert.deepEqual(await server.notes("Rollout"), [
      "The file server restarts once, because settings of share /export changed that it reads only when it loads a share.",
    ]);

    // With another template in the same edit, the server is told first, and one start serves both.
    await server.change({ logging: { level: "DEBUG" }, shares: [{ name: "/export" }, { name: "/second" }] });
    await server.untilRestarted(second);
    assert.equal(podCount("sharing"), 3);
    assert.equal(await server.revisionCount(), 2);
  });

  test("loses what left the spec under Delete, and has it again after one restart, because the process has its store open", async () => {
    const server = new ServerUnderTest(cluster, "removing");
    const own = { name: "/own", metadataStore: "own", localStore: "own", nfs: { allowedClients: ["192.0.2.0/28"] } };
    const stores = {
      metadata: [{ name: "own", type: "badger" }],
      local: [{ name: "own", type: "filesystem", filesystem: { volume: "content", path: "own" } }],
    };
    const kept = { name: "/export" };
    await server.create({ deletionPolicy: "Delete", stores, shares: [kept, own] });
    const first = await server.podUid();
    await server.change({ stores: null, shares: [kept] });
    await server.untilSettled();
    assert.deepEqual(
      (await server.servedShares()).map(({ name }) => name),
      ["/export"],
    );
    assert.match((await server.notes("ShareRemoved")).join(), /^Share \/own: removed/);
    assert.match(
      (await server.notes("StoreRemoved")).toSorted().join(),
      /^Local store own: removed.*Metadata store own: removed/,
    );
    assert.equal(await server.podUid(), first);

    await server.change({ stores, shares: [kept, own] });
    await server.untilRestarted(first);
    assert.equal((await server.servedShares()).length, 2);
    assert.deepEqual(await server.notes("Rollout"), [
      "The file server restarts once, because metadata store own was removed, and is wanted again.",
    ]);
  });

  test("restarts once for a new share that requires Kerberos, and opens it only then", async () => {
    const server = new ServerUnderTest(cluster, "guarding");
    await server.create({ shares: [{ name: "/export" }] });
    const first = await server.podUid();
    await server.change({ shares: [{ name: "/export" }, { name: "/sealed", nfs: { requireKerberos: true } }] });
    await server.untilRestarted(first);
    assert.deepEqual(
      (await server.servedShares()).map(({ name, enabled }) => ({ name, enabled })),
      [
        { name: "/export", enabled: true },
        { name: "/sealed", enabled: true },
      ],
    );
    assert.equal(podCount("guarding"), 2);
    const opened = pods.states("guarding-0").find((pod) => pod.metadata.uid !== first && isTrue(pod, "Ready"));
    const ready = servers.states("guarding").find((each) => each.metadata.generation === 2 && isReady(each));
    const order = [opened, ready].map((object) => Number(object?.metadata.resourceVersion));
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
      "Ready, but about the process that goes",
    );
  });

  test("restarts once for kubectl rollout restart; that, and what others put on its objects, is left alone", async (t) => {
    const server = new ServerUnderTest(cluster, "foreign");
    await server.create();
    const marks = { metadata: { labels: { "example.com/team": "a" }, annotations: { "example.com/note": "b" } } };
    const service = { apiVersion: "v1", kind: "Service", namespace, name: "foreign-adapter-nfs" };
    const configMap = { apiVersion: "v1", kind: "ConfigMap", namespace, name: "foreign-config" };
    const marked = [server.statefulSet, service, configMap];
    for (const ref of marked) await cluster.patch(ref, marks);
    const first = await server.podUid();

    await kubectl("rollout", "restart", "statefulset/foreign", "-n", namespace);
    const second = await server.untilRestarted(first);
    const mark = await audit.mark();
    await wait(quietMs);
    const requests = (await audit.requests(mark, await audit.mark())).filter(
      (request) => request.user === operatorUser && request.name.startsWith("foreign") && !isUpkeep(request),
    );
    assert.deepEqual(requests, [], "the operator does something about it");

    await server.change({ logging: { level: "DEBUG" } });
    await server.untilRestarted(second);
    const { annotations } = (await server.readStatefulSet()).spec?.template.metadata ?? {};
    assert.match(annotations?.["kubectl.kubernetes.io/restartedAt"] ?? "", /^\d{4}-/);
    for (const ref of marked) {
      const { labels = {}, annotations = {} } = (await cluster.get(ref))?.metadata ?? {};
      assert.equal(labels["example.com/team"], "a", ref.kind);
      assert.equal(annotations["example.com/note"], "b", ref.kind);
    }
    assert.equal(podCount("foreign"), 3);
    t.diagnostic(`${await server.revisionCount()} revisions`);
  });

  test("goes on while its signing Secret is missing, and restarts once when its value is another", async (t) => {
    const server = new ServerUnderTest(cluster, "secrets");
    const secret = { apiVersion: "v1", kind: "Secret", namespace, name: "signing" };
    const signing = (value: string): KubernetesObject => ({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { namespace, name: "signing" },
      stringData: { jwt: value.repeat(40) },
    });
    await cluster.apply(signing("a"));
    await server.create({ identity: { jwt: { secretRef: { name: "signing", key: "jwt" } } } });
    const first = await server.podUid();

    await cluster.delete(secret);
    const missing = await server.untilCondition("ConfigReady", "False", "SecretNotFound");
    assert.match(condition(missing, "ConfigReady")?.message ?? "", /signing/);
    assert.equal(condition(missing, "Available")?.status, "True");

    const startMs = performance.now();
    await cluster.apply(signing("a"));
    await server.untilSettled();
    const tookMs = performance.now() - startMs;
    assertFigure(t, "healed after the Secret was there again", { value: tookMs, limit: 2_000, unit: "ms" });
    assert.equal(await server.podUid(), first);
    assert.equal(await server.revisionCount(), 1);

    await cluster.apply(signing("b"));
    await server.untilRestarted(first);
    assert.equal(await server.revisionCount(), 2);
    assert.equal(podCount("secrets"), 2);
    assert.deepEqual(await server.notes("Rollout"), [
      "The file server restarts once, because a Secret that it reads at start changed.",
    ]);
  });

  test("says that an image cannot be pulled, and comes up by itself when it is corrected", async (t) => {
    const server = new ServerUnderTest(cluster, "images");
    await server.create();
    await server.change({ image: "localhost/dittofs/typo:1" });
    const failed = await server.untilCondition("Available", "False", "ImagePullFailed");
    assert.match(condition(failed, "Available")?.message ?? "", /typo:1.*\. Correct spec\.image/);
    const stuck = await server.podUid();

    const startMs = performance.now();
    await server.change({ image: DEFAULT_IMAGE });
    await server.untilRestarted(stuck);
    t.diagnostic(`serving again ${seconds(startMs)} after the correction`);
    assert.equal((await server.readStatefulSet()).spec?.podManagementPolicy, "Parallel");
  });

  test("serves the same shares after its pod was deleted, and is not Ready meanwhile", async (t) => {
    const server = new ServerUnderTest(cluster, "deleted");
    await server.create();
    const shares = await server.servedShares();
    const first = await server.podUid();
    const startMs = performance.now();
    const before = servers.states("deleted").length;
    await cluster.delete(server.pod);
    await server.untilRestarted(first);
    t.diagnostic(`serving again ${seconds(startMs)} after the deletion`);
    const states = servers.states("deleted").slice(before);
    const ready = states.map((state) => condition(state, "Ready")?.status);
    assert.deepEqual(ready.filter((status, index) => status !== ready[index - 1]).slice(-2), ["False", "True"]);
    // The new process is not known until it was asked, and nothing of it failed.
    assert.ok(states.every((state) => condition(state, "Provisioned")?.status !== "False"));
    assert.deepEqual(
      (await server.servedShares()).map(({ id }) => id),
      shares.map(({ id }) => id),
    );
    assert.equal(await server.revisionCount(), 1);
  });

  test("gets new passwords on demand, with which it lets its administrator in after one restart", async () => {
    const server = new ServerUnderTest(cluster, "renewed");
    await server.create({ users: [{ name: "alice", uid: 1001 }] });
    const [first, password, shares] = [
      await server.podUid(),
      await server.adminPassword(),
      await server.servedShares(),
    ];
    await cluster.patch(server.ref, { metadata: { annotations: { [ROTATE_ANNOTATION]: "1" } } });
    await server.untilRestarted(first);
    assert.notEqual(await server.adminPassword(), password);
    assert.deepEqual(
      (await server.servedShares()).map(({ id }) => id),
      shares.map(({ id }) => id),
    );
    assert.equal(podCount("renewed"), 2);
  });

  test("gets its shares again when it keeps nothing and its pod was deleted", async () => {
    const server = new ServerUnderTest(cluster, "scratch");
    await cluster.applyYaml(readFileSync("config/samples/memory.yaml", "utf8"), namespace);
    await server.untilSettled();
    const [share] = await server.servedShares();
    const first = await server.podUid();
    await cluster.delete(server.pod);
    await server.untilRestarted(first);
    const [again] = await server.servedShares();
    assert.equal(again?.name, "/scratch");
    assert.notEqual(again.id, share?.id, "the server kept something");
    assert.deepEqual(await server.left().then((all) => all.filter((each) => each.startsWith("persistent"))), []);
  });
});

const quietMs = 2000;

function seconds(startMs: number): string {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
