import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { Store } from "./store.ts";
import type { Change } from "./store-contents.ts";
import { configMap } from "./testing/config-map.ts";

function aStore(listed: readonly KubernetesObject[] = [], version = 1) {
  const store = new Store({
    indexers: { app: (object) => Object.values(object.metadata.labels ?? {}) },
    transform: (object) => object,
  });
  const feed = store.feed(undefined);
  const list = (objects: readonly KubernetesObject[], at: number): readonly Change[] => {
    const replacement = feed.beginReplacement();
    replacement.add(objects);
    return replacement.finish(String(at));
  };
  list(listed, version);
  return { store, feed, list };
}

const versionOf = (store: Store | Store<"app">, name: string) =>
  store.get({ namespace: "default", name })?.metadata.resourceVersion;

/** `a: 1 -> 2`, `a: -> 2`, `a: 1 ->` */
const told = (changes: readonly Change[]) =>
  changes.map(({ key, before, after }) =>
    `${key.name}: ${before?.metadata.resourceVersion ?? ""} -> ${after?.metadata.resourceVersion ?? ""}`
      .replaceAll("  ", " ")
      .trim(),
  );

describe("a store follows the stream", () => {
  test("it is synced only after each of its feeds had a complete list", () => {
    const store = new Store({ indexers: {}, transform: (object) => object });
    assert.equal(store.hasSynced(), false);
    const one = store.feed("one");
    const two = store.feed("two");
    one.beginReplacement().finish("1");
    assert.equal(store.hasSynced(), false);
    two.beginReplacement().finish("1");
    assert.equal(store.hasSynced(), true);
  });

  test("what comes in is cut before it is kept", () => {
    const store = new Store({
      indexers: {},
      transform: ({ apiVersion, kind, metadata }) => ({ apiVersion, kind, metadata }),
    });
    store.feed(undefined).put({ ...configMap("a", 2), data: { large: "x" } });
    store.recordWrite({ ...configMap("b", 3), data: { large: "x" } });
    assert.deepEqual(store.all(), [configMap("a", 2), configMap("b", 3)]);
  });

  test("an object is found by its index and no longer when it ended", () => {
    const { store, feed } = aStore();
    feed.put(configMap("a", 2, { labels: { app: "x" } }));
    assert.deepEqual(
      store.byIndex("app", "x").map((object) => object.metadata.name),
      ["a"],
    );
    feed.remove(configMap("a", 3, { labels: { app: "x" } }));
    assert.deepEqual(store.byIndex("app", "x"), []);
  });

  test("a list ends what it lacks before it begins what is new (defect 3: deleted while disconnected)", () => {
    const { list } = aStore([configMap("a", 1), configMap("b", 2)], 2);
    assert.deepEqual(told(list([configMap("b", 2), configMap("c", 5)], 6)), ["a: 1 ->", "c: -> 5"]);
  });

  test("another uid under a known name is an end and a beginning (defect 3: replaced while disconnected)", () => {
    const { list } = aStore([configMap("a", 1, { uid: "first" })]);
    assert.deepEqual(told(list([configMap("a", 5, { uid: "second" })], 6)), ["a: 1 ->", "a: -> 5"]);
  });

  test("the same version again is no event", () => {
    const { feed, list } = aStore([configMap("a", 1)]);
    assert.deepEqual(told(list([configMap("a", 1)], 9)), []);
    assert.deepEqual(told(feed.put(configMap("a", 1))), []);
  });

  test("the end of what was never known is no event", () => {
    assert.deepEqual(told(aStore().feed.remove(configMap("a", 3))), []);
  });

  test("a list of one namespace says nothing about the others", () => {
    const store = new Store({ indexers: {}, transform: (object) => object });
    store.feed("one").put(configMap("a", 1, { namespace: "one" }));
    const replacement = store.feed("two").beginReplacement();
    assert.deepEqual(replacement.finish("5"), []);
    assert.equal(store.size, 1);
  });

  test("a bookmark of one namespace says nothing about writes in the others", () => {
    const store = new Store({ indexers: {}, transform: (object) => object });
    store.feed("one").bookmark("3");
    store.recordWrite(configMap("a", 5, { namespace: "one" }));
    store.feed("two").bookmark("9");
    assert.equal(store.size, 1);
  });
});

