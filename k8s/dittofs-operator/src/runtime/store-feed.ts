import type { KubernetesObject, ObjectKey } from "./kubernetes-api.ts";
import { keyOf, keyText } from "./object-key.ts";
import { isAtMost, resourceVersionOrder } from "./resource-version-order.ts";
import type { Change, StoreContents, UnseenWrite } from "./store-contents.ts";

/** A complete list under way: pages go in, and at the end the store holds exactly them. */
export type Replacement = {
  add(page: readonly KubernetesObject[]): void;
  /** `resourceVersion` is the list's own. Ends come before beginnings. */
  finish(resourceVersion: string): readonly Change[];
};

/**
 * One stream of news into a store. The versions of a resource type are totally ordered (KEP-5504), and a stream delivers
 * all of one key in that order, so "has the stream passed our write?" is a comparison of versions and needs no timer.
 */
export class StoreFeed {
  readonly #contents: StoreContents;
  readonly #namespace: string | undefined;
  #deliveredVersion: string | undefined;
  #hasSynced = false;

  constructor(contents: StoreContents, namespace: string | undefined) {
    this.#contents = contents;
    this.#namespace = namespace;
  }

  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  /** Everything up to this version has been delivered. */
  get deliveredVersion(): string | undefined {
    return this.#deliveredVersion;
  }

  covers(namespace: string | undefined): boolean {
    return this.#namespace === undefined || this.#namespace === namespace;
  }

  /** An object that came into being or changed. */
  put(object: KubernetesObject): readonly Change[] {
    this.#deliveredVersion = object.metadata.resourceVersion;
    const key = keyOf(object);
    const text = keyText(key);
    const unseen = this.#contents.unseen.get(text);
    if (unseen !== undefined && isOvertaken(object, unseen)) return [];
    return this.#settle(text, key, this.#contents.transform(object));
  }

  /** An object that ended, or left the selector; `object` is its last state. */
  remove(object: KubernetesObject): readonly Change[] {
    this.#deliveredVersion = object.metadata.resourceVersion;
    const key = keyOf(object);
    const text = keyText(key);
    const unseen = this.#contents.unseen.get(text);
    if (unseen !== undefined && isOlder(object, unseen.resourceVersion)) return [];
    return this.#settle(text, key, undefined);
  }

  /** The stream stands at this version: writes up to it that it did not deliver are not in its selection. */
  bookmark(resourceVersion: string): void {
    this.#deliveredVersion = resourceVersion;
    for (const [text, unseen] of this.#contents.unseen) {
      if (unseen.kind !== "written" || !this.#coversKey(text)) continue;
      if (!isAtMost(unseen.resourceVersion, resourceVersion)) continue;
      this.#contents.unseen.delete(text);
      this.#contents.set(text, unseen.announced);
    }
  }

  /**
   * Call it before the list is asked for. The list has to be a quorum read: it then knows every write that was answered
   * before it began, and only those that were answered meanwhile can be newer.
   */
  beginReplacement(): Replacement {
    const earlierWrites = new Set(this.#contents.unseen.values());
    const listed = new Map<string, KubernetesObject>();
    return {
      add: (page) => {
        for (const object of page) listed.set(keyText(keyOf(object)), this.#contents.transform(object));
      },
      finish: (resourceVersion) => {
        const isKept = (text: string): boolean => {
          const unseen = this.#contents.unseen.get(text);
          if (unseen === undefined || earlierWrites.has(unseen)) return false;
          const object = listed.get(text);
          if (object !== undefined) return isOvertaken(object, unseen);
          return resourceVersionOrder(unseen.resourceVersion, resourceVersion) === "newer";
        };
        this.#deliveredVersion = resourceVersion;
        this.#hasSynced = true;
        return this.#replaceAll(listed, isKept);
      },
    };
  }

  #replaceAll(listed: ReadonlyMap<string, KubernetesObject>, isKept: (text: string) => boolean): readonly Change[] {
    const ends: Change[] = [];
    const others: Change[] = [];
    const known = new Set([...this.#contents.objects.keys(), ...this.#contents.unseen.keys()]);
    for (const text of known) {
      if (listed.has(text) || isKept(text) || !this.#coversKey(text)) continue;
      const last = this.#contents.announced(text) ?? this.#contents.objects.get(text);
      if (last !== undefined) ends.push(...this.#settle(text, keyOf(last), undefined));
    }
    for (const [text, object] of listed) {
      if (isKept(text)) continue;
      for (const change of this.#settle(text, keyOf(object), object)) {
        (change.after === undefined ? ends : others).push(change);
      }
    }
    return [...ends, ...others];
  }

  #coversKey(text: string): boolean {
    return this.covers(text.slice(0, text.indexOf("/")) || undefined);
  }

  /** What the stream says about a key is the truth from here on; listeners hear the step from what they knew. */
  #settle(text: string, key: ObjectKey, after: KubernetesObject | undefined): readonly Change[] {
    const before = this.#contents.announced(text);
    this.#contents.unseen.delete(text);
    this.#contents.set(text, after);
    if (before === undefined || after === undefined) return before === after ? [] : [{ key, before, after }];
    if (before.metadata.uid !== after.metadata.uid) {
      return [
        { key, before, after: undefined },
        { key, before: undefined, after },
      ];
    }
    return before.metadata.resourceVersion === after.metadata.resourceVersion ? [] : [{ key, before, after }];
  }
}

function isOlder(object: KubernetesObject, version: string | undefined): boolean {
  return resourceVersionOrder(object.metadata.resourceVersion, version) === "older";
}

/** Whether this state of an object is from before our own write. */
function isOvertaken(object: KubernetesObject, unseen: UnseenWrite): boolean {
  if (isOlder(object, unseen.resourceVersion)) return true;
  const { uid, deletionTimestamp } = object.metadata;
  return unseen.kind === "deleted" && uid === unseen.uid && deletionTimestamp === undefined;
}
