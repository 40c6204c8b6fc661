import { randomUUID } from "node:crypto";
import { timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, conflict, created, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import type { NfsExport, ShareRow } from "../state/rows.ts";
import { probe } from "./block-stores.ts";
import { shareChanges, shareShape } from "./share-fields.ts";
import { blockStoreId, namedShare, shareName, shareRow } from "./share-rows.ts";
import { shareReport, shareReportKey, shareView } from "./share-view.ts";

const createShape = {
  name: "string",
  metadata_store_id: "string",
  local_block_store: "string",
  remote_block_store: "string",
  owner: "string",
  ...shareShape,
} as const;
const updateShape = {
  metadata_store_id: "string",
  local_block_store_id: "string",
  remote_block_store_id: "string",
  ...shareShape,
} as const;

/** Answers 201 also when the share could not be loaded: then only the row exists and its status is unknown. */
export async function createShare(call: Call): Promise<Answer> {
  const body = fields(call, createShape);
  const { server } = call;
  const { database } = server;
  if (!body.name) throw badRequest("Share name is required");
  const name = shareName(body.name);
  if (!body.metadata_store_id) throw badRequest("Metadata store ID is required");
  if (!body.local_block_store) throw badRequest("Local block store is required");
  const metadataStoreId = metadataStoreIdOf(database, body.metadata_store_id);
  const localBlockStoreId = blockStoreId(database, "local", body.local_block_store);
  const remoteBlockStoreId = body.remote_block_store
    ? blockStoreId(database, "remote", body.remote_block_store)
    : undefined;
  const now = timestamp(server);
  const row: ShareRow = {
    ...newShare({ id: randomUUID(), name, metadataStoreId, localBlockStoreId, remoteBlockStoreId, createdAt: now }),
    ...shareChanges(withoutEmpty(body), { retentionPolicy: "lru", retentionTtlSeconds: 0 }),
    ...ownerOf(database, body.owner),
  };
  if (database.shares.some((share) => share.name === name)) throw conflict("Share already exists");
  database.shares.push(row);
  database.save();
  await server.shares.load(row, probe(call));
  return created(await shareView(row, call));
}

export async function listShares(call: Call): Promise<Answer> {
  const views: unknown[] = [];
  for (const row of call.server.database.shares) views.push(await shareView(row, call));
  return json(views);
}

export async function getShare(call: Call): Promise<Answer> {
  return json(await shareView(shareRow(call), call));
}

/** Looked up as the caller wrote it: the status of a share that is named by its id is always unknown. */
export async function shareStatus(call: Call): Promise<Answer> {
  shareRow(call);
  return json(await shareReport(namedShare(call), call));
}

/** Everything is stored and shown at once; only some fields act before the next start. The metadata store is taken unchecked. */
export async function updateShare(call: Call): Promise<Answer> {
  namedShare(call);
  const body = fields(call, updateShape);
  const { server } = call;
  const row = shareRow(call);
  const local =
    body.local_block_store_id === undefined
      ? row.localBlockStoreId
      : blockStoreId(server.database, "local", body.local_block_store_id);
  const remote = remoteAfter(row, body.remote_block_store_id, server.database);
  const changes = shareChanges(body, row);
  const isRebound = local !== row.localBlockStoreId || remote !== row.remoteBlockStoreId;
  Object.assign(row, changes, {
    metadataStoreId: body.metadata_store_id ?? row.metadataStoreId,
    localBlockStoreId: local,
    remoteBlockStoreId: remote,
    updatedAt: timestamp(server),
  });
  server.database.save();
  const warnings =
    isRebound && !(await server.shares.rebind(row, probe(call)))
      ? ["block store binding changed but live reload failed; a server restart is required"]
      : [];
  server.shares.apply(row);
  return json(await shareView(row, call, warnings));
}

function remoteAfter(row: ShareRow, wanted: string | undefined, database: Database): string | undefined {
  if (wanted === undefined) return row.remoteBlockStoreId;
  return wanted === "" ? undefined : blockStoreId(database, "remote", wanted);
}

/** Removes rows, never data. Named by its id, the share itself goes on being served until the next start. */
export function deleteShare(call: Call): Answer {
  const { server } = call;
  const { database } = server;
  const name = namedShare(call);
  const row = shareRow(call);
  server.shares.remove(name);
  database.shares = database.shares.filter((share) => share !== row);
  database.permissions = database.permissions.filter((permission) => permission.shareId !== row.id);
  database.snapshots = database.snapshots.filter((snapshot) => snapshot.share !== row.name);
  database.snapshotPolicies = database.snapshotPolicies.filter((policy) => policy.share !== row.name);
  database.save();
  server.reports.forget(shareReportKey(name));
  return noContent;
}

export const disableShare = (call: Call): Promise<Answer> => setEnabled(call, false);
export const enableShare = (call: Call): Promise<Answer> => setEnabled(call, true);

/** Only a share that is loaded, by its name, can be switched. */
async function setEnabled(call: Call, enabled: boolean): Promise<Answer> {
  const { shares, database } = call.server;
  const name = namedShare(call);
  if (shares.get(name) === undefined) throw notFound("Share not found");
  const row = shareRow(call);
  row.enabled = enabled;
  database.save();
  shares.apply(row);
  return json(await shareView(row, call));
}

function metadataStoreIdOf(database: Database, reference: string): string {
  const store =
    database.metadataStores.find((row) => row.name === reference) ??
    database.metadataStores.find((row) => row.id === reference);
  if (store === undefined) throw badRequest(`Metadata store not found: ${reference}`);
  return store.id;
}

function ownerOf(database: Database, username: string | undefined): Partial<ShareRow> {
  if (!username) return {};
  const owner = database.users.find((user) => user.username === username || user.id === username);
  if (owner === undefined) throw badRequest(`Owner user "${username}" not found`);
  if (owner.uid === undefined) throw badRequest(`Owner user "${username}" has no UID`);
  return { ownerUid: owner.uid, ownerGid: owner.gid ?? owner.uid };
}

/** At creation an empty text is a field that was not sent. */
function withoutEmpty<T extends object>(body: T): T {
  const set = Object.entries(body).filter(([, value]) => value !== "");
  return Object.fromEntries(set) as T; // all fields are optional, so leaving some out keeps the type
}

type NewShare = Pick<
  ShareRow,
  "id" | "name" | "metadataStoreId" | "localBlockStoreId" | "remoteBlockStoreId" | "createdAt"
>;

const defaultExport: NfsExport = {
  squash: "root_to_guest",
  allowAuthSys: true,
  requireKerberos: false,
  minKerberosLevel: "krb5",
  disableReaddirplus: false,
};

function newShare(share: NewShare): ShareRow {
  return {
    ...share,
    readOnly: false,
    enabled: true,
    encryptData: false,
    defaultPermission: "none",
    blockedOperations: [],
    retentionPolicy: "lru",
    retentionTtlSeconds: 0,
    localStoreSize: 0,
    readBufferSize: 0,
    quotaBytes: 0,
    aclFlagInheritedCanonicalization: true,
    accessBasedEnumeration: false,
    changeNotifyDisabled: false,
    streamsDisabled: false,
    continuousAvailability: false,
    allowMfsymlink: false,
    trashEnabled: false,
    trashRetentionDays: 0,
    trashRestrictToAdmin: false,
    trashMaxBytes: 0,
    trashExcludePatterns: [],
    nfs: { ...defaultExport },
    updatedAt: share.createdAt,
  };
}
