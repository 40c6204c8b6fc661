import { randomUUID } from "node:crypto";
import { timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, conflict, created, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { IdentityMappingRow } from "../state/rows.ts";

export function listIdentityMappings(call: Call): Answer {
  const provider = call.query.get("provider") ?? "";
  const rows = call.server.database.identityMappings;
  return json(rows.filter((row) => provider === "" || row.provider === provider).map(mappingView));
}

/** The user need not exist. */
export function createIdentityMapping(call: Call): Answer {
  const body = fields(call, { provider_name: "string", principal: "string", username: "string" });
  const { database } = call.server;
  if (!body.principal) throw badRequest("Principal is required");
  if (!body.username) throw badRequest("Username is required");
  const provider = body.provider_name || "kerberos";
  if (database.identityMappings.some((row) => row.provider === provider && row.principal === body.principal))
    throw conflict("Identity mapping for this provider and principal already exists");
  const { principal, username } = body;
  const row = { id: randomUUID(), provider, principal, username, createdAt: timestamp(call.server) };
  database.identityMappings.push(row);
  database.save();
  return created(mappingView(row));
}

export const deleteIdentityMapping = (call: Call): Answer => remove(call, decodeURIComponent(param(call, "provider")));
export const deleteKerberosMapping = (call: Call): Answer => remove(call, "kerberos");

function remove(call: Call, provider: string): Answer {
  const { database } = call.server;
  const principal = decodeURIComponent(param(call, "principal"));
  const row = database.identityMappings.find((other) => other.provider === provider && other.principal === principal);
  if (row === undefined) throw notFound("Identity mapping not found");
  database.identityMappings = database.identityMappings.filter((other) => other !== row);
  database.save();
  return noContent;
}

export function listMappingsOfUser(call: Call): Answer {
  const username = decodeURIComponent(param(call, "user"));
  return json(call.server.database.identityMappings.filter((row) => row.username === username).map(mappingView));
}

function mappingView({ id, provider, principal, username, createdAt }: IdentityMappingRow): unknown {
  return { id, provider_name: provider, principal, username, created_at: createdAt, updated_at: createdAt };
}
