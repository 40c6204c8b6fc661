import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DirectoryLock, lockDirectory } from "./directory-lock.ts";
import type { Network } from "./network.ts";
import { postgresProblem } from "./postgres.ts";
import type { StoreConfig } from "./store-config.ts";

/** An opened metadata store. */
export interface MetadataStore {
  readonly type: string;
  readonly path: string | undefined;
  readonly lock: DirectoryLock | undefined;
}

/** Why a metadata store cannot be opened; the text is for the caller of the REST API. */
export class CannotOpen extends Error {
  override readonly name = "CannotOpen";
}

/** The metadata stores of this process, by name. One that was opened stays open until the process ends, also when its row is deleted. */
export class MetadataStores {
  readonly #byName = new Map<string, MetadataStore>();
  readonly #opened: MetadataStore[] = [];
  readonly #root: string;
  readonly #network: Network;

  /** `root` is where the paths of stores begin. */
  constructor(root: string, network: Network) {
    this.#root = root;
    this.#network = network;
  }

  /** Opens without registering. Throws CannotOpen. */
  async open(type: string, config: StoreConfig): Promise<MetadataStore> {
    const store = await openStore(type, config, this.#root, this.#network);
    this.#opened.push(store);
    return store;
  }

  /** False if another store already has the name: that one stays in use. */
  register(name: string, store: MetadataStore): boolean {
    if (this.#byName.has(name)) return false;
    this.#byName.set(name, store);
    return true;
  }

  get(name: string): MetadataStore | undefined {
    return this.#byName.get(name);
  }

  get size(): number {
    return this.#byName.size;
  }

  async close(): Promise<void> {
    await Promise.all(this.#opened.flatMap((store) => store.lock?.release() ?? []));
    this.#opened.length = 0;
    this.#byName.clear();
  }
}

async function openStore(type: string, config: StoreConfig, root: string, network: Network): Promise<MetadataStore> {
  switch (type) {
    case "memory":
      return { type, path: undefined, lock: undefined };
    case "badger":
      return await openBadger(config, root);
    case "sqlite":
      return openSqlite(config, root);
    case "postgres":
      return await openPostgres(config, network);
    default:
      throw new CannotOpen(`unsupported metadata store type: ${type}`);
  }
}

async function openBadger(config: StoreConfig, root: string): Promise<MetadataStore> {
  const path = storePath("badger", config);
  for (const key of ["block_cache_mb", "index_cache_mb"]) {
    const value = config[key];
    if (typeof value === "number" && value < 0)
      throw new CannotOpen(`badger metadata store ${key} must be >= 0 (0 = auto), got ${value}`);
  }
  let lock: DirectoryLock | undefined;
  try {
    lock = await lockDirectory(join(root, path));
  } catch (cause) {
    throw new CannotOpen(`failed to open BadgerDB at ${path}: ${String(cause)}`, { cause });
  }
  if (lock === undefined) throw new CannotOpen(`BadgerDB at ${path} is locked by another process`);
  return { type: "badger", path, lock };
}

/** Its folder must be there. */
function openSqlite(config: StoreConfig, root: string): MetadataStore {
  const path = storePath("sqlite", config);
  try {
    writeFileSync(join(root, path), "", { flag: "a" });
  } catch (cause) {
    throw new CannotOpen(`failed to open sqlite metadata store at ${path}: ${String(cause)}`, { cause });
  }
  return { type: "sqlite", path, lock: undefined };
}

function storePath(type: string, config: StoreConfig): string {
  const path = config.path || config.db_path;
  if (typeof path !== "string" || path === "") throw new CannotOpen(`${type} metadata store requires path as string`);
  return path;
}

/** Connections that the real one keeps at least; its most must not be fewer. */
const fewestConnections = 3;

/** Nothing is looked at but that the place is named and accepts connections: a wrong password is none here. */
async function openPostgres(config: StoreConfig, network: Network): Promise<MetadataStore> {
  const { host, port = 5432, database = config.dbname, user, password, max_conns: most } = config;
  for (const [key, value] of Object.entries({ host, database, user, password }))
    if (typeof value !== "string") throw new CannotOpen(`postgres metadata store requires ${key}`);
  if (password === "") throw new CannotOpen("invalid configuration: password is required");
  if (typeof most === "number" && most < fewestConnections)
    throw new CannotOpen(
      `invalid configuration: min_conns (${fewestConnections}) cannot be greater than max_conns (${most})`,
    );
  const place = { host: String(host), port: Number(port), database: String(database) };
  const problem = await postgresProblem(place, network);
  if (problem !== undefined)
    throw new CannotOpen(`failed to create connection pool: failed to ping PostgreSQL: ${problem}`);
  return { type: "postgres", path: undefined, lock: undefined };
}
