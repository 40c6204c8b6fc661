import type { KubernetesObject, ObjectKey } from "./kubernetes-api.ts";
import type { Log } from "./log.ts";
import { type Indexer, ObjectIndex } from "./object-index.ts";

/** What became of one object. */
export type Change = {
  readonly key: ObjectKey;
  readonly before: KubernetesObject | undefined;
  readonly after: KubernetesObject | undefined;
};

/**
 * A write of our own that the stream has not delivered yet. `announced` is the version that listeners know.
 *
 *     stream     --- 10 ---------------- 11 -------- 12 --->    10: announced
 *     our write             12 answered                         11: older than our write, kept from readers
 *     readers    --- 10 --- 12 ---------------------------->    12: announced as one change, 10 to 12
 */
export type UnseenWrite = {
  readonly announced: KubernetesObject | undefined;
  /** The version that was written; of a deleted object the last one that readers saw. */
  readonly resourceVersion: string | undefined;
} & ({ readonly kind: "written" } | { readonly kind: "deleted"; readonly uid: string });

type ContentsOptions = {
  readonly indexers: Readonly<Record<string, Indexer>>;
  readonly transform: (object: KubernetesObject) => KubernetesObject;
  readonly log?: Pick<Log, "error">;
};

/** The data of a store, shared by its readers' side and its feeds. Keys are `keyText`. */
export class StoreContents {
  readonly unseen = new Map<string, UnseenWrite>();
  readonly transform: (object: KubernetesObject) => KubernetesObject;
  readonly #objects = new Map<string, KubernetesObject>();
  readonly #indexes: ReadonlyMap<string, ObjectIndex>;

  constructor({ indexers, transform, log }: ContentsOptions) {
    this.transform = transform;
    const onDefect = (error: unknown): void => log?.error("an indexer failed", { err: error });
    this.#indexes = new Map(
      Object.entries(indexers).map(([name, indexer]) => [name, new ObjectIndex(indexer, onDefect)]),
    );
  }

  get objects(): ReadonlyMap<string, KubernetesObject> {
    return this.#objects;
  }

  keysOf(index: string, value: string): ReadonlySet<string> {
    return this.#indexes.get(index)?.keys(value) ?? new Set();
  }

  set(key: string, after: KubernetesObject | undefined): void {
    const before = this.#objects.get(key);
    for (const index of this.#indexes.values()) index.move(key, before, after);
    if (after === undefined) this.#objects.delete(key);
    else this.#objects.set(key, after);
  }

  /** The version that listeners heard of last. */
  announced(key: string): KubernetesObject | undefined {
    const unseen = this.unseen.get(key);
    return unseen === undefined ? this.#objects.get(key) : unseen.announced;
  }
}
