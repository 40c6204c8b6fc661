import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DirectoryLock, lockDirectory } from "./directory-lock.ts";
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

  /** `root` is where the paths of stores begin. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Opens without registering. Throws CannotOpen. */
  async open(type: string, config: StoreConfig): Promise<MetadataStore> {
    const store = await openStore(type, config, this.#root);
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

async function openStore(type: string, config: StoreConfig, root: string): Promise<MetadataStore> {
  switch (type) {
    case "memory":
      return { type, path: undefined, lock: undefined };
    case "badger":
      return await openBadger(config, root);
    case "sqlite":
      return openSqlite(config, root);
    case "postgres":
      throw new CannotOpen(postgresProblem(config));
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

function postgresProblem(config: StoreConfig): string {
  for (const key of ["host", "database", "user", "password"])
    if (typeof config[key] !== "string") return `postgres metadata store requires ${key}`;
  return "this double of DittoFS has no PostgreSQL";
}
