import { randomUUID } from "node:crypto";
import { type DittofsServer, timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, conflict, created, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import { CannotOpen, type MetadataStore } from "../runtime/metadata-stores.ts";
import type { Report } from "../runtime/report.ts";
import { mergedConfig, shownConfig, storeConfig } from "../runtime/store-config.ts";
import type { MetadataStoreRow } from "../state/rows.ts";

/**
 * The store is opened before the name is looked at: an existing badger store is "locked" (400), not a duplicate (409),
 * and what was opened for a duplicate stays open.
 */
export async function createMetadataStore(call: Call): Promise<Answer> {
  const { name, type, config = "" } = fields(call, { name: "string", type: "string", config: "string" });
  const { server } = call;
  if (!name) throw badRequest("Store name is required");
  if (!type) throw badRequest("Store type is required");
  const store = await opened(server, type, config);
  if (server.database.metadataStores.some((row) => row.name === name)) throw conflict("Metadata store already exists");
  const row: MetadataStoreRow = { id: randomUUID(), name, type, config, createdAt: timestamp(server) };
  server.database.metadataStores.push(row);
  server.database.save();
  server.metadataStores.register(name, store);
  return created(await storeView(row, name, server));
}

export async function listMetadataStores({ server }: Call): Promise<Answer> {
  return json(await Promise.all(server.database.metadataStores.map((row) => storeView(row, row.name, server))));
}

export async function getMetadataStore(call: Call): Promise<Answer> {
  return json(await storeView(storeRow(call), param(call, "store"), call.server));
}

/** Only the row changes; the running store does not, and nothing is checked. */
export async function updateMetadataStore(call: Call): Promise<Answer> {
  const { type, config } = fields(call, { type: "string", config: "string" });
  const row = storeRow(call);
  row.type = type ?? row.type;
  row.config = config === undefined ? row.config : mergedConfig(row.config, config);
  call.server.database.save();
  return json(await storeView(row, param(call, "store"), call.server));
}

/** The store stays open until the process ends. */
export function deleteMetadataStore(call: Call): Answer {
  const { database, reports } = call.server;
  const row = storeRow(call);
  if (database.shares.some((share) => share.metadataStoreId === row.id))
    throw conflict("Cannot delete metadata store: it is in use by one or more shares");
  database.metadataStores = database.metadataStores.filter((other) => other !== row);
  database.save();
  reports.forget(reportKey(param(call, "store")));
  return noContent;
}

export async function metadataStoreStatus(call: Call): Promise<Answer> {
  storeRow(call);
  return json(await statusOf(param(call, "store"), call.server));
}

export function metadataStoreHealth(call: Call): Answer {
  storeRow(call);
  const isLoaded = call.server.metadataStores.get(param(call, "store")) !== undefined;
  return json({
    healthy: isLoaded,
    latency_ms: 0,
    checked_at: timestamp(call.server),
    details: isLoaded ? "store is healthy" : "store not loaded in runtime",
  });
}

async function opened(server: DittofsServer, type: string, configText: string): Promise<MetadataStore> {
  const config = storeConfig(configText);
  if (config === undefined)
    throw badRequest("Failed to create metadata store: failed to get config: not a JSON object");
  try {
    return await server.metadataStores.open(type, config);
  } catch (error) {
    if (error instanceof CannotOpen) throw badRequest(`Failed to create metadata store: ${error.message}`);
    throw error;
  }
}

function storeRow(call: Call): MetadataStoreRow {
  const token = param(call, "store");
  const { metadataStores } = call.server.database;
  const row =
    metadataStores.find((store) => store.name === token) ?? metadataStores.find((store) => store.id === token);
  if (row === undefined) throw notFound("Metadata store not found");
  return row;
}

function reportKey(name: string): string {
  return `metadata store ${name}`;
}

/** Looked up as the caller wrote it: the status of a store that is named by its id is always unknown. */
function statusOf(name: string, { reports, metadataStores }: DittofsServer): Promise<Report> {
  return reports.kept(reportKey(name), () =>
    metadataStores.get(name) === undefined
      ? reports.make("unknown", `metadata store ${name} not loaded`)
      : reports.make("healthy"),
  );
}

async function storeView(row: MetadataStoreRow, writtenName: string, server: DittofsServer): Promise<unknown> {
  const { id, name, type, config, createdAt } = row;
  return { id, name, type, ...shownConfig(config), created_at: createdAt, status: await statusOf(writtenName, server) };
}
