import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { configFile } from "./config-file.ts";
import { aServer, defaultSpec } from "./testing/a-server.ts";

test("the defaults give the whole file", () => {
  assert.deepEqual(parse(configFile(aServer())), {
    logging: { level: "INFO", format: "json", output: "stdout" },
    shutdown_timeout: "30s",
    database: { type: "sqlite", sqlite: { path: "/data/controlplane/controlplane.db" } },
    controlplane: {
      host: "0.0.0.0",
      port: 8080,
      write_timeout: "10m",
      require_initial_password_change: false,
      jwt: { access_token_duration: "15m", refresh_token_duration: "168h" },
    },
    metadata: { badger: { block_cache_mb: 64, index_cache_mb: 32 } },
  });
});

test("every field that has a key reaches it", () => {
  const server = aServer({
    logging: { level: "DEBUG", format: "text" },
    database: { type: "sqlite", sqlite: { path: "/data/controlplane/other.db", persistent: true } },
    controlPlane: { port: 9000 },
    identity: { ...defaultSpec.identity, jwt: { accessTokenDuration: "5m", refreshTokenDuration: "24h" } },
    config: { shutdownTimeout: "10s", badger: { blockCacheMB: 128, indexCacheMB: 0 } },
  });
  assert.deepEqual(parse(configFile(server)), {
    logging: { level: "DEBUG", format: "text", output: "stdout" },
    shutdown_timeout: "10s",
    database: { type: "sqlite", sqlite: { path: "/data/controlplane/other.db" } },
    controlplane: {
      host: "0.0.0.0",
      port: 9000,
      write_timeout: "10m",
      require_initial_password_change: false,
      jwt: { access_token_duration: "5m", refresh_token_duration: "24h" },
    },
    metadata: { badger: { block_cache_mb: 128, index_cache_mb: 0 } },
  });
});

test("an equal duration in other words gives the same file, so that it restarts nothing", () => {
  const respelled = aServer({ config: { ...defaultSpec.config, shutdownTimeout: "0.5m" } });
  assert.equal(configFile(respelled), configFile(aServer()));
});

test("a secret is never in the file", () => {
  assert.doesNotMatch(configFile(aServer()), /secret|password: /);
});
