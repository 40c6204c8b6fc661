import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { aServer, defaultSpec } from "../testing/a-server.ts";
import { configFile } from "./config-file.ts";

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
    logging: { level: "DEBUG", format: "text", output: "stdout" },
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

const everyKey = aServer({
  controlPlane: {
    port: 8080,
    readTimeout: "5s",
    writeTimeout: "1h",
    idleTimeout: "2m",
    drainStallTimeout: "90s",
    pprof: true,
  },
  config: {
    ...defaultSpec.config,
    blockstore: { defaultRemoteCacheSize: "20Gi", backpressureMaxWait: "2m", maxLogSize: "1Gi" },
    gc: { autoEnabled: false, autoInterval: "1h", gracePeriod: "24h", compactionLivePercent: 40, dryRunSampleSize: 10 },
    snapshot: { restoreHTTPTimeout: "1h", schedulerPollInterval: "30s", schedulerDisabled: true },
  },
});

test("what is set beyond the defaults reaches its key in the unit that the server reads (measured A8)", () => {
  const { controlplane, blockstore, gc, snapshot } = parse(configFile(everyKey));
  assert.deepEqual(
    [
      controlplane.read_timeout,
      controlplane.write_timeout,
      controlplane.idle_timeout,
      controlplane.drain_stall_timeout,
      controlplane.pprof,
    ],
    ["5s", "1h", "2m", "1m30s", true],
  );
  assert.deepEqual(blockstore, {
    local: { default_remote_cache_size: 21_474_836_480, backpressure_max_wait: "2m", max_log_bytes: 1_073_741_824 },
  });
  assert.deepEqual(gc, {
    auto_enabled: false,
    auto_interval: "1h",
    grace_period: "24h",
    compaction_live_ratio: 0.4,
    dry_run_sample_size: 10,
  });
  assert.deepEqual(snapshot, { restore_http_timeout: "1h", scheduler_poll_interval: "30s", scheduler_disabled: true });
});

test("extraConfig wins key by key and leaves its neighbours", () => {
  const { logging, future } = parse(
    configFile(aServer({ extraConfig: { logging: { level: "WARN" }, future: { list: [1, "a"] } } })),
  );
  assert.deepEqual(logging, { level: "WARN", format: "json", output: "stdout" });
  assert.deepEqual(future, { list: [1, "a"] });
});

test("the order of keys in extraConfig changes nothing, so that it restarts nothing", () => {
  const file = (extraConfig: Record<string, unknown>) => configFile(aServer({ extraConfig }));
  assert.equal(file({ a: 1, b: { c: 2, d: 3 } }), file({ b: { d: 3, c: 2 }, a: 1 }));
});

const hostile = [
  "yes",
  "0x10",
  "1e3",
  "~",
  "null",
  "- a",
  "a: b",
  "a\nb: c",
  "# comment",
  "\u2028",
  "🗄️",
  "&x *x",
  "{{ .Values }}",
  "'\"",
  "x".repeat(5_000),
  "größe: ✓\n".repeat(2 ** 16),
  "y".repeat(2 ** 20),
];
for (const text of hostile) {
  test(`the text ${JSON.stringify(text).slice(0, 30)} arrives as that text`, () => {
    assert.equal(parse(configFile(aServer({ extraConfig: { future: text } }))).future, text);
  });
}
