import type { DittoServer } from "../../api/ditto-server.ts";
import type { SecretSeen } from "../world.ts";
import { postgresPlace } from "./postgres-place.ts";

export type DatabasePlace = { readonly host: string; readonly port: number; readonly database: string };

/** Where the control plane's PostgreSQL database is; undefined for SQLite, and while its Secret does not say. */
export function controlPlanePlace(
  { spec }: DittoServer,
  seen: ReadonlyMap<string, SecretSeen>,
): DatabasePlace | undefined {
  const { postgresSecretRef, postgres } = spec.database;
  if (postgresSecretRef === undefined) {
    const { host, port = 5432, database } = postgres ?? {};
    return host === undefined || database === undefined ? undefined : { host, port, database };
  }
  const found = postgresPlace(postgresSecretRef, seen);
  if (found.kind === "unusable") return undefined;
  const { host = "", port = "5432", database = "" } = found.kind === "uri" ? found.place : found.values;
  return { host, port: Number(port), database };
}

/** The same for equal places, as far as names tell. */
export function placeKey({ host, port, database }: DatabasePlace): string {
  return JSON.stringify([host.toLowerCase(), port, database]);
}
