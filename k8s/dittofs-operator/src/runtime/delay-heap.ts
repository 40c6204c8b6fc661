type Entry<Key> = { readonly key: Key; readonly dueMs: number; readonly order: number };

/**
 * Keys with a due time each, the earliest on top; keys of one due time in the order in which they came.
 * A binary heap that knows the place of every key, so that moving or removing one costs a logarithm and leaves nothing behind.
 */
export class DelayHeap<Key> {
  readonly #entries: Entry<Key>[] = [];
  readonly #places = new Map<Key, number>();
  #added = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** The key that is due first, still in the heap. */
  first(): { readonly key: Key; readonly dueMs: number } | undefined {
    return this.#entries[0];
  }

  /** Adds the key; of two due times for one key the earlier stays. */
  keepEarliest(key: Key, dueMs: number): void {
    const place = this.#places.get(key);
    const present = place === undefined ? undefined : this.#entries[place];
    if (present !== undefined && present.dueMs <= dueMs) return;
    this.#settle(place ?? this.#entries.length, { key, dueMs, order: this.#added++ });
  }

  remove(key: Key): void {
    const place = this.#places.get(key);
    if (place === undefined) return;
    this.#places.delete(key);
    const last = this.#entries.pop();
    if (last !== undefined && place < this.#entries.length) this.#settle(place, last);
  }

  clear(): void {
    this.#entries.length = 0;
    this.#places.clear();
  }

  /** Writes an entry to a place whose content is void, and moves it to where the order of the heap wants it. */
  #settle(start: number, entry: Entry<Key>): void {
    let place = start;
    for (
      let parent = (place - 1) >> 1;
      place > 0 && this.#moveIfAfter(parent, entry, place);
      parent = (place - 1) >> 1
    ) {
      place = parent;
    }
    for (let child = this.#earlierChild(place); child !== undefined; child = this.#earlierChild(place)) {
      if (!this.#moveIfBefore(child, entry, place)) break;
      place = child;
    }
    this.#put(place, entry);
  }

  #moveIfAfter(from: number, entry: Entry<Key>, to: number): boolean {
    const other = this.#entries[from];
    if (other === undefined || isBefore(other, entry)) return false;
    this.#put(to, other);
    return true;
  }

  #moveIfBefore(from: number, entry: Entry<Key>, to: number): boolean {
    const other = this.#entries[from];
    if (other === undefined || !isBefore(other, entry)) return false;
    this.#put(to, other);
    return true;
  }

  #earlierChild(place: number): number | undefined {
    const left = this.#entries[2 * place + 1];
    if (left === undefined) return undefined;
    const right = this.#entries[2 * place + 2];
    return right !== undefined && isBefore(right, left) ? 2 * place + 2 : 2 * place + 1;
  }

  #put(place: number, entry: Entry<Key>): void {
    this.#entries[place] = entry;
    this.#places.set(entry.key, place);
  }
}

function isBefore<Key>(a: Entry<Key>, b: Entry<Key>): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}
