import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { Store } from "./store.ts";
import type { Change } from "./store-contents.ts";
import type { Replacement } from "./store-feed.ts";
import { configMap } from "./testing/config-map.ts";

type ServerEvent = { readonly type: "put" | "remove"; readonly name: string; readonly object: KubernetesObject };

/** An API server with one kind of object: a history of versions, one of which each event carries. */
class ServerModel {
  readonly history: ServerEvent[] = [{ type: "remove", name: "of earlier", object: configMap("of earlier", 1) }];
  #state = new Map<string, KubernetesObject>();

  get version(): number {
    return this.history.length;
  }

  live(name: string): KubernetesObject | undefined {
    return this.#state.get(name);
  }

  list(): readonly KubernetesObject[] {
    return [...this.#state.values()];
  }

  write(name: string): KubernetesObject {
    const uid = this.live(name)?.metadata.uid ?? `uid-${this.version + 1}`;
    const object = configMap(name, this.version + 1, { uid });
    this.#state.set(name, object);
    this.history.push({ type: "put", name, object });
    return object;
  }

  delete(name: string): string | undefined {
    const uid = this.live(name)?.metadata.uid;
    if (uid === undefined) return undefined;
    this.#state.delete(name);
    this.history.push({ type: "remove", name, object: configMap(name, this.version + 1, { uid }) });
    return uid;
  }
}

/** The store under test with everything around it: answers on their way, a stream that lags, a list that takes time. */
class World {
  readonly server = new ServerModel();
  readonly store = new Store({ indexers: {}, transform: (object) => object });
  readonly #feed = this.store.feed(undefined);
  readonly #heard = new Map<string, KubernetesObject>();
  readonly #answeredVersion = new Map<string, number>();
  readonly #answers: (() => void)[] = [];
  #position = 1;
  #list: { readonly replacement: Replacement; finish?: () => void } | undefined;

  constructor() {
    this.#feed.beginReplacement().finish("1");
  }

  ourWrite(name: string): void {
    const object = this.server.write(name);
    this.#answers.push(() => {
      this.store.recordWrite(object);
      this.#answeredVersion.set(name, Math.max(versionOf(object), this.#answeredVersion.get(name) ?? 0));
    });
  }

  ourDelete(name: string): void {
    const uid = this.server.delete(name);
    if (uid !== undefined) this.#answers.push(() => this.store.recordDelete({ namespace: "default", name }, uid));
  }

  answer(which: number): void {
    if (this.#answers.length > 0) this.#answers.splice(which % this.#answers.length, 1)[0]?.();
  }

  deliver(count: number): void {
    if (this.#list !== undefined) return;
    for (const event of this.server.history.slice(this.#position, this.#position + count)) {
      this.#hear(event.type === "put" ? this.#feed.put(event.object) : this.#feed.remove(event.object));
      this.#position += 1;
    }
  }

  bookmark(): void {
    if (this.#list === undefined) this.#feed.bookmark(String(this.#position));
  }

  /** Three calls: a list begins, the server answers with what it holds then, the answer is taken in. */
  continueList(): void {
    if (this.#list === undefined) {
      this.#list = { replacement: this.#feed.beginReplacement() };
    } else if (this.#list.finish === undefined) {
      const { replacement } = this.#list;
      const objects = this.server.list();
      const { version } = this.server;
      this.#list.finish = () => {
        replacement.add(objects);
        this.#hear(replacement.finish(String(version)));
        this.#position = version;
      };
    } else {
      this.#list.finish();
      this.#list = undefined;
    }
  }

  /** Nothing new happens until everything under way has arrived. */
  settle(): void {
    while (this.#list !== undefined) this.continueList();
    while (this.#answers.length > 0) this.answer(0);
    this.deliver(this.server.version);
    this.bookmark();
  }

  assertOwnWritesAreRead(): void {
    for (const [name, answered] of this.#answeredVersion) {
      const read = this.store.get({ namespace: "default", name });
      if (read !== undefined) assert.ok(versionOf(read) >= answered, `${name} went back from ${answered}`);
      else assert.ok(this.#endedAfter(name, answered), `${name} at ${answered} was lost`);
    }
  }

  assertSettled(): void {
    const live = byName(this.server.list());
    assert.deepEqual(byName(this.store.all()), live, "readers");
    assert.deepEqual(byName([...this.#heard.values()]), live, "listeners");
  }

  #hear(changes: readonly Change[]): void {
    for (const { key, before, after } of changes) {
      assert.deepEqual(this.#heard.get(key.name), before, "each change begins where the last one ended");
      if (after === undefined) this.#heard.delete(key.name);
      else this.#heard.set(key.name, after);
    }
  }

  #endedAfter(name: string, version: number): boolean {
    return this.server.history.slice(version).some((event) => event.type === "remove" && event.name === name);
  }
}

function versionOf(object: KubernetesObject): number {
  return Number(object.metadata.resourceVersion);
}

function byName(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.toSorted((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

const names = fc.constantFrom("a", "b", "c");
const step: fc.Arbitrary<(world: World) => void> = fc.oneof(
  names.map((name) => (world: World) => world.ourWrite(name)),
  names.map((name) => (world: World) => world.ourDelete(name)),
  names.map((name) => (world: World) => void world.server.write(name)),
  names.map((name) => (world: World) => void world.server.delete(name)),
  fc.nat(9).map((which) => (world: World) => world.answer(which)),
  fc.integer({ min: 1, max: 4 }).map((count) => (world: World) => world.deliver(count)),
  fc.constant((world: World) => world.bookmark()),
  fc.constant((world: World) => world.continueList()),
);

test("whatever comes in whatever order, own writes are read, and readers and listeners end at the server's state", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const world = new World();
      for (const take of steps) {
        take(world);
        world.assertOwnWritesAreRead();
      }
      world.settle();
      world.assertSettled();
    }),
    { numRuns: 5_000 },
  );
});
