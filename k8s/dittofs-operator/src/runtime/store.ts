import type { KubernetesObject, ObjectKey } from "./kubernetes-api.ts";
import type { Log } from "./log.ts";
import type { Indexer } from "./object-index.ts";
import { keyOf, keyText } from "./object-key.ts";
import { isAtMost } from "./resource-version-order.ts";
import { StoreContents } from "./store-contents.ts";
import { StoreFeed } from "./store-feed.ts";

export type StoreOptions<Index extends string> = {
  readonly indexers: Readonly<Record<Index, Indexer>>;
  /** Cuts an object before it is kept; pure, leaves name, namespace, uid, resourceVersion and deletionTimestamp. */
  readonly transform: (object: KubernetesObject) => KubernetesObject;
  /** Told when an indexer throws; the object is then found by its key only. */
  readonly log?: Pick<Log, "error">;
};

/**
 * The objects of one kind as this process knows them: what the watch delivered, and on top of it what this process itself
 * has written since (read your writes). Objects are never changed in place: treat what you read as frozen.
 */
export class Store<Index extends string = never> {
  readonly #contents: StoreContents;
  readonly #feeds: StoreFeed[] = [];

  constructor(options: StoreOptions<Index>) {
    this.#contents = new StoreContents(options);
  }

  get(key: ObjectKey): KubernetesObject | undefined {
    return this.#contents.objects.get(keyText(key));
  }

  byIndex(index: Index, value: string): readonly KubernetesObject[] {
    const found: KubernetesObject[] = [];
    for (const key of this.#contents.keysOf(index, value)) {
      const object = this.#contents.objects.get(key);
      if (object !== undefined) found.push(object);
    }
    return found;
  }

  all(): readonly KubernetesObject[] {
    return [...this.#contents.objects.values()];
  }

  get size(): number {
    return this.#contents.objects.size;
  }

  /** True once every feed has delivered its first complete list. */
  hasSynced(): boolean {
    return this.#feeds.length > 0 && this.#feeds.every((feed) => feed.hasSynced);
  }

  /** Where a reflector puts what it receives. `namespace` is all that its lists speak for; absent is everything. */
  feed(namespace: string | undefined): StoreFeed {
    const feed = new StoreFeed(this.#contents, namespace);
    this.#feeds.push(feed);
    return feed;
  }

  /**
   * Takes the answer of a successful create, replace, apply or patch. Readers see it at once, watch events older than it
   * do not undo it, and listeners hear of it when the stream delivers it. An answer that comes after the stream has
   * passed its version is left out. What the stream never delivers ends with the next bookmark (a minute) or list.
   */
  recordWrite(object: KubernetesObject): void {
    const { unseen } = this.#contents;
    const key = keyText(keyOf(object));
    const { uid, resourceVersion, namespace } = object.metadata;
    const delivered = this.#feeds.find((feed) => feed.covers(namespace))?.deliveredVersion;
    if (isAtMost(resourceVersion, delivered)) return;
    const earlier = unseen.get(key);
    if (earlier !== undefined && isAtMost(resourceVersion, earlier.resourceVersion)) return;
    if (earlier?.kind === "deleted" && earlier.uid === uid) return;
    unseen.set(key, { kind: "written", resourceVersion, announced: this.#contents.announced(key) });
    this.#contents.set(key, this.#contents.transform(object));
  }

  /**
   * Takes note of a delete that was answered with success: readers no longer see the object, until the stream shows it
   * going away (it has finalizers) or tells its end.
   */
  recordDelete(key: ObjectKey, uid: string): void {
    const text = keyText(key);
    const stored = this.#contents.objects.get(text);
    if (stored?.metadata.uid !== uid || stored.metadata.deletionTimestamp !== undefined) return;
    const { resourceVersion } = stored.metadata;
    this.#contents.unseen.set(text, {
      kind: "deleted",
      uid,
      resourceVersion,
      announced: this.#contents.announced(text),
    });
    this.#contents.set(text, undefined);
  }
}
