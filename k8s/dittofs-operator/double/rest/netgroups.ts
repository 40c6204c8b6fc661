import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { timestamp } from "../dittofs-server.ts";
import { type Answer, badRequest, conflict, created, json, noContent, notFound } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import type { NetgroupRow } from "../state/rows.ts";

export function createNetgroup(call: Call): Answer {
  const { name } = fields(call, { name: "string" });
  const { database } = call.server;
  if (!name) throw badRequest("Netgroup name is required");
  if (database.netgroups.some((row) => row.name === name)) throw conflict("Netgroup already exists");
  const now = timestamp(call.server);
  const row: NetgroupRow = { id: randomUUID(), name, members: [], createdAt: now, updatedAt: now };
  database.netgroups.push(row);
  database.save();
  return created(netgroupView(row));
}

export function listNetgroups({ server }: Call): Answer {
  return json(server.database.netgroups.map(netgroupView));
}

export function getNetgroup(call: Call): Answer {
  return json(netgroupView(netgroupRow(call)));
}

export function deleteNetgroup(call: Call): Answer {
  const { database } = call.server;
  const row = netgroupRow(call);
  if (database.shares.some((share) => share.nfs.netgroupId === row.id))
    throw conflict("Netgroup is referenced by one or more shares");
  database.netgroups = database.netgroups.filter((other) => other !== row);
  database.save();
  return noContent;
}

/** The same member can be added many times. */
export function addNetgroupMember(call: Call): Answer {
  const { type, value } = fields(call, { type: "string", value: "string" });
  if (!type) throw badRequest("Member type is required");
  if (!value) throw badRequest("Member value is required");
  const problem = memberProblem(type, value);
  if (problem !== undefined) throw badRequest(problem);
  const row = netgroupRow(call);
  const member = { id: randomUUID(), type, value, createdAt: timestamp(call.server) };
  row.members.push(member);
  call.server.database.save();
  return created({ id: member.id, type, value });
}

export function deleteNetgroupMember(call: Call): Answer {
  const row = netgroupRow(call);
  row.members = row.members.filter((member) => member.id !== param(call, "member"));
  call.server.database.save();
  return noContent;
}

function memberProblem(type: string, value: string): string | undefined {
  switch (type) {
    case "ip":
      return isIP(value) === 0 ? `invalid IP address: ${value}` : undefined;
    case "cidr":
      return isCidr(value) ? undefined : `invalid CIDR: ${value}`;
    case "hostname":
      return /\s/.test(value) ? `hostname must not contain whitespace: ${value}` : undefined;
    default:
      return "Invalid member type. Must be one of: ip, cidr, hostname";
  }
}

function isCidr(value: string): boolean {
  const [address = "", bits = "", ...rest] = value.split("/");
  const most = isIP(address) === 4 ? 32 : 128;
  return rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

function netgroupRow(call: Call): NetgroupRow {
  const token = param(call, "netgroup");
  const { netgroups } = call.server.database;
  const row = netgroups.find(({ name }) => name === token) ?? netgroups.find(({ id }) => id === token);
  if (row === undefined) throw notFound("Netgroup not found");
  return row;
}

function netgroupView({ id, name, members, createdAt, updatedAt }: NetgroupRow): unknown {
  const views = members.map((member) => ({ id: member.id, type: member.type, value: member.value }));
  return { id, name, ...(views.length === 0 ? {} : { members: views }), created_at: createdAt, updated_at: updatedAt };
}
