import type { KubernetesObject } from "./kubernetes-api.ts";

/** The values under which an object is found again; none when it should not be. Pure. */
export type Indexer = (object: KubernetesObject) => readonly string[];

/** One index: value -> texts of the keys of the objects that have it. */
export class ObjectIndex {
  readonly #valuesOf: Indexer;
  readonly #keys = new Map<string, Set<string>>();

  /** An object for which the indexer throws has no values: one odd object must not stop the others. */
  constructor(indexer: Indexer, onDefect: (error: unknown) => void) {
    this.#valuesOf = (object) => {
      try {
        return indexer(object);
      } catch (error) {
        onDefect(error);
        return [];
      }
    };
  }

  keys(value: string): ReadonlySet<string> {
    return this.#keys.get(value) ?? new Set();
  }

  /** Values in use; for leak tests. */
  get size(): number {
    return this.#keys.size;
  }

  /** `before` has to be the very object that was stored, so that exactly its entries go. */
  move(key: string, before: KubernetesObject | undefined, after: KubernetesObject | undefined): void {
    for (const value of before === undefined ? [] : this.#valuesOf(before)) this.#drop(value, key);
    for (const value of after === undefined ? [] : this.#valuesOf(after)) this.#add(value, key);
  }

  #add(value: string, key: string): void {
    const keys = this.#keys.get(value);
    if (keys === undefined) this.#keys.set(value, new Set([key]));
    else keys.add(key);
  }

  #drop(value: string, key: string): void {
    const keys = this.#keys.get(value);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(value);
  }
}