describe("a store shows our own writes at once", () => {
  test("a created object is there before the stream delivers it, and is announced when it does", () => {
    const { store, feed } = aStore();
    store.recordWrite(configMap("a", 5));
    assert.equal(versionOf(store, "a"), "5");
    assert.deepEqual(told(feed.put(configMap("a", 5))), ["a: -> 5"]);
  });

  test("an older event does not undo a write", () => {
    const { store, feed } = aStore([configMap("a", 1)]);
    store.recordWrite(configMap("a", 5));
    assert.deepEqual(told(feed.put(configMap("a", 3))), []);
    assert.equal(versionOf(store, "a"), "5");
  });

  test("a user's edit just before our write is announced with it (defect 9: own write masks no edit)", () => {
    const { store, feed } = aStore([configMap("a", 1, { generation: 1 })]);
    store.recordWrite(configMap("a", 5, { generation: 2 }));
    assert.deepEqual(told(feed.put(configMap("a", 4, { generation: 2 }))), []);
    const [change] = feed.put(configMap("a", 5, { generation: 2 }));
    assert.equal(change?.before?.metadata.generation, 1);
    assert.equal(change?.after?.metadata.generation, 2);
  });

  test("an answer that comes after the stream has passed it is left out", () => {
    const { store, feed } = aStore();
    feed.put(configMap("a", 5));
    feed.put(configMap("a", 6));
    store.recordWrite(configMap("a", 5));
    assert.equal(versionOf(store, "a"), "6");
    feed.remove(configMap("a", 7));
    store.recordWrite(configMap("a", 6));
    assert.equal(versionOf(store, "a"), undefined);
  });

  test("of two writes in a row listeners hear one change, from what they knew", () => {
    const { store, feed } = aStore([configMap("a", 1)]);
    store.recordWrite(configMap("a", 5));
    store.recordWrite(configMap("a", 6));
    store.recordDelete({ namespace: "default", name: "a" }, "uid-of-a");
    assert.deepEqual(told(feed.put(configMap("a", 5))), []);
    assert.deepEqual(told(feed.put(configMap("a", 6))), []);
    assert.deepEqual(told(feed.remove(configMap("a", 7))), ["a: 1 ->"]);
  });

  test("of two answers in the wrong order the newer one stays", () => {
    const { store } = aStore();
    store.recordWrite(configMap("a", 6));
    store.recordWrite(configMap("a", 5));
    assert.equal(versionOf(store, "a"), "6");
  });

  test("the end of an earlier object of that name does not end ours", () => {
    const { store, feed } = aStore([configMap("a", 1, { uid: "first" })]);
    store.recordWrite(configMap("a", 5, { uid: "second" }));
    assert.deepEqual(told(feed.remove(configMap("a", 4, { uid: "first" }))), []);
    assert.deepEqual(told(feed.put(configMap("a", 5, { uid: "second" }))), ["a: 1 ->", "a: -> 5"]);
  });

  test("a write that the stream does not select is gone with the next bookmark", () => {
    const { store, feed } = aStore();
    store.recordWrite(configMap("a", 5));
    feed.bookmark("4");
    assert.equal(versionOf(store, "a"), "5");
    feed.bookmark("5");
    assert.equal(versionOf(store, "a"), undefined);
  });

  test("a write answered while a list is under way is newer than that list", () => {
    const { store, feed } = aStore([configMap("a", 1)]);
    const replacement = feed.beginReplacement();
    store.recordWrite(configMap("a", 5));
    store.recordWrite(configMap("b", 6));
    replacement.add([configMap("a", 3)]);
    assert.deepEqual(told(replacement.finish("4")), []);
    assert.equal(versionOf(store, "a"), "5");
    assert.equal(versionOf(store, "b"), "6");
  });

  test("a list that began after a write decides, even when versions went back (etcd restored from a backup)", () => {
    const { store, list } = aStore([configMap("a", 1_000)], 1_000);
    store.recordWrite(configMap("b", 1_001));
    assert.deepEqual(told(list([configMap("a", 500)], 600)), ["a: 1000 -> 500"]);
    assert.equal(versionOf(store, "b"), undefined);
  });

  test("versions that are no numbers lose this protection and nothing else", () => {
    const { store, feed } = aStore();
    const opaque = (version: string) => {
      const object = configMap("a", 0);
      return { ...object, metadata: { ...object.metadata, resourceVersion: version } };
    };
    store.recordWrite(opaque("x5"));
    assert.equal(versionOf(store, "a"), "x5");
    feed.bookmark("x6");
    assert.equal(versionOf(store, "a"), "x5");
    feed.put(opaque("x4"));
    assert.equal(versionOf(store, "a"), "x4");
    feed.put(opaque("x5"));
    assert.equal(versionOf(store, "a"), "x5");
  });
});

describe("a store hides what we have deleted", () => {
  const known = configMap("a", 1);
  const key = { namespace: "default", name: "a" };

  test("older events of the object do not bring it back, its end is announced", () => {
    const { store, feed } = aStore([known]);
    store.recordDelete(key, "uid-of-a");
    assert.deepEqual(told(feed.put(configMap("a", 2))), []);
    assert.equal(store.get(key), undefined);
    assert.deepEqual(told(feed.remove(configMap("a", 3))), ["a: 1 ->"]);
  });

  test("an object that finalizers hold is shown again, as one that is going away", () => {
    const { store, feed } = aStore([known]);
    store.recordDelete(key, "uid-of-a");
    feed.put(configMap("a", 3, { deletionTimestamp: "2026-01-01T00:00:00Z" }));
    assert.equal(versionOf(store, "a"), "3");
  });

  test("a new object of that name is shown", () => {
    const { store, feed } = aStore([known]);
    store.recordDelete(key, "uid-of-a");
    assert.deepEqual(told(feed.put(configMap("a", 4, { uid: "second" }))), ["a: 1 ->", "a: -> 4"]);
  });

  test("the delete of another object of that name hides nothing", () => {
    const { store } = aStore([known]);
    store.recordDelete(key, "another");
    assert.equal(versionOf(store, "a"), "1");
  });

  test("a late answer to a write before the delete does not bring it back", () => {
    const { store } = aStore([known]);
    store.recordDelete(key, "uid-of-a");
    store.recordWrite(configMap("a", 2));
    assert.equal(store.get(key), undefined);
  });

  test("a list that began before the delete does not bring it back, but shows that it is going away", () => {
    const { store, feed } = aStore([known, configMap("b", 1)]);
    const replacement = feed.beginReplacement();
    store.recordDelete(key, "uid-of-a");
    store.recordDelete({ namespace: "default", name: "b" }, "uid-of-b");
    replacement.add([configMap("a", 2), configMap("b", 3, { deletionTimestamp: "2026-01-01T00:00:00Z" })]);
    replacement.finish("3");
    assert.equal(versionOf(store, "a"), undefined);
    assert.equal(versionOf(store, "b"), "3");
  });
});
