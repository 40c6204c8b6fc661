import { join } from "node:path";
import type { Clock } from "../src/runtime/clock.ts";
import { systemClock } from "../src/runtime/system-clock.ts";
import { Tokens } from "./auth/token.ts";
import { readConfig } from "./config/config.ts";
import { type DittofsServer, timestamp } from "./dittofs-server.ts";
import { type Asked, api, asking, type RequestRecord } from "./http/api.ts";
import { FaultSwitch, type Faults } from "./http/fault.ts";
import { type Listener, listen } from "./http/listener.ts";
import { metricsEndpoint, metricsToken } from "./http/metrics.ts";
import type { Outcome } from "./http/outcome.ts";
import type { Log } from "./log.ts";
import { families } from "./rest/routes.ts";
import { Adapters } from "./runtime/adapters.ts";
import { Background } from "./runtime/background.ts";
import { checkKerberos, seedIdentityProviders } from "./runtime/identity-at-start.ts";
import { Jobs } from "./runtime/jobs.ts";
import { LoadedShares } from "./runtime/loaded-shares.ts";
import { MetadataStores } from "./runtime/metadata-stores.ts";
import { type Network, systemNetwork } from "./runtime/network.ts";
import { controlPlaneFile } from "./runtime/postgres.ts";
import { Reports } from "./runtime/report.ts";
import {
  abandonSnapshots,
  addMachineSid,
  loadShares,
  openMetadataStores,
  startAdapters,
} from "./runtime/start-steps.ts";
import { StartError } from "./start-error.ts";
import { openDatabase } from "./state/database.ts";
import { addDefaultRows } from "./state/default-rows.ts";

export type { Asked, RequestRecord } from "./http/api.ts";
export { type Fault, type FaultKind, type FaultSwitch, type Faults, faultKinds } from "./http/fault.ts";
export type { Outcome } from "./http/outcome.ts";
export { StartError } from "./start-error.ts";

export interface DoubleOptions {
  /** The content of config.yaml. Give every double its own `controlplane.host` (127.x.y.z) and `database.sqlite.path`. */
  readonly config: unknown;
  /** Environment variables; those of the process are not looked at. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Multiplies every wait of a slow or unreachable dependency, and how long a status is kept. 1 is the real server's time. */
  readonly slowFactor?: number;
  readonly faults?: Faults;
  /** Where the protocol adapters listen; `controlplane.host` if absent, all addresses if empty. */
  readonly adapterHost?: string;
  readonly network?: Network;
  readonly log?: Log;
  /** Where the absolute paths of stores, keytabs and krb5.conf begin; `/` if absent. With a folder each, doubles of one process keep apart as containers do. */
  readonly storeRoot?: string;
  /** Where the files lie that stand for PostgreSQL databases; `tmp` under the store root if absent. */
  readonly databaseFolder?: string;
}

/** A running double. */
export interface Double {
  readonly url: string;
  /** What the server stores (`state.database`) and what it really serves (`state.shares`, `state.adapters`, ...). */
  readonly state: DittofsServer;
  /** What becomes of a request, without HTTP. */
  readonly ask: (asked: Asked) => Promise<Outcome>;
  /** Switches faults on and off. */
  readonly faults: FaultSwitch;
  /** Every request so far, in the order of the answers; status 0 is a request left hanging. */
  readonly requests: readonly RequestRecord[];
  /** What the server writes to standard error while it starts. */
  readonly warnings: readonly string[];
  /** Ends as on SIGTERM: adapters stop, state is written, ports and locks are free. */
  stop(): Promise<void>;
  /** Ends as if killed: connections are cut. */
  crash(): Promise<void>;
}

/**
 * Starts a DittoFS server in this process, in the order of `dfs start`: configuration, database, metadata stores, shares, adapters, and
 * the API last. Rejects with StartError when the real server would exit.
 */
