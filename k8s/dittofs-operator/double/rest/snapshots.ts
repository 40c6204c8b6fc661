import { randomUUID } from "node:crypto";
import { type DittofsServer, timestamp } from "../dittofs-server.ts";
import {
  type Answer,
  accepted,
  badRequest,
  conflict,
  json,
  noContent,
  notFound,
  preconditionFailed,
} from "../http/answer.ts";
import { optionalFields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { LoadedShare } from "../runtime/loaded-shares.ts";
import type { SnapshotRow } from "../state/rows.ts";
import { namedShare } from "./share-rows.ts";

const dumpMs = 13;

export function createSnapshot(call: Call): Answer {
  const body = optionalFields(call, { name: "string", no_verify: "boolean", retry_of: "string" });
  return startSnapshot(call, { name: body.name ?? "", scheduled: false, retryOf: body.retry_of });
}

/** The answer comes while the snapshot is being made; only one per share at a time. */
export function startSnapshot(
  call: Call,
  wanted: { readonly name: string; readonly scheduled: boolean; readonly retryOf?: string | undefined },
): Answer {
  const { server } = call;
  const { database } = server;
  const share = loadedShare(call);
  const local = database.blockStores.find((store) => store.id === share.row.localBlockStoreId);
  if (local?.type !== "fs") throw badRequest("snapshots require an fs-backed local store");
  if (database.snapshots.some((row) => row.share === share.name && row.state === "creating"))
    throw conflict("snapshot operation is in progress; retry once it completes");
  const retried = wanted.retryOf ? snapshotById(call, wanted.retryOf, "retry target snapshot not found") : undefined;
  if (retried !== undefined && retried.state !== "failed") throw conflict("retry target is not in failed state");
  const row = retried ?? addSnapshot(server, { share, name: wanted.name, scheduled: wanted.scheduled });
  row.state = "creating";
  row.error = "";
  database.save();
  server.background.after(dumpMs, () => finish(row, server));
  const location = `/api/v1/shares/${encodeURIComponent(share.name)}/snapshots/${row.id}`;
  return accepted({ snapshot_id: row.id, share: share.name }, { location });
}

export function listSnapshots(call: Call): Answer {
  const share = namedShare(call);
  return json(call.server.database.snapshots.filter((row) => row.share === share).map(snapshotView));
}

export function getSnapshot(call: Call): Answer {
  const row = snapshotRow(call);
  const isDumped = row.state === "ready" && call.server.shares.get(row.share) !== undefined;
  return json({ ...snapshotView(row), ...(isDumped ? { dump_bytes: 1959 } : {}) });
}

export function deleteSnapshot(call: Call): Answer {
  const { database } = call.server;
  const row = snapshotRow(call);
  if (row.state === "creating") throw conflict("snapshot operation is in progress; retry once it completes");
  database.snapshots = database.snapshots.filter((other) => other !== row);
  database.save();
  return noContent;
}

/** A snapshot of the state before is taken first, without a name. */
export function restoreSnapshot(call: Call): Answer {
  const body = optionalFields(call, { allow_non_durable: "boolean" });
  const share = loadedShare(call);
  if (share.row.enabled) throw conflict("share is enabled; disable before restore");
  const row = snapshotRow(call);
  if (row.state !== "ready") throw conflict("snapshot is not in a state that allows this operation");
  if (!row.remoteDurable && body.allow_non_durable !== true)
    throw preconditionFailed("snapshot not remotely durable; pass allow_non_durable=true to force");
  const safety = addSnapshot(call.server, { share, name: "", scheduled: false });
  safety.state = "ready";
  call.server.database.save();
  return json({ snapshot_id: row.id, safety_snapshot_id: safety.id, share: share.name });
}

function addSnapshot(
  server: DittofsServer,
  { share, name, scheduled }: { readonly share: LoadedShare; readonly name: string; readonly scheduled: boolean },
): SnapshotRow {
  const now = timestamp(server);
  const row: SnapshotRow = {
    id: randomUUID(),
    share: share.name,
    name,
    state: "creating",
    remoteDurable: share.remote !== undefined,
    scheduled,
    error: "",
    createdAt: now,
    updatedAt: now,
  };
  // The newest comes first.
  server.database.snapshots.unshift(row);
  return row;
}

function finish(row: SnapshotRow, server: DittofsServer): void {
  row.state = "ready";
  row.updatedAt = timestamp(server);
  if (server.database.snapshots.includes(row)) server.database.save();
}

function loadedShare(call: Call): LoadedShare {
  const share = call.server.shares.get(namedShare(call));
  if (share === undefined) throw notFound("share not found");
  return share;
}

function snapshotRow(call: Call): SnapshotRow {
  return snapshotById(call, param(call, "snapshot"), "snapshot not found");
}

function snapshotById(call: Call, id: string, problem: string): SnapshotRow {
  const share = namedShare(call);
  const row = call.server.database.snapshots.find((snapshot) => snapshot.id === id && snapshot.share === share);
  if (row === undefined) throw notFound(problem);
  return row;
}

function snapshotView(row: SnapshotRow): Readonly<Record<string, unknown>> {
  return {
    id: row.id,
    ...(row.name === "" ? {} : { name: row.name }),
    share: row.share,
    state: row.state,
    remote_durable: row.remoteDurable,
    scheduled: row.scheduled,
    ...(row.error === "" ? {} : { error: row.error }),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
