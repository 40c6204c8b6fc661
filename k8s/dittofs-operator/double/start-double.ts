import { randomInt } from "node:crypto";
import type { Clock } from "../src/runtime/clock.ts";
import { systemClock } from "../src/runtime/system-clock.ts";
import { Tokens } from "./auth/token.ts";
import { readConfig } from "./config/config.ts";
import { type DittofsServer, timestamp } from "./dittofs-server.ts";
import { api, type RequestRecord } from "./http/api.ts";
import { FaultSwitch, type Faults } from "./http/fault.ts";
import { type Listener, listen } from "./http/listener.ts";
import { families } from "./rest/routes.ts";
import { Adapters, isPort } from "./runtime/adapters.ts";
import { checkKerberos, seedIdentityProviders } from "./runtime/identity-at-start.ts";
import { Jobs } from "./runtime/jobs.ts";
import { LoadedShares } from "./runtime/loaded-shares.ts";
import { CannotOpen, MetadataStores } from "./runtime/metadata-stores.ts";
import { type Network, systemNetwork } from "./runtime/network.ts";
import { unreachableWaits } from "./runtime/object-store.ts";
import { Reports } from "./runtime/report.ts";
import { storeConfig } from "./runtime/store-config.ts";
import { StartError } from "./start-error.ts";
import { openDatabase } from "./state/database.ts";
import { addDefaultRows } from "./state/default-rows.ts";

export type { RequestRecord } from "./http/api.ts";
export type { Fault, FaultKind, FaultSwitch, Faults } from "./http/fault.ts";
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
}

/** A running double. */
export interface Double {
  readonly url: string;
  /** What the server stores (`state.database`) and what it really serves (`state.shares`, `state.adapters`, ...). */
  readonly state: DittofsServer;
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
  const state = assemble(options, slowFactor);
  const { config } = state;
  addDefaultRows(state.database, config.admin, timestamp(state));
  abandonSnapshots(state);
  const requests: RequestRecord[] = [];
  const faults = new FaultSwitch(options.faults ?? {});
  let listener: Listener | undefined;
  try {
    await openMetadataStores(state);
    await loadShares(state, slowFactor);
    if (config.tokens.secret.length < 32)
      throw new StartError(
        "failed to create API server: the JWT secret must be at least 32 characters; set DITTOFS_CONTROLPLANE_SECRET",
      );
    seedIdentityProviders(state.database, config);
    addMachineSid(state);
    checkKerberos(state.database, config, options.env ?? {});
    await startAdapters(state);
    const record = (request: RequestRecord): void => void requests.push(request);
    const { host, port, tls, idleTimeoutMs, readTimeoutMs } = config.api;
    listener = await listen(
      { host, port, tls, idleTimeoutMs, readTimeoutMs },
      api({ server: state, families, faults, slowFactor, record }),
    );
  } catch (error) {
    await state.adapters.stopAll();
    await state.metadataStores.close();
    throw error instanceof StartError ? error : new StartError(`API server error: ${String(error)}`, 1, error);
  }
  return running({ state, faults, requests, listener });
}

function assemble(options: DoubleOptions, slowFactor: number): DittofsServer {
  const clock = options.clock ?? systemClock;
  const config = readConfig(options.config, options.env ?? {});
  const reports = new Reports(clock, slowFactor);
  const database = openDatabase(config.database.path);
  const metadataStores = new MetadataStores();
  return {
    config,
    clock,
    tokens: new Tokens(config.tokens, clock),
    database,
    network: options.network ?? systemNetwork(),
    reports,
    metadataStores,
    shares: new LoadedShares(database, metadataStores),
    adapters: new Adapters(options.adapterHost ?? config.api.host, reports),
    jobs: new Jobs(clock),
    startedAtMs: clock.wallMs(),
  };
}

function abandonSnapshots(state: DittofsServer): void {
  for (const row of state.database.snapshots)
    if (row.state === "creating")
      Object.assign(row, {
        state: "failed",
        error: "abandoned: server restarted while the snapshot was being made",
        updatedAt: timestamp(state),
      });
}

/** The identity of the server towards Windows clients: configured, or made once. */
function addMachineSid(state: DittofsServer): void {
  const { database, config } = state;
  const stored = database.settings.find((row) => row.key === "machine_sid");
  const part = (): number => randomInt(1, 2 ** 32);
  const value = config.machineSid ?? stored?.value ?? `S-1-5-21-${part()}-${part()}-${part()}`;
  const others = database.settings.filter((row) => row !== stored);
  database.settings = [...others, { key: "machine_sid", value, updatedAt: stored?.updatedAt ?? timestamp(state) }];
  database.save();
}

async function openMetadataStores({ database, metadataStores }: DittofsServer): Promise<void> {
  for (const row of database.metadataStores) {
    try {
      const config = storeConfig(row.config);
      if (config === undefined) throw new CannotOpen("failed to get config: not a JSON object");
      metadataStores.register(row.name, await metadataStores.open(row.type, config));
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new StartError(
        `failed to initialize runtime: failed to load metadata stores: failed to create metadata store "${row.name}": ${detail}`,
        1,
        cause,
      );
    }
  }
}

/** A share that cannot be loaded is left out; one with an unreachable remote delays the start. */
async function loadShares(
  { database, shares, reports, network, clock }: DittofsServer,
  slowFactor: number,
): Promise<void> {
  const wait = (durationMs: number): Promise<void> =>
    new Promise((resolve) => void clock.after(durationMs * slowFactor, resolve));
  for (const row of database.shares) await shares.load(row, { reports, network, wait }, unreachableWaits.startMs);
}

async function startAdapters({ database, adapters }: DittofsServer): Promise<void> {
  for (const row of database.adapters) {
    if (!row.enabled) continue;
    if (!isPort(row.port))
      throw new StartError(`panic: the stored port ${row.port} of adapter ${row.type} is out of range`, 2);
    adapters.start(row);
  }
  await adapters.settled();
}

interface Running extends Pick<Double, "state" | "faults" | "requests"> {
  readonly listener: Listener;
}

const apiStopMs = 5000;

function running({ state, faults, requests, listener }: Running): Double {
  const { host, port, tls } = state.config.api;
  const { unknownKeys } = state.config;
  const release = async (): Promise<void> => {
    await state.adapters.stopAll();
    state.database.save();
    await state.metadataStores.close();
  };
  return {
    url: `${tls === undefined ? "http" : "https"}://${host}:${port}`,
    state,
    faults,
    requests,
    warnings:
      unknownKeys.length === 0 ? [] : [`WARNING: config contains unknown keys (ignored): ${unknownKeys.join(", ")}`],
    stop: async () => {
      await Promise.all([listener.close(Math.min(apiStopMs, state.config.shutdownTimeoutMs)), release()]);
    },
    crash: async () => {
      listener.cut();
      await release();
    },
  };
}
