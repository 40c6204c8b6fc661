import { stringify } from "yaml";
import type { DittoServer, DittoServerSpec } from "../../api/ditto-server.ts";
import { usesPostgres } from "../database/uses-postgres.ts";
import { canonicalDuration } from "../duration.ts";
import { quantityBytes } from "../quantity.ts";
import { apiListener } from "../secrets/tls-secrets.ts";
import { kerberosSettings } from "./kerberos-settings.ts";
import { loggingConfig } from "./logging-config.ts";
import { metricsSettings } from "./metrics-settings.ts";
import { tlsSettings } from "./tls-settings.ts";

/** One level of `dfs start --config`: only keys that are set. */
type Section = { readonly [key: string]: Value };
type Value = string | number | boolean | readonly string[] | Section;

/** Name of the file, and of its key in the ConfigMap. */
export const configFileName = "config.yaml";

/** The file that the server reads once, at its start. */
export function configFile(server: DittoServer): string {
  return fileText({ ...serverConfig(server), ...kerberosSection(server) }, server);
}

/**
 * What of the file every process heeds. Once Kerberos is on, the server keeps it in its database and no longer reads the
 * file: a change of it is set through the REST API, and no reason for a restart of its own.
 */
export function heededConfig(server: DittoServer): string {
  const isInDatabase = server.spec.identity.kerberos?.enabled === true;
  return fileText({ ...serverConfig(server), ...(!isInDatabase && kerberosSection(server)) }, server);
}

function fileText(config: Section, { spec }: DittoServer): string {
  return stringify(merged(config, spec.extraConfig ?? {}), { lineWidth: 0 });
}

function kerberosSection({ spec: { identity } }: DittoServer): Section {
  const { kerberos } = identity;
  const isUsed = kerberos?.enabled === true || kerberos?.machineAccount?.enabled === true;
  return isUsed ? { kerberos: kerberosSettings(kerberos) } : {};
}

/** Every duration carries a unit, as the server would read a bare number as nanoseconds. */
function serverConfig(server: DittoServer): Section {
  const { spec } = server;
  const { config } = spec;
  return {
    logging: loggingConfig(server),
    shutdown_timeout: canonicalDuration(config.shutdownTimeout),
    database: database(server),
    controlplane: controlPlane(server),
    metadata: {
      badger: { block_cache_mb: config.badger.blockCacheMB, index_cache_mb: config.badger.indexCacheMB },
    },
    ...section("blockstore", { ...section("local", blockstore(config)) }),
    ...section("gc", gc(config)),
    ...section("snapshot", snapshot(config)),
    ...section("metrics", metricsSettings(server) ?? {}),
    ...section("identity", { ...value("machine_sid", spec.identity.machineSid) }),
  };
}

/** Where a PostgreSQL database is stands in the environment, with its password. */
function database(server: DittoServer): Section {
  const { sqlite, postgres } = server.spec.database;
  if (!usesPostgres(server)) return { type: "sqlite", sqlite: { path: sqlite.path } };
  const connections = {
    ...value("max_open_conns", postgres?.maxOpenConns),
    ...value("max_idle_conns", postgres?.maxIdleConns),
  };
  return { type: "postgres", ...section("postgres", connections) };
}

function controlPlane(server: DittoServer): Section {
  const { controlPlane, identity } = server.spec;
  const tls = tlsSettings(apiListener, server, controlPlane.minTLSVersion);
  return {
    // The server's own default is the loopback address, where neither a Service nor a probe reaches it.
    host: "0.0.0.0",
    port: controlPlane.port,
    ...duration("read_timeout", controlPlane.readTimeout),
    // The server's default of 10 s would cut off restores and drains.
    ...duration("write_timeout", controlPlane.writeTimeout ?? "10m"),
    ...duration("idle_timeout", controlPlane.idleTimeout),
    ...duration("drain_stall_timeout", controlPlane.drainStallTimeout),
    ...value("pprof", controlPlane.pprof),
    ...(tls !== undefined && { tls }),
    ...value("pprof_mutex_rate", controlPlane.pprofMutexRate),
    ...value("pprof_block_rate_ns", controlPlane.pprofBlockRateNs),
    // The password is the user's or random, never a default; the operator logs in with it.
    require_initial_password_change: false,
    jwt: {
      ...duration("access_token_duration", identity.jwt.accessTokenDuration),
      ...duration("refresh_token_duration", identity.jwt.refreshTokenDuration),
    },
  };
}

function blockstore({ blockstore }: DittoServerSpec["config"]): Section {
  return {
    ...size("default_remote_cache_size", blockstore?.defaultRemoteCacheSize),
    ...duration("backpressure_max_wait", blockstore?.backpressureMaxWait),
    ...size("max_log_bytes", blockstore?.maxLogSize),
  };
}

function gc({ gc }: DittoServerSpec["config"]): Section {
  const percent = gc?.compactionLivePercent;
  return {
    ...value("auto_enabled", gc?.autoEnabled),
    ...duration("auto_interval", gc?.autoInterval),
    ...duration("grace_period", gc?.gracePeriod),
    ...value("compaction_live_ratio", percent === undefined ? undefined : percent / 100),
    ...value("dry_run_sample_size", gc?.dryRunSampleSize),
  };
}

function snapshot({ snapshot }: DittoServerSpec["config"]): Section {
  return {
    ...duration("restore_http_timeout", snapshot?.restoreHTTPTimeout),
    ...duration("scheduler_poll_interval", snapshot?.schedulerPollInterval),
    ...value("scheduler_disabled", snapshot?.schedulerDisabled),
  };
}

function section(key: string, content: Section): Section {
  return Object.keys(content).length === 0 ? {} : { [key]: content };
}

function value(key: string, given: string | number | boolean | undefined): Section {
  return given === undefined ? {} : { [key]: given };
}

function duration(key: string, given: string | undefined): Section {
  return given === undefined ? {} : { [key]: canonicalDuration(given) };
}

/** The server takes sizes in its file as numbers of bytes only. */
function size(key: string, given: string | undefined): Section {
  return given === undefined ? {} : { [key]: Number(quantityBytes(given)) };
}

/** `over` wins key by key; sections are merged, everything else is replaced. Keys are sorted, as a map has no order. */
function merged(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const key of Object.keys(over).toSorted()) {
    const [below, above] = [base[key], over[key]];
    result[key] = isSection(above) ? merged(isSection(below) ? below : {}, above) : above;
  }
  return result;
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
