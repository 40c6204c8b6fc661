import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import type { Database } from "../state/database.ts";
import { makeFolder } from "../state/make-folder.ts";
import type { BlockStoreRow, ShareRow } from "../state/rows.ts";
import type { Probe } from "./block-stores.ts";
import { encryptionProblem } from "./encryption-key.ts";
import type { MetadataStores } from "./metadata-stores.ts";
import { objectStoreState, unreachableWaits } from "./object-store.ts";
import { type StoreConfig, storeConfig } from "./store-config.ts";

/** A share as it is really served: what was true of its row when it was loaded, plus the changes that act at once. */
export interface LoadedShare {
  readonly name: string;
  readonly metadataStore: string;
  row: ShareRow;
  /** The remote's configuration when the share was bound; a later change of the store does not reach it. */
  remote: StoreConfig | undefined;
  /** Bytes that are only in the local store. Nobody writes to a double: a test sets them. */
  unsyncedBytes: number;
}

const liveFields = [
  "readOnly",
  "defaultPermission",
  "retentionPolicy",
  "retentionTtlSeconds",
  "quotaBytes",
  "trashEnabled",
  "trashRetentionDays",
  "trashRestrictToAdmin",
  "trashMaxBytes",
  "trashExcludePatterns",
  "localBlockStoreId",
  "remoteBlockStoreId",
  "enabled",
] as const satisfies readonly (keyof ShareRow)[];

const liveNfsFields = [
  "squash",
  "anonymousUid",
  "anonymousGid",
  "netgroupId",
] as const satisfies readonly (keyof ShareRow["nfs"])[];

/** The shares that the server serves. A row whose share cannot be loaded stays a row. */
export class LoadedShares {
  readonly #database: Database;
  readonly #metadataStores: MetadataStores;
  readonly #passphrase: string;
  readonly #byName = new Map<string, LoadedShare>();

  /** `passphrase` opens the key files of encrypted stores. */
  constructor(database: Database, metadataStores: MetadataStores, passphrase: string) {
    this.#database = database;
    this.#metadataStores = metadataStores;
    this.#passphrase = passphrase;
  }

  get size(): number {
    return this.#byName.size;
  }

  get(name: string): LoadedShare | undefined {
    return this.#byName.get(name);
  }

  all(): readonly LoadedShare[] {
    return [...this.#byName.values()];
  }

  /** Answers why the share could not be loaded, or undefined. It is there only after its remote was reached or tried in vain. */
  async load(row: ShareRow, probe: Probe): Promise<string | undefined> {
    if (row.name.includes(":")) return `share name "${row.name}" must not contain ':'`;
    if (this.#byName.has(row.name)) return `share "${row.name}" already exists`;
    const metadataStore = this.#metadataStoreName(row.metadataStoreId);
    if (metadataStore === undefined || this.#metadataStores.get(metadataStore) === undefined)
      return "metadata store not loaded";
    const bound = await this.#bind(row, probe);
    if ("problem" in bound) return bound.problem;
    this.#byName.set(row.name, {
      name: row.name,
      metadataStore,
      row: structuredClone(row),
      remote: bound.remote,
      unsyncedBytes: 0,
    });
    return undefined;
  }

  /** Takes over the fields of the row that act without a restart. */
  apply(row: ShareRow): void {
    const share = this.#byName.get(row.name);
    if (share === undefined) return;
    const live = Object.fromEntries(liveFields.map((field) => [field, row[field]]));
    const nfs = Object.fromEntries(liveNfsFields.map((field) => [field, row.nfs[field]]));
    share.row = { ...share.row, ...structuredClone(live), nfs: { ...share.row.nfs, ...nfs } };
  }

  /**
   * Opens the row's block stores in place of the share's. Answers false if that failed and the old ones are still in use.
   * What was not uploaded counts as uploaded from then on, although it is not: the server forgets it.
   */
  async rebind(row: ShareRow, probe: Probe): Promise<boolean> {
    const share = this.#byName.get(row.name);
    if (share === undefined) return false;
    const bound = await this.#bind(row, probe);
    if ("problem" in bound) return false;
    share.remote = bound.remote;
    share.unsyncedBytes = 0;
    return true;
  }

  remove(name: string): void {
    this.#byName.delete(name);
  }

  #metadataStoreName(reference: string): string | undefined {
    return this.#database.metadataStores.find((store) => store.id === reference || store.name === reference)?.name;
  }

  async #bind(
    row: ShareRow,
    probe: Probe,
  ): Promise<{ readonly remote: StoreConfig | undefined } | { readonly problem: string }> {
    const local = this.#blockStore(row.localBlockStoreId);
    if (local === undefined) return { problem: "failed to resolve local block store" };
    const problem = folderProblem(local, row.name, probe.storeRoot);
    if (problem !== undefined) return { problem };
    if (row.remoteBlockStoreId === undefined) return { remote: undefined };
    const remote = this.#blockStore(row.remoteBlockStoreId);
    const config = remote === undefined ? undefined : storeConfig(remote.config);
    if (remote === undefined || config === undefined) return { problem: "failed to resolve remote block store" };
    const locked = encryptionProblem(config, { storeRoot: probe.storeRoot, passphrase: this.#passphrase });
    if (locked !== undefined) return { problem: locked };
    if (remote.type === "s3" && (await objectStoreState(config, probe.network)) === "unreachable")
      await probe.wait(unreachableWaits.loadMs);
    return { remote: { ...config, type: remote.type } };
  }

  #blockStore(id: string): BlockStoreRow | undefined {
    return this.#database.blockStores.find((store) => store.id === id);
  }
}

function folderProblem(local: BlockStoreRow, share: string, storeRoot: string): string | undefined {
  const path = storeConfig(local.config)?.path;
  if (local.type !== "fs" || typeof path !== "string") return undefined;
  const folder = join(storeRoot, path, "shares", encodeURIComponent(share));
  try {
    makeFolder(join(folder, "journal"));
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (cause) {
    return `failed to create share directory: ${String(cause)}`;
  }
}
