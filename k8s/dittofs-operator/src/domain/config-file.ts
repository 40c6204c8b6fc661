import { stringify } from "yaml";
import type { DittoServer } from "../api/ditto-server.ts";
import { canonicalDuration } from "./duration.ts";

/** The keys of `dfs start --config` that the operator writes; every duration carries a unit, as a bare number would be nanoseconds. */
type ServerConfig = {
  readonly logging: { readonly level: string; readonly format: string; readonly output: "stdout" };
  readonly shutdown_timeout: string;
  readonly database: { readonly type: "sqlite"; readonly sqlite: { readonly path: string } };
  readonly controlplane: {
    readonly host: string;
    readonly port: number;
    readonly write_timeout: string;
    readonly require_initial_password_change: boolean;
    readonly jwt: { readonly access_token_duration: string; readonly refresh_token_duration: string };
  };
  readonly metadata: { readonly badger: { readonly block_cache_mb: number; readonly index_cache_mb: number } };
};

/** Name of the file, and of its key in the ConfigMap. */
export const configFileName = "config.yaml";

/** The file that the server reads once, at its start. */
export function configFile(server: DittoServer): string {
  return stringify(serverConfig(server), { lineWidth: 0 });
}

function serverConfig({ spec }: DittoServer): ServerConfig {
  const { jwt } = spec.identity;
  return {
    logging: { level: spec.logging.level, format: spec.logging.format, output: "stdout" },
    shutdown_timeout: canonicalDuration(spec.config.shutdownTimeout),
    database: { type: "sqlite", sqlite: { path: spec.database.sqlite.path } },
    controlplane: {
      // The server's own default is the loopback address, where neither a Service nor a probe reaches it.
      host: "0.0.0.0",
      port: spec.controlPlane.port,
      // The server's default of 10 s would cut off restores and drains.
      write_timeout: "10m",
      // The password is the user's or random, never a default; the operator logs in with it.
      require_initial_password_change: false,
      jwt: {
        access_token_duration: canonicalDuration(jwt.accessTokenDuration),
        refresh_token_duration: canonicalDuration(jwt.refreshTokenDuration),
      },
    },
    metadata: {
      badger: { block_cache_mb: spec.config.badger.blockCacheMB, index_cache_mb: spec.config.badger.indexCacheMB },
    },
  };
}
