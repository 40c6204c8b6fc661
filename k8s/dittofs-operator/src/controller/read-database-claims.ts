import {
  type DatabaseClaims,
  databaseClaims,
  databaseSecretNames,
  hasDatabases,
  noDatabaseClaims,
  type WithDatabases,
} from "../domain/database/database-claims.ts";
import { isEarlier } from "../domain/is-earlier.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import { POSTGRES } from "./cluster-stores.ts";
import { readSecrets, type SecretReading } from "./read-secrets.ts";

/** Which databases of a server are those of older ones. Their Secrets are read for their own passes too, and known from there. */
export async function readDatabaseClaims(own: WithDatabases, reading: SecretReading): Promise<DatabaseClaims> {
  if (!hasDatabases(own.server)) return noDatabaseClaims;
  const older = reading.stores.dittoServers.byIndex("postgres", POSTGRES).flatMap((object) => {
    const server = asDittoServer(object);
    return server !== undefined && isEarlier(server, own.server) ? [server] : [];
  });
  const reads = older.map(async (server) => ({
    server,
    named: await readSecrets(server.metadata.namespace, databaseSecretNames(server), reading),
  }));
  return databaseClaims(own, await Promise.all(reads));
}
