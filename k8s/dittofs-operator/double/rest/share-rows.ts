import { badRequest, notFound } from "../http/answer.ts";
import { type Call, param } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import type { BlockStoreKind, ShareRow } from "../state/rows.ts";

/** One leading slash, whatever was sent; in a path the name may be escaped once more. */
export function shareName(name: string): string {
  return `/${decoded(name).replace(/^\/+/, "")}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The share of the path, by name or id. */
export function shareRow(call: Call): ShareRow {
  const name = namedShare(call);
  const { shares } = call.server.database;
  const row = shares.find((share) => share.name === name) ?? shares.find((share) => share.id === name.slice(1));
  if (row === undefined) throw notFound("Share not found");
  return row;
}

export function namedShare(call: Call): string {
  const name = shareName(param(call, "share"));
  if (name === "/") throw badRequest("Share name is required");
  return name;
}

/** The id of the block store that a share refers to by name or id. */
export function blockStoreId(database: Database, kind: BlockStoreKind, reference: string): string {
  const title = kind === "local" ? "Local" : "Remote";
  const named = database.blockStores.find(
    (store) => store.kind === kind && (store.name === reference || store.id === reference),
  );
  if (named !== undefined) return named.id;
  if (database.blockStores.some((store) => store.id === reference))
    throw badRequest(`${title} block store has the wrong kind: ${reference}`);
  throw badRequest(`${title} block store not found: ${reference}`);
}
