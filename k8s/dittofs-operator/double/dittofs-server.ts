import type { Clock } from "../src/runtime/clock.ts";
import type { Tokens } from "./auth/token.ts";
import type { Config } from "./config/config.ts";
import type { Adapters } from "./runtime/adapters.ts";
import type { Background } from "./runtime/background.ts";
import type { Jobs } from "./runtime/jobs.ts";
import type { LoadedShares } from "./runtime/loaded-shares.ts";
import type { MetadataStores } from "./runtime/metadata-stores.ts";
import type { Network } from "./runtime/network.ts";
import type { Reports } from "./runtime/report.ts";
import type { Database } from "./state/database.ts";

export interface MountedClient {
  readonly protocol: "nfs" | "smb";
  readonly address: string;
  readonly user?: string;
}

/** One running server: what it stores (`database`) and what it really serves (the rest), which differ until a restart. */
export interface DittofsServer {
  readonly config: Config;
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly database: Database;
  readonly network: Network;
  readonly storeRoot: string;
  readonly reports: Reports;
  readonly metadataStores: MetadataStores;
  readonly shares: LoadedShares;
  readonly adapters: Adapters;
  readonly jobs: Jobs;
  readonly background: Background;
  readonly startedAtMs: number;
  /** Who has something mounted, as tests want it: nobody really mounts a double. */
  readonly clients: MountedClient[];
}

/** The wall clock as the server writes it in rows and answers. */
export function timestamp(server: { readonly clock: Clock }): string {
  return new Date(server.clock.wallMs()).toISOString();
}
