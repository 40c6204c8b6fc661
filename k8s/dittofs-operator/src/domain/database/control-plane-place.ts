import type { DittoServer } from "../../api/ditto-server.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import type { SecretSeen } from "../world.ts";
import { postgresPlace } from "./postgres-place.ts";

export type DatabasePlace = { readonly host: string; readonly port: number; readonly database: string };

/** Where the control plane's PostgreSQL database is; undefined for SQLite, and while its Secret does not say. */
export function controlPlanePlace(
  server: DittoServer,
  seen: ReadonlyMap<string, SecretSeen>,
): DatabasePlace | undefined {
  const { postgresSecretRef, postgres } = server.spec.database;
  const ofPercona = perconaNames(server);
  const reference = ofPercona === undefined ? postgresSecretRef : { name: ofPercona.userSecret, key: "" };
  if (reference === undefined) {
    const { host, port = 5432, database } = postgres ?? {};
    return host === undefined || database === undefined ? undefined : { host, port, database };
  }
  const found = postgresPlace(reference, seen);
  if (found.kind === "unusable") return undefined;
  const { host = "", port = "5432", database = "" } = found.kind === "uri" ? found.place : found.values;
  return { host, port: Number(port), database };
}

/** The same for equal places, as far as names tell. */
export function placeKey({ host, port, database }: DatabasePlace): string {
  return JSON.stringify([host.toLowerCase(), port, database]);
}
