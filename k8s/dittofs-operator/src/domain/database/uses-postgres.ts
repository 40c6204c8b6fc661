import type { DittoServer } from "../../api/ditto-server.ts";

/** Whether the control plane is in PostgreSQL. A place that is given wins over `type`, which the Go operator filled in with sqlite. */
export function usesPostgres({ spec: { database, percona } }: DittoServer): boolean {
  if (percona?.enabled === true) return true;
  return database.postgresSecretRef !== undefined || database.postgres !== undefined || database.type === "postgres";
}
