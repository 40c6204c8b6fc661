import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { resources } from "../src/controller/resources.ts";
import { Recovery } from "../src/runtime/recovery.ts";
import { startReflector } from "../src/runtime/reflector.ts";
import { slimObject } from "../src/runtime/slim-object.ts";
import { Store } from "../src/runtime/store.ts";
import { systemClock } from "../src/runtime/system-clock.ts";
import { systemRandom } from "../src/runtime/system-random.ts";
import { RecordingLog } from "../src/runtime/testing/recording-log.ts";
import { waitForSync } from "../src/runtime/wait-for-sync.ts";
import { adminApi } from "./cluster/admin-api.ts";
import { enterLab } from "./cluster/enter-lab.ts";
import { fakeNodeLab } from "./cluster/fake-node/fake-node.ts";
import { hangMs } from "./cluster/hang.ts";

const { cluster, directory, stopProcess, startProcess } = await enterLab("light", fakeNodeLab);
const api = await adminApi(directory);
const fieldManager = "dittofs-operator";
const { configMaps } = resources;
const query = { namespace: "default", labelSelector: "watched=yes", shape: "full" } as const;
const store = new Store({ indexers: {}, transform: (object) => slimObject(object, fieldManager) });
const told: string[] = [];
const log = new RecordingLog();
const reflector = startReflector({
  api,
  resource: configMaps,
  query,
  store,
  clock: systemClock,
  random: systemRandom,
  recovery: new Recovery(systemClock, systemRandom),
  log,
  onChange: ({ name }, before, now) =>
    told.push(`${before === undefined ? "+" : now === undefined ? "-" : "~"}${name}`),
});
after(() => reflector.stop());

const configMap = (name: string, data: object) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default", labels: { watched: "yes" } },
  data,
});
const dataOf = (name: string): unknown => store.get({ namespace: "default", name })?.["data"];

async function until(what: string, holds: () => boolean): Promise<void> {
  const endMs = systemClock.monotonicMs() + hangMs;
  while (!holds()) {
    assert.ok(systemClock.monotonicMs() < endMs, `not within ${hangMs} ms: ${what}; told ${told.join(" ")}`);
    await wait(10);
  }
}

test("it has its first list soon", async () => {
  const { signal } = new AbortController();
  assert.deepEqual(await waitForSync([reflector], { clock: systemClock, deadlineMs: hangMs, signal }), []);
});

test("it tells what happens, and nothing of what is not selected", async () => {
  await cluster.apply(configMap("a", { n: "1" }));
  await cluster.apply({ ...configMap("other", {}), metadata: { name: "other", namespace: "default" } });
  await cluster.apply(configMap("a", { n: "2" }));
  await until("a at 2", () => told.length === 2);
  assert.deepEqual(told, ["+a", "~a"]);
  assert.deepEqual(dataOf("a"), { n: "2" });
});

test("an object that loses its label ends, as far as this watch is concerned", async () => {
  const ref = { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "a" };
  await cluster.patch(ref, { metadata: { labels: { watched: null } } });
  await until("a gone", () => told.at(-1) === "-a");
  await cluster.patch(ref, { metadata: { labels: { watched: "yes" } } });
  await until("a back", () => told.at(-1) === "+a");
});

test("our own writes are read at once and told when they come back, a hundred times", async () => {
  const from = told.length;
  for (let n = 0; n < 100; n++) {
    const written = await api.apply(configMaps, configMap("own", { n: String(n) }), { fieldManager, force: true });
    assert.ok(written.ok);
    store.recordWrite(written.value);
    assert.deepEqual(dataOf("own"), { n: String(n) });
  }
  await until("the last write", () => told.length > from && dataOf("own") !== undefined);
  await wait(200);
  assert.deepEqual(dataOf("own"), { n: "99" });
  assert.equal(told[from], "+own");
});

test("the API server is killed and comes back: what happened meanwhile is told, in two lines of log", async () => {
  const from = log.notable.length;
  const fromTold = told.length;
  await stopProcess("apiserver");
  await until("the loss", () => log.notable.length > from);
  await startProcess("apiserver");
  await until("the API server", () => reflector.trouble() === undefined);
  await cluster.apply(configMap("b", {}));
  await until("b", () => told.includes("+b"));
  assert.deepEqual(told.slice(fromTold), ["+b"], "nothing is told twice");
  assert.deepEqual(log.notable.slice(from), ["warn: not up to date, trying again", "info: up to date again"]);
});

test("it ends when it is told to, and with it its request", async () => {
  await reflector.stop();
  await cluster.apply(configMap("late", {}));
  await wait(300);
  assert.ok(!told.includes("+late"));
});
