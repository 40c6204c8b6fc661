import type { ProvisioningFamily } from "../dittofs-seen.ts";
import type { Call, Change } from "./change.ts";
import type { LiveStore } from "./live-dittofs.ts";

export type WantedStore = {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, string | number>>;
};

/** What a store is created with: its place, and settings besides. */
export type NewStore = {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, string | number | boolean>>;
};

type StoreFamily<Bodies, Store> = {
  readonly family: ProvisioningFamily;
  readonly title: string;
  readonly create: (store: Store) => Call<Bodies>;
};

/**
 * Stores are created and never moved: the server takes another type or path without a word and then writes to one
 * place and reads from the other.
 */
export function storeChanges<Bodies, Store extends WantedStore = WantedStore>(
  { family, title, create }: StoreFamily<Bodies, Store>,
  wanted: readonly Store[],
  live: readonly LiveStore[],
): readonly Change<Bodies>[] {
  return wanted.map((store) => {
    const present = live.find(({ name }) => name === store.name);
    const ref = { family, name: store.name, needs: [] };
    if (present === undefined) return { ...ref, calls: [create(store)], what: `created (${placeOf(store)})` };
    if (isSamePlace(store, present)) return { ...ref, calls: [], what: "" };
    return {
      ...ref,
      calls: [],
      what: "",
      problem: `${title} "${store.name}" is ${placeOf(present)} on the server and the spec asks for ${placeOf(store)}. Files would not move along, so it is left as it is: restore the spec, or declare a store under another name, with a new share on it, and copy the files.`,
    };
  });
}

export function isSamePlace(wanted: WantedStore, live: LiveStore): boolean {
  return wanted.type === live.type && Object.entries(wanted.config).every(([key, value]) => live.config[key] === value);
}

function placeOf({ type, config }: Pick<LiveStore, "type" | "config">): string {
  const { path, host, port, database } = config;
  if (typeof database === "string")
    return `${type} in database ${database} on ${String(host)}:${String(port)}`.slice(0, 400);
  return typeof path === "string" ? `${type} at ${path.slice(0, 200)}` : type;
}
