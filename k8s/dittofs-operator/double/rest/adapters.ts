import { randomUUID } from "node:crypto";
import { type DittofsServer, timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, conflict, created, json, noContent, notFound, serverError } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import { isKnownAdapter, isPort } from "../runtime/adapters.ts";
import type { AdapterRow } from "../state/rows.ts";

export async function listAdapters({ server }: Call): Promise<Answer> {
  return json(await Promise.all(server.database.adapters.map((row) => adapterView(row, server))));
}

export function listAdapterPorts({ server }: Call): Answer {
  return json(
    server.database.adapters.map(({ type, port, enabled }) => ({
      type,
      port,
      enabled,
      running: server.adapters.isRunning(type),
    })),
  );
}

export async function getAdapter(call: Call): Promise<Answer> {
  return json(await adapterView(adapterRow(call), call.server));
}

export async function adapterStatus(call: Call): Promise<Answer> {
  return json(await call.server.adapters.report(adapterRow(call).type));
}

/** The adapter is enabled and started, whatever the body says. */
export async function createAdapter(call: Call): Promise<Answer> {
  const body = fields(call, { type: "string", enabled: "boolean", port: "integer", config: "object" });
  const { server } = call;
  if (!body.type) throw badRequest("Adapter type is required");
  if (server.database.adapters.some((row) => row.type === body.type)) throw conflict("Adapter already exists");
  if (!isKnownAdapter(body.type)) throw serverError("Failed to create adapter");
  const now = timestamp(server);
  const row: AdapterRow = {
    id: randomUUID(),
    type: body.type,
    enabled: true,
    port: body.port ?? 0,
    config: body.config ?? {},
    createdAt: now,
    updatedAt: now,
  };
  server.database.adapters.push(row);
  server.database.save();
  if (!isPort(row.port)) throw new Error("listening on an impossible port");
  server.adapters.start(row);
  return created({ ...(await adapterView(row, server)), running: false });
}

/** Answers 200 also if the port is taken. A port that cannot exist is stored before it fails, so that the next start fails too. */
export async function updateAdapter(call: Call): Promise<Answer> {
  const body = fields(call, { enabled: "boolean", port: "integer", config: "object" });
  const { server } = call;
  const row = adapterRow(call);
  row.enabled = body.enabled ?? row.enabled;
  row.port = body.port ?? row.port;
  row.config = body.config ?? row.config;
  row.updatedAt = timestamp(server);
  server.database.save();
  if (row.enabled && !isPort(row.port)) {
    await server.adapters.stop(row.type);
    throw new Error("listening on an impossible port");
  }
  await server.adapters.apply(row);
  return json(await adapterView(row, server));
}

/** The next start makes the adapter anew with its defaults. */
export async function deleteAdapter(call: Call): Promise<Answer> {
  const { server } = call;
  const row = adapterRow(call);
  await server.adapters.stop(row.type);
  server.database.adapters = server.database.adapters.filter((other) => other !== row);
  server.database.adapterSettings = server.database.adapterSettings.filter((settings) => settings.type !== row.type);
  server.database.save();
  server.reports.forget(`adapter ${row.type}`);
  return noContent;
}

export function adapterRow(call: Call): AdapterRow {
  const row = call.server.database.adapters.find((adapter) => adapter.type === param(call, "adapter"));
  if (row === undefined) throw notFound("Adapter not found");
  return row;
}

async function adapterView(row: AdapterRow, server: DittofsServer): Promise<Readonly<Record<string, unknown>>> {
  return {
    id: row.id,
    type: row.type,
    enabled: row.enabled,
    running: server.adapters.isRunning(row.type),
    port: row.port,
    ...(Object.keys(row.config).length === 0 ? {} : { config: row.config }),
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    status: await server.adapters.report(row.type),
  };
}
