import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "./config.ts";

test("the database lies below the configuration folder if no path is given", () => {
  assert.equal(readConfig({}, { HOME: "/app" }).database.path, "/app/.config/dittofs/controlplane.db");
  assert.equal(readConfig({}, { HOME: "/app", XDG_CONFIG_HOME: "/c" }).database.path, "/c/dittofs/controlplane.db");
});

test("a certificate needs its key, and client certificates need a server certificate", () => {
  const tls = (files: object) => () => readConfig({ controlplane: { tls: files } }, {});
  assert.throws(tls({ cert_file: "/c" }), /controlplane\.tls\.cert_file is set but controlplane\.tls\.key_file/);
  assert.throws(tls({ key_file: "/k" }), /controlplane\.tls\.key_file is set/);
  assert.throws(tls({ client_ca: "/ca" }), /controlplane\.tls\.client_ca requires/);
  assert.equal(tls({ cert_file: "/c", key_file: "/k", min_version: "1.3" })().api.tls?.minVersion, "TLSv1.3");
});

test("metrics are off, and checked only when they are on", () => {
  assert.equal(readConfig({ metrics: { path: "x" } }, {}).metrics, undefined);
  assert.throws(() => readConfig({ metrics: { enabled: true, path: "x" } }, {}), /metrics\.path/);
  assert.throws(() => readConfig({ metrics: { enabled: true, auth: "token" } }, {}), /metrics\.token_file/);
  assert.equal(readConfig({ metrics: { enabled: true } }, {}).metrics?.port, 9090);
});

test("the first admin must change the password unless the configuration says otherwise", () => {
  assert.equal(readConfig({}, {}).admin.mustChangePassword, true);
  const file = { controlplane: { require_initial_password_change: false } };
  assert.equal(readConfig(file, {}).admin.mustChangePassword, false);
});

test("PostgreSQL needs host, database, user and a known sslmode", () => {
  const postgres = (fields: object) => () => readConfig({ database: { type: "postgres", postgres: fields } }, {});
  assert.throws(postgres({}), /database\.postgres\.host is required/);
  assert.throws(postgres({ host: "h", database: "d" }), /database\.postgres\.user is required/);
  const place = { host: "h", database: "d", user: "u" };
  assert.throws(postgres({ ...place, sslmode: "prefer" }), /sslmode "prefer" is not known/);
  assert.deepEqual(postgres(place)().database.postgres, { host: "h", port: 5432, database: "d" });
});
