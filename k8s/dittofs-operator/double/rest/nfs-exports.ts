import { type Answer, badRequest, json } from "../http/answer.ts";
import { fields } from "../http/body.ts";
import type { Call } from "../http/call.ts";
import type { Database } from "../state/database.ts";
import type { NfsExport } from "../state/rows.ts";
import { shareRow } from "./share-rows.ts";

const squashes = ["none", "root_to_admin", "root_to_guest", "all_to_admin", "all_to_guest"];

export function getNfsExport(call: Call): Answer {
  return json(exportView(shareRow(call).nfs, call.server.database));
}

/** Squash, anonymous ids and netgroup act at once, the rest at the next start. The Kerberos level is not checked. */
export function patchNfsExport(call: Call): Answer {
  const { database, shares } = call.server;
  const row = shareRow(call);
  const body = fields(call, {
    squash: "string",
    anonymous_uid: "uint32",
    anonymous_gid: "uint32",
    allow_auth_sys: "boolean",
    require_kerberos: "boolean",
    min_kerberos_level: "string",
    netgroup: "string",
    disable_readdirplus: "boolean",
  });
  if (body.squash && !squashes.includes(body.squash)) throw badRequest(`Invalid squash mode: ${body.squash}`);
  const { nfs } = row;
  row.nfs = {
    squash: body.squash ?? nfs.squash,
    anonymousUid: body.anonymous_uid ?? nfs.anonymousUid,
    anonymousGid: body.anonymous_gid ?? nfs.anonymousGid,
    allowAuthSys: body.allow_auth_sys ?? nfs.allowAuthSys,
    requireKerberos: body.require_kerberos ?? nfs.requireKerberos,
    minKerberosLevel: body.min_kerberos_level ?? nfs.minKerberosLevel,
    netgroupId: body.netgroup === undefined ? nfs.netgroupId : netgroupId(database, body.netgroup),
    disableReaddirplus: body.disable_readdirplus ?? nfs.disableReaddirplus,
  };
  database.save();
  shares.apply(row);
  return json(exportView(row.nfs, database));
}

function netgroupId(database: Database, name: string): string | undefined {
  if (name === "") return undefined;
  const netgroup = database.netgroups.find((row) => row.name === name);
  if (netgroup === undefined) throw badRequest(`Netgroup not found: ${name}`);
  return netgroup.id;
}

function exportView(nfs: NfsExport, database: Database): unknown {
  return {
    squash: nfs.squash,
    ...(nfs.anonymousUid === undefined ? {} : { anonymous_uid: nfs.anonymousUid }),
    ...(nfs.anonymousGid === undefined ? {} : { anonymous_gid: nfs.anonymousGid }),
    allow_auth_sys: nfs.allowAuthSys,
    require_kerberos: nfs.requireKerberos,
    min_kerberos_level: nfs.minKerberosLevel,
    netgroup: database.netgroups.find((row) => row.id === nfs.netgroupId)?.name ?? "",
    disable_readdirplus: nfs.disableReaddirplus,
  };
}
