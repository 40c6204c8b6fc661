import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StartError } from "../start-error.ts";
import { makeFolder } from "./make-folder.ts";
import type { Tables } from "./rows.ts";

const format = "dittofs-double-1";

/** The control-plane database: tables in memory, written whole and atomically to the configured path after each change. */
export interface Database extends Tables {
  readonly save: () => void;
}

/** Opens or creates the file. Throws StartError if it is something else or cannot be written. */
export function openDatabase(path: string): Database {
  const tables = existsSync(path) ? readTables(path) : emptyTables();
  const save = (): void => {
    const draft = `${path}.${randomUUID().slice(0, 8)}`;
    writeFileSync(draft, JSON.stringify({ format, tables: tablesOf(database) }), { mode: 0o600 });
    renameSync(draft, path);
  };
  const database: Database = { ...tables, save };
  try {
    makeFolder(dirname(path));
    save();
  } catch (cause) {
    throw new StartError(`failed to initialize control plane store: cannot write ${path}: ${String(cause)}`, 1, cause);
  }
  return database;
}

function emptyTables(): Tables {
  return {
    users: [],
    groups: [],
    metadataStores: [],
    blockStores: [],
    shares: [],
    permissions: [],
    adapters: [],
    adapterSettings: [],
    netgroups: [],
    quotas: [],
    snapshots: [],
    snapshotPolicies: [],
    identityMappings: [],
    identityProviders: [],
    settings: [],
  };
}

function tablesOf({ save: _, ...tables }: Database): Tables {
  return tables;
}

function readTables(path: string): Tables {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new StartError(
      `failed to initialize control plane store: ${path} is not a database of this server`,
      1,
      cause,
    );
  }
  if (
    typeof content !== "object" ||
    content === null ||
    !("format" in content) ||
    content.format !== format ||
    !("tables" in content)
  )
    throw new StartError(`failed to initialize control plane store: ${path} is not a database of this server`);
  const tables = content.tables as Tables; // the format marker says that this program wrote them
  return { ...emptyTables(), ...tables };
}
