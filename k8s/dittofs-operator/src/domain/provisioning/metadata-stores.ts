import type { DittoServer, MetadataStoreSpec } from "../../api/ditto-server.ts";
import { DEFAULT_STORE } from "../../api/group.ts";
import type { StoreDatabase, StoreDatabases } from "../database/store-databases.ts";
import { metadataVolume } from "../volumes/volumes.ts";
import type { Change } from "./change.ts";
import type { LiveDittoFs } from "./live-dittofs.ts";
import { reusedStores } from "./removed-shares.ts";
import { isSamePlace, type NewStore, storeChanges, type WantedStore } from "./store-changes.ts";
import { type StoreSetting, type StoreUpdate, settingsChange, settingsSent } from "./store-settings.ts";

/** The password is put in where the call is made. */
type WithPassword = { readonly passwordDigest?: string };
export type MetadataStoreCalls = {
  readonly createMetadataStore: NewStore & WithPassword;
  readonly updateMetadataStore: StoreUpdate & WithPassword;
};

export type WantedMetadataStore = WantedStore & {
  readonly settings?: readonly StoreSetting[];
  /** Of a store in a database. */
  readonly password?: Password;
};

type Password =
  | { readonly kind: "usable"; readonly digest: string }
  | { readonly kind: "unusable"; readonly message: string };

/** The declared ones and, if a share relies on it, the implicit one: as they would stand in a spec that spells them out. */
export function metadataStores(server: DittoServer): readonly MetadataStoreSpec[] {
  const { spec } = server;
  const declared: readonly MetadataStoreSpec[] = spec.stores?.metadata ?? [];
  const isDeclared = declared.some(({ name }) => name === DEFAULT_STORE);
  const isUsed = (spec.shares ?? []).some(({ metadataStore }) => (metadataStore ?? DEFAULT_STORE) === DEFAULT_STORE);
  return [...(isUsed && !isDeclared ? [implicitStore(server)] : []), ...declared];
}

/** On the volume when there is one, else in Percona's cluster, in a database of its own. */
function implicitStore(server: DittoServer): MetadataStoreSpec {
  const { percona } = server.spec;
  if (metadataVolume.size(server) !== undefined) return { name: DEFAULT_STORE, type: "badger" };
  if (percona?.enabled !== true) return { name: DEFAULT_STORE, type: "memory" };
  const database = `${percona.databaseName}_metadata`;
  return { name: DEFAULT_STORE, type: "postgres", postgres: { percona: true, database } };
}

export function wantedMetadataStores(
  server: DittoServer,
  databases: StoreDatabases = new Map(),
): readonly WantedMetadataStore[] {
  return metadataStores(server).map((store) => {
    const { name, type } = store;
    if (type === "postgres") return inDatabase(store, databases.get(name) ?? notSeen);
    return { name, type, config: place(name, type), ...(type === "badger" && { settings: badgerSettings(store) }) };
  });
}

const notSeen: StoreDatabase = { kind: "unusable", message: "The Secret of its database has not been looked at yet." };

/** Host, port and database are its place; user, protection and password may change. */
function inDatabase({ name, type, postgres }: MetadataStoreSpec, database: StoreDatabase): WantedMetadataStore {
  if (database.kind === "unusable") return { name, type, config: {}, password: database };
  const { host, port, user, sslMode, digest } = database;
  return {
    name,
    type,
    config: { host, port, database: database.database },
    settings: [
      { key: "user", wanted: user, absent: "" },
      { key: "sslmode", wanted: sslMode, absent: "disable" },
      { key: "max_conns", wanted: postgres?.maxConns ?? 10, absent: 10 },
    ],
    password: { kind: "usable", digest },
  };
}

/** A directory each, because badger locks its own against any second store; SQLite makes no directory, and does not lock. */
function place(name: string, type: "memory" | "badger" | "sqlite"): WantedStore["config"] {
  switch (type) {
    case "memory":
      return {};
    case "badger":
      return { path: `${metadataVolume.mountPath}/${name}` };
    case "sqlite":
      return { path: `${metadataVolume.mountPath}/${name}.db` };
    default:
      return type satisfies never;
  }
}

/** Beside each what the server does without it. */
function badgerSettings({ badger }: MetadataStoreSpec): readonly StoreSetting[] {
  return [
    { key: "block_cache_mb", wanted: badger?.blockCacheMB ?? 0, absent: 0 },
    { key: "index_cache_mb", wanted: badger?.indexCacheMB ?? 0, absent: 0 },
    { key: "relaxed_durability", wanted: badger?.relaxedDurability ?? true, absent: true },
  ];
}

export function metadataStoreChanges(
  wanted: readonly WantedMetadataStore[],
  live: LiveDittoFs,
): readonly Change<MetadataStoreCalls>[] {
  const reused = new Set(reusedStores(wanted, live));
  const changes = storeChanges<MetadataStoreCalls, WantedMetadataStore>(
    {
      family: "metadataStore",
      title: "Metadata store",
      create: ({ name, type, config, settings, password }) => ({
        name: "createMetadataStore",
        body: { name, type, config: { ...config, ...settingsSent(settings) }, ...digestOf(password) },
      }),
    },
    wanted,
    live.metadataStores,
  );
  return changes.map((change, at) => {
    if (reused.has(change.name)) return heldUntilStart(change);
    const store = wanted[at];
    const present = live.metadataStores.find(({ name }) => name === change.name);
    if (store === undefined) return change;
    if (store.password?.kind === "unusable")
      return { ...change, calls: [], what: "", problem: `Metadata store ${store.name}: ${store.password.message}` };
    if (present === undefined || change.problem !== undefined) return change;
    const update = metadataStoreUpdate(store, live);
    if (update === undefined || update === "unknown") return change;
    const body = { ...update.body, ...digestOf(store.password) };
    const parts = [update.what, ...(isNew(store, live) ? ["password set"] : [])];
    const what = parts.filter((part) => part !== "").join(", ");
    return { ...change, calls: [{ name: "updateMetadataStore", body }], what, readAtStart: true };
  });
}

/** What the settings of a store that is there lack; `unknown` while that cannot be said. */
export function metadataStoreUpdate(
  store: WantedMetadataStore,
  live: LiveDittoFs,
): ReturnType<typeof settingsChange> | "unknown" {
  const present = live.metadataStores.find(({ name }) => name === store.name);
  if (present === undefined || store.password?.kind === "unusable" || !isSamePlace(store, present)) return "unknown";
  return settingsChange(store, present, isNew(store, live));
}

function digestOf(password: Password | undefined): WithPassword {
  return password?.kind === "usable" ? { passwordDigest: password.digest } : {};
}

/** No answer shows a password. One that nobody remembers is taken to be the present one: an earlier DittoServer of this name sent it. */
function isNew({ name, password }: WantedMetadataStore, { appliedMetadataStores }: LiveDittoFs): boolean {
  const applied = appliedMetadataStores.get(name);
  return password?.kind === "usable" && applied !== undefined && applied !== password.digest;
}

function heldUntilStart(change: Change<MetadataStoreCalls>): Change<MetadataStoreCalls> {
  const problem = `Metadata store ${change.name} was removed and is wanted again. The server's process still has the old one open: it is made at the next start, which comes by itself.`;
  return { ...change, calls: [], what: "", problem };
}
