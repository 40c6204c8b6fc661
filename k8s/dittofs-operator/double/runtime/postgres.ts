import { join } from "node:path";
import { StartError } from "../start-error.ts";
import type { Network } from "./network.ts";

/** Where a PostgreSQL database is. */
export interface PostgresPlace {
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

const timeoutMs = 5_000;

/** Why the database does not answer; undefined when it does. That it accepts a connection is all that is asked of it. */
export async function postgresProblem({ host, port }: PostgresPlace, network: Network): Promise<string | undefined> {
  const isUp = await network.dial(host, port, timeoutMs);
  return isUp ? undefined : `failed to connect to host=${host} port=${port}: connection refused`;
}

/** The file that stands for the control plane's database. Throws StartError when the real server would exit. */
export async function controlPlaneFile(place: PostgresPlace, folder: string, network: Network): Promise<string> {
  const problem = await postgresProblem(place, network);
  if (problem !== undefined)
    throw new StartError(`failed to initialize control plane store: failed to connect to database: ${problem}`);
  return join(folder, `postgres-${place.host}-${place.port}-${place.database}.json`);
}
