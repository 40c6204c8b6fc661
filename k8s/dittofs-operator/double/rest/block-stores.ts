import { randomUUID } from "node:crypto";
import { timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, conflict, created, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import { blockStoreProblem, blockStoreReport, isBlockStoreType, type Probe } from "../runtime/block-stores.ts";
import { unreachableWaits } from "../runtime/object-store.ts";
import type { Report } from "../runtime/report.ts";
import { mergedConfig, shownConfig } from "../runtime/store-config.ts";
import type { BlockStoreKind, BlockStoreRow } from "../state/rows.ts";

export async function createBlockStore(call: Call): Promise<Answer> {
  const kind = kindOf(call);
  const { name, type, config = "" } = fields(call, { name: "string", type: "string", config: "string" });
  const { database } = call.server;
  if (!name) throw badRequest("Store name is required");
  if (!type) throw badRequest("Store type is required");
  checkType(kind, type);
  const problem = await blockStoreProblem(type, config, call.server);
  if (problem !== undefined) throw badRequest(`Invalid block store config: ${problem}`);
  if (database.blockStores.some((row) => row.kind === kind && row.name === name))
    throw conflict("Block store already exists");
  const row: BlockStoreRow = { id: randomUUID(), name, kind, type, config, createdAt: timestamp(call.server) };
  database.blockStores.push(row);
  database.save();
  return created(await lookedAt(row, call));
}

export async function listBlockStores(call: Call): Promise<Answer> {
  const kind = kindOf(call);
  const views: unknown[] = [];
  // Five seconds for all of them: once a dead one has used them up, an object store after it is called dead unseen.
  let isTimeUp = false;
  for (const row of call.server.database.blockStores.filter((store) => store.kind === kind)) {
    const report: Report =
      isTimeUp && row.type === "s3"
        ? call.server.reports.make("unhealthy", "S3 connectivity check failed")
        : await blockStoreReport(row, probe(call));
    isTimeUp ||= (report.latency_ms ?? 0) >= unreachableWaits.probeMs;
    views.push(storeView(row, report));
  }
  return json(views);
}

export async function getBlockStore(call: Call): Promise<Answer> {
  return json(await lookedAt(storeRow(call), call));
}

/** Stored and checked; the shares that use it go on with the old configuration until they are loaded anew. */
export async function updateBlockStore(call: Call): Promise<Answer> {
  kindOf(call);
  const { type, config } = fields(call, { type: "string", config: "string" });
  const row = storeRow(call);
  if (type !== undefined) checkType(row.kind, type);
  const wanted = {
    type: type ?? row.type,
    config: config === undefined ? row.config : mergedConfig(row.config, config),
  };
  const problem = await blockStoreProblem(wanted.type, wanted.config, call.server);
  if (problem !== undefined && (type !== undefined || config !== undefined))
    throw badRequest(`Invalid block store config: ${problem}`);
  Object.assign(row, wanted);
  call.server.database.save();
  return json(await lookedAt(row, call));
}

export function deleteBlockStore(call: Call): Answer {
  const { database } = call.server;
  const row = storeRow(call);
  if (database.shares.some((share) => share.localBlockStoreId === row.id || share.remoteBlockStoreId === row.id))
    throw conflict("Cannot delete block store: it is in use by one or more shares");
  database.blockStores = database.blockStores.filter((other) => other !== row);
  database.save();
  return noContent;
}

export async function blockStoreStatus(call: Call): Promise<Answer> {
  return json(await blockStoreReport(storeRow(call), probe(call)));
}

export async function blockStoreHealth(call: Call): Promise<Answer> {
  const report = await blockStoreReport(storeRow(call), probe(call));
  return json({
    healthy: report.status === "healthy",
    latency_ms: report.latency_ms ?? 0,
    checked_at: report.checked_at,
    ...(report.message === undefined ? {} : { details: report.message }),
  });
}

export function probe(call: Call): Probe {
  const { reports, network, storeRoot } = call.server;
  return { reports, network, storeRoot, wait: call.wait };
}

function kindOf(call: Call): BlockStoreKind {
  const kind = param(call, "kind");
  if (kind !== "local" && kind !== "remote") throw badRequest("Invalid block store kind: must be 'local' or 'remote'");
  return kind;
}

function checkType(kind: BlockStoreKind, type: string): void {
  if (!isBlockStoreType(kind, type)) throw badRequest(`Store type '${type}' is not valid for kind '${kind}'`);
}

function storeRow(call: Call): BlockStoreRow {
  const kind = kindOf(call);
  const token = param(call, "store");
  const rows = call.server.database.blockStores.filter((store) => store.kind === kind);
  const row = rows.find((store) => store.name === token) ?? rows.find((store) => store.id === token);
  if (row === undefined) throw notFound("Block store not found");
  return row;
}

async function lookedAt(row: BlockStoreRow, call: Call): Promise<unknown> {
  return storeView(row, await blockStoreReport(row, probe(call)));
}

function storeView({ id, name, kind, type, config, createdAt }: BlockStoreRow, status: Report): unknown {
  return { id, name, kind, type, ...shownConfig(config), created_at: createdAt, status };
}
