import { readFile } from "node:fs/promises";
import pg from "pg";
import { connectionProblem } from "./connection-problem.ts";
import type { PostgresSettings } from "./postgres-settings.ts";

const timeoutMs = 5_000;

/** A real connection and a query, as the file server will make them: undefined when it answered, else why it did not. */
export async function tryConnection(settings: PostgresSettings): Promise<string | undefined> {
  try {
    await ask(settings);
    return undefined;
  } catch (error) {
    return connectionProblem(error, settings);
  }
}

/** Rejects with what the database, the network or the file of certificates answers. */
async function ask(settings: PostgresSettings): Promise<void> {
  const { host, port, database, user, password } = settings;
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password,
    ssl: await tls(settings),
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // What goes wrong after the answer is of no interest; without a listener it would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
  } finally {
    // A peer that does not answer must not hold the next try.
    void client.end().catch(() => {});
  }
}

type Tls =
  | false
  | { readonly ca?: string; readonly rejectUnauthorized: boolean; checkServerIdentity?: () => undefined };

/** As libpq and pgx have it: with certificates at hand, `require` checks the authority too. */
async function tls({ sslMode, rootCertFile }: PostgresSettings): Promise<Tls> {
  if (sslMode === "disable") return false;
  const trusted = rootCertFile === undefined ? {} : { ca: await readFile(rootCertFile, "utf8") };
  if (sslMode === "verify-full") return { ...trusted, rejectUnauthorized: true };
  const isChecked = sslMode === "verify-ca" || rootCertFile !== undefined;
  return { ...trusted, rejectUnauthorized: isChecked, checkServerIdentity: () => undefined };
}
