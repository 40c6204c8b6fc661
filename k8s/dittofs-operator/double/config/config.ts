import { join } from "node:path";
import type { PostgresPlace } from "../runtime/postgres.ts";
import { StartError } from "../start-error.ts";
import { type ConfigValue, textOf } from "./config-value.ts";
import { configValues, type Environment } from "./config-values.ts";

export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  readonly clientCa: string | undefined;
  readonly minVersion: "TLSv1.2" | "TLSv1.3";
}

/** What the double does with the configuration; the other keys are only checked. */
export interface Config {
  readonly values: ReadonlyMap<string, ConfigValue>;
  readonly unknownKeys: readonly string[];
  readonly shutdownTimeoutMs: number;
  readonly logging: { readonly level: string; readonly format: string; readonly output: string };
  /** `postgres` decides when it is given; then the path says nothing. */
  readonly database: { readonly type: string; readonly path: string; readonly postgres: PostgresPlace | undefined };
  readonly api: {
    readonly host: string;
    readonly port: number;
    readonly readTimeoutMs: number;
    readonly writeTimeoutMs: number;
    readonly idleTimeoutMs: number;
    readonly tls: TlsFiles | undefined;
  };
  readonly tokens: { readonly secret: string; readonly accessMs: number; readonly refreshMs: number };
  readonly admin: {
    readonly initialPassword: string | undefined;
    readonly passwordHash: string | undefined;
    readonly mustChangePassword: boolean;
  };
  readonly metrics:
    | {
        readonly host: string;
        readonly port: number;
        readonly path: string;
        readonly tokenFile: string | undefined;
        readonly tls: TlsFiles | undefined;
      }
    | undefined;
  readonly defaultRemoteCacheSize: number;
  readonly machineSid: string | undefined;
}

/** Reads the content of config.yaml and the environment as `dfs start` does. Throws StartError. */
export function readConfig(file: unknown, environment: Environment): Config {
  const { values, unknownKeys } = configValues(file, environment);
  const text = (key: string): string => textOf(values.get(key));
  const number = (key: string): number => Number(values.get(key) ?? 0);
  const tls = (prefix: string): TlsFiles | undefined => tlsFiles(prefix, text);
  const database = {
    type: text("database.type"),
    path: text("database.sqlite.path") || defaultDatabasePath(environment),
    postgres: text("database.type") === "postgres" ? postgresPlace(text, number("database.postgres.port")) : undefined,
  };
  return {
    values,
    unknownKeys,
    shutdownTimeoutMs: number("shutdown_timeout"),
    logging: {
      level: text("logging.level").toUpperCase(),
      format: text("logging.format"),
      output: text("logging.output"),
    },
    database,
    api: {
      host: text("controlplane.host"),
      port: number("controlplane.port"),
      readTimeoutMs: number("controlplane.read_timeout"),
      writeTimeoutMs: number("controlplane.write_timeout"),
      idleTimeoutMs: number("controlplane.idle_timeout"),
      tls: tls("controlplane.tls"),
    },
    tokens: {
      secret: text("controlplane.jwt.secret"),
      accessMs: number("controlplane.jwt.access_token_duration"),
      refreshMs: number("controlplane.jwt.refresh_token_duration"),
    },
    admin: {
      initialPassword: environment.DITTOFS_ADMIN_INITIAL_PASSWORD || undefined,
      passwordHash: text("admin.password_hash") || undefined,
      mustChangePassword: values.get("controlplane.require_initial_password_change") !== false,
    },
    metrics: values.get("metrics.enabled") === true ? metrics(text, number("metrics.port"), tls) : undefined,
    defaultRemoteCacheSize: number("blockstore.local.default_remote_cache_size"),
    machineSid: text("identity.machine_sid") || undefined,
  };
}

function defaultDatabasePath(environment: Environment): string {
  const folder = environment.XDG_CONFIG_HOME || join(environment.HOME || "/", ".config");
  return join(folder, "dittofs", "controlplane.db");
}

function tlsFiles(prefix: string, text: (key: string) => string): TlsFiles | undefined {
  const certFile = text(`${prefix}.cert_file`);
  const keyFile = text(`${prefix}.key_file`);
  const clientCa = text(`${prefix}.client_ca`) || undefined;
  if (certFile !== "" && keyFile === "")
    throw new StartError(`${prefix}.cert_file is set but ${prefix}.key_file is missing`);
  if (keyFile !== "" && certFile === "")
    throw new StartError(`${prefix}.key_file is set but ${prefix}.cert_file is missing`);
  if (certFile === "" && clientCa !== undefined)
    throw new StartError(`${prefix}.client_ca requires cert_file and key_file`);
  if (certFile === "") return undefined;
  return { certFile, keyFile, clientCa, minVersion: text(`${prefix}.min_version`) === "1.3" ? "TLSv1.3" : "TLSv1.2" };
}

function metrics(
  text: (key: string) => string,
  port: number,
  tls: (prefix: string) => TlsFiles | undefined,
): Config["metrics"] {
  const path = text("metrics.path");
  if (!path.startsWith("/")) throw new StartError(`metrics.path '${path}' must start with "/"`);
  const tokenFile = text("metrics.auth") === "token" ? text("metrics.token_file") : undefined;
  if (tokenFile === "") throw new StartError('metrics.auth is "token" but metrics.token_file is not set');
  return { host: text("metrics.host"), port, path, tokenFile, tls: tls("metrics.tls") };
}

function postgresPlace(text: (key: string) => string, port: number): PostgresPlace {
  for (const key of ["database.postgres.host", "database.postgres.database", "database.postgres.user"])
    if (text(key) === "")
      throw new StartError(`configuration validation failed: ${key} is required when database.type is postgres`);
  const sslMode = text("database.postgres.sslmode");
  if (!["disable", "require", "verify-ca", "verify-full"].includes(sslMode))
    throw new StartError(`configuration validation failed: database.postgres.sslmode "${sslMode}" is not known`);
  return { host: text("database.postgres.host"), port, database: text("database.postgres.database") };
}
