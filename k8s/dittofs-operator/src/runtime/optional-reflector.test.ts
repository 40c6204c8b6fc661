import assert from "node:assert/strict";
import { test } from "node:test";
import type { ApiAnswer, KubernetesApi, KubernetesObject } from "./kubernetes-api.ts";
import { ManualClock } from "./manual-clock.ts";
import { startOptionalReflector } from "./optional-reflector.ts";
import { Recovery } from "./recovery.ts";
import { Store } from "./store.ts";
import { aFailure, FakeListWatch } from "./testing/fake-list-watch.ts";
import { RecordingLog } from "./testing/recording-log.ts";

const widgets = { group: "example.com", version: "v1", kind: "Widget", plural: "widgets", isNamespaced: true };

/** A cluster with a definition of widgets or without, and what is asked of it. */
function aCluster(served?: ApiAnswer<boolean>[]) {
  const clock = new ManualClock();
  const definitions = new FakeListWatch(clock);
  const objects = new FakeListWatch(clock);
  const api: Pick<KubernetesApi, "list" | "watch" | "servesGroup"> = {
    servesGroup: async () => served?.shift() ?? { ok: true, value: true },
    list: (resource, query) => (resource === widgets ? objects : definitions).list(resource, query),
    watch: (resource, query) => (resource === widgets ? objects : definitions).watch(resource, query),
  };
  const store = new Store({ indexers: {}, transform: (object: KubernetesObject) => object });
  const told: boolean[] = [];
  const random = { fraction: () => 0.5 };
  const reflector = startOptionalReflector({
    api,
    resource: widgets,
    query: { shape: "full" },
    store,
    clock,
    log: new RecordingLog(),
    random,
    recovery: new Recovery(clock, random),
    onChange: () => {},
    definitions: served === undefined ? "watched" : "asked",
    onServed: (isServed) => told.push(isServed),
  });
  return { clock, definitions, objects, store, told, reflector };
}

test("a cluster without the kind is asked for its definition once, and then for nothing", async () => {
  const { clock, definitions, objects, told, reflector } = aCluster();
  await clock.advance(0);
  assert.ok(reflector.hasSynced());
  for (let minute = 0; minute < 4; minute++) {
    definitions.bookmark();
    await clock.advance(60_000);
  }
  assert.deepEqual([definitions.requests, objects.requests, told], [["list", "watch from 1"], [], []]);
  await reflector.stop();
});

test("a kind that is there at the start is read before the reflector counts as synced", async () => {
  const { clock, definitions, objects, store, told, reflector } = aCluster();
  definitions.put("widgets.example.com");
  objects.put("a");
  assert.equal(reflector.hasSynced(), false);
  await clock.advance(0);
  assert.ok(reflector.hasSynced());
  assert.deepEqual([told, store.size], [[true], 1]);
  await reflector.stop();
});

test("a kind that comes later is read then, tried until the API server serves it", async () => {
  const { clock, definitions, objects, told, reflector } = aCluster();
  await clock.advance(0);
  objects.listFaults.push(aFailure("notFound", 404));
  definitions.put("widgets.example.com");
  await clock.advance(0);
  assert.deepEqual(told, []);
  assert.ok(reflector.hasSynced(), "it holds nobody up");
  await clock.advance(2_000);
  assert.deepEqual([told, objects.requests], [[true], ["list", "list", "watch from 1"]]);
  await reflector.stop();
});

test("a kind that goes leaves an empty store, and one that comes again is read again", async () => {
  const { clock, definitions, objects, store, told, reflector } = aCluster();
  definitions.put("widgets.example.com");
  objects.put("a");
  await clock.advance(0);
  definitions.delete("widgets.example.com");
  await clock.advance(0);
  assert.deepEqual([told, store.size, objects.watches.length], [[true, false], 0, 0]);
  definitions.put("widgets.example.com");
  await clock.advance(0);
  assert.deepEqual([told, store.size], [[true, false, true], 1]);
  await reflector.stop();
  assert.deepEqual([definitions.watches.length, objects.watches.length], [0, 0]);
});

test("without the right to read definitions a kind is asked for, found when it comes, and let go when it goes", async () => {
  const { clock, definitions, objects, store, told, reflector } = aCluster(
    [false, true, false].map((value) => ({ ok: true, value })),
  );
  objects.put("a");
  await clock.advance(0);
  assert.ok(reflector.hasSynced());
  assert.deepEqual(told, []);
  await clock.advance(300_000);
  assert.deepEqual([told, store.size], [[true], 1]);
  await clock.advance(300_000);
  assert.deepEqual([told, store.size], [[true, false], 0]);
  assert.deepEqual(definitions.requests, []);
  await reflector.stop();
});

test("while nobody says whether a kind is served, it is asked for again soon and not counted as synced", async () => {
  const { clock, told, reflector } = aCluster([{ ok: false, failure: aFailure("unreachable") }]);
  await clock.advance(0);
  assert.equal(reflector.hasSynced(), false);
  await clock.advance(2_000);
  assert.ok(reflector.hasSynced());
  assert.deepEqual(told, [true]);
  await reflector.stop();
});