export async function startDouble(options: DoubleOptions): Promise<Double> {
  const slowFactor = options.slowFactor ?? 1;
  const state = await assemble(options, slowFactor);
  const { config } = state;
  addDefaultRows(state.database, config.admin, timestamp(state));
  abandonSnapshots(state);
  const requests: RequestRecord[] = [];
  const faults = new FaultSwitch(options.faults ?? {});
  const log = options.log ?? (() => {});
  const record = (request: RequestRecord): void => {
    requests.push(request);
    const level = request.path.startsWith("/health") ? "DEBUG" : "INFO";
    log(level, "API request completed", { ...request });
  };
  const ask = asking({ server: state, families, faults, slowFactor, record });
  const listeners: Listener[] = [];
  try {
    await openMetadataStores(state);
    await loadShares(state, slowFactor);
    checkSecret(config.tokens.secret);
    seedIdentityProviders(state.database, config);
    addMachineSid(state);
    checkKerberos(state, options.env ?? {});
    log("INFO", "Runtime initialized", { metadata_stores: state.metadataStores.size, shares: state.shares.size });
    const metrics = await startMetrics(state);
    await startAdapters(state);
    listeners.push(...metrics, await listen(config.api, api(ask)));
  } catch (error) {
    await Promise.all(listeners.map((listener) => listener.cut()));
    await state.adapters.stopAll();
    await state.metadataStores.close();
    throw error instanceof StartError ? error : new StartError(`API server error: ${String(error)}`, 1, error);
  }
  log("INFO", "API server listening", { addr: `${config.api.host}:${config.api.port}` });
  return running({ state, ask, faults, requests, listeners });
}

function checkSecret(secret: string): void {
  if (secret.length < 32)
    throw new StartError(
      "failed to create API server: the JWT secret must be at least 32 characters; set DITTOFS_CONTROLPLANE_SECRET",
    );
}

/** Metrics on a port that is taken are only missing; the server starts without them. */
async function startMetrics(state: DittofsServer): Promise<readonly Listener[]> {
  const { metrics, api: limits } = state.config;
  if (metrics === undefined) return [];
  const endpoint = metricsEndpoint(state, metrics, metricsToken(metrics));
  try {
    return [await listen({ ...limits, ...metrics }, endpoint)];
  } catch (error) {
    if (error instanceof StartError) throw error;
    return [];
  }
}

async function assemble(options: DoubleOptions, slowFactor: number): Promise<DittofsServer> {
  const clock = options.clock ?? systemClock;
  const config = readConfig(options.config, options.env ?? {});
  const reports = new Reports(clock, slowFactor);
  const storeRoot = options.storeRoot ?? "/";
  const network = options.network ?? systemNetwork();
  const { path, postgres } = config.database;
  const databaseFolder = options.databaseFolder ?? join(storeRoot, "tmp");
  const file = postgres === undefined ? path : await controlPlaneFile(postgres, databaseFolder, network);
  const database = openDatabase(file);
  const metadataStores = new MetadataStores(storeRoot, network);
  return {
    config,
    clock,
    tokens: new Tokens(config.tokens, clock),
    database,
    network,
    storeRoot,
    reports,
    metadataStores,
    shares: new LoadedShares(database, metadataStores, options.env?.["DITTOFS_ENCRYPTION_PASSPHRASE"] ?? ""),
    adapters: new Adapters(options.adapterHost ?? config.api.host, reports, storeRoot),
    jobs: new Jobs(clock),
    background: new Background(clock),
    startedAtMs: clock.wallMs(),
    clients: [],
  };
}

interface Running extends Pick<Double, "state" | "ask" | "faults" | "requests"> {
  readonly listeners: readonly Listener[];
}

const apiStopMs = 5000;

function running({ state, ask, faults, requests, listeners }: Running): Double {
  const { host, port, tls } = state.config.api;
  const { unknownKeys } = state.config;
  const release = async (): Promise<void> => {
    state.background.end();
    await state.adapters.stopAll();
    state.database.save();
    await state.metadataStores.close();
  };
  return {
    url: `${tls === undefined ? "http" : "https"}://${host}:${port}`,
    state,
    ask,
    faults,
    requests,
    warnings:
      unknownKeys.length === 0 ? [] : [`WARNING: config contains unknown keys (ignored): ${unknownKeys.join(", ")}`],
    stop: async () => {
      const waitMs = Math.min(apiStopMs, state.config.shutdownTimeoutMs);
      await Promise.all([...listeners.map((listener) => listener.close(waitMs)), release()]);
    },
    crash: async () => {
      await Promise.all(listeners.map((listener) => listener.cut()));
      await release();
    },
  };
}
