import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { StartError } from "../start-error.ts";
import { configKeys } from "./config-keys.ts";
import { configValues } from "./config-values.ts";

function valueOf(key: string, file: unknown, environment: Record<string, string> = {}): unknown {
  return configValues(file, environment).values.get(key);
}

function refusal(file: unknown, environment: Record<string, string> = {}): string {
  try {
    configValues(file, environment);
  } catch (error) {
    assert.ok(error instanceof StartError);
    assert.equal(error.exitCode, 1);
    return error.message;
  }
  return "";
}

test("the environment wins over the file, and the file over the default", () => {
  const file = { controlplane: { port: 8081 } };
  assert.equal(valueOf("controlplane.port", undefined), 8080);
  assert.equal(valueOf("controlplane.port", file), 8081);
  assert.equal(valueOf("controlplane.port", file, { DITTOFS_CONTROLPLANE_PORT: "8082" }), 8082);
});

test("every key has a variable: DITTOFS_ and its path in capitals", () => {
  const values = { string: "x", integer: "5", size: "5", number: "0.5", boolean: "true", duration: "7m" };
  for (const [name, key] of Object.entries(configKeys)) {
    if (key.type === "list" || key.type === "map" || key.oneOf !== undefined || name === "controlplane.jwt.secret")
      continue;
    if (["identity.machine_sid", "ldap.enabled", "ldap.idmap"].includes(name) || name.endsWith("online_join.enabled"))
      continue;
    const variable = `DITTOFS_${name.toUpperCase().replaceAll(".", "_")}`;
    const value = valueOf(name, undefined, { [variable]: values[key.type] });
    const expected = { string: "x", integer: 5, size: 5, number: 0.5, boolean: true, duration: 420_000 }[key.type];
    assert.equal(value, expected, variable);
  }
});

test("an empty variable counts as not set, and an unknown one is ignored", () => {
  assert.equal(valueOf("controlplane.port", undefined, { DITTOFS_CONTROLPLANE_PORT: "", DITTOFS_NOPE: "x" }), 8080);
});

test("the secret comes from its special variable, then its ordinary one, then the file", () => {
  const file = { controlplane: { jwt: { secret: "file" } } };
  const ordinary = { DITTOFS_CONTROLPLANE_JWT_SECRET: "ordinary" };
  assert.equal(valueOf("controlplane.jwt.secret", file), "file");
  assert.equal(valueOf("controlplane.jwt.secret", file, ordinary), "ordinary");
  assert.equal(valueOf("controlplane.jwt.secret", file, { ...ordinary, DITTOFS_CONTROLPLANE_SECRET: "s" }), "s");
});

test("unknown keys are named, sorted, the outermost one of a section, and otherwise ignored", () => {
  const file = { foo: 1, adapters: { nfs: { port: 2049 } }, controlplane: { bar: 2, port: 9000 } };
  const { values, unknownKeys } = configValues(file, {});
  assert.deepEqual(unknownKeys, ["adapters", "controlplane.bar", "foo"]);
  assert.equal(values.get("controlplane.port"), 9000);
});

test("what is accepted, and as what", () => {
  const rows: readonly (readonly [key: string, file: unknown, value: unknown, because: string])[] = [
    ["controlplane.port", { controlplane: { port: "8081" } }, 8081, "a quoted number"],
    ["controlplane.port", { controlplane: { port: "8_081" } }, 8081, "an underscore between digits"],
    ["controlplane.port", { controlplane: { port: 8081.7 } }, 8081, "a fraction is cut"],
    ["controlplane.port", { controlplane: { port: 0 } }, 8080, "zero is not set"],
    ["controlplane.port", { controlplane: { port: null } }, 8080, "nothing is not set"],
    ["controlplane.port", { Controlplane: { PORT: 9 } }, 9, "the case of keys does not matter"],
    ["controlplane.port", { controlplane: null }, 8080, "an empty section"],
    ["logging.level", { logging: { level: "warn" } }, "WARN", "the case of the level does not matter"],
    ["logging.level", { logging: { level: "" } }, "INFO", "an empty text is not set"],
    ["logging.rotation.compress", { logging: { rotation: { compress: 1 } } }, true, "a number for a boolean"],
    ["metrics.enabled", { metrics: { enabled: "t" } }, true, "a text for a boolean"],
    ["gc.auto_enabled", { gc: { auto_enabled: false } }, false, "false is not the default true"],
    ["controlplane.tls.min_version", { controlplane: { tls: { min_version: 1.3 } } }, "1.3", "a number for a text"],
    ["shutdown_timeout", { shutdown_timeout: "1m30s" }, 90_000, "a duration"],
    ["shutdown_timeout", { shutdown_timeout: 30 }, 0.00003, "a bare number is nanoseconds"],
    ["gc.compaction_live_ratio", { gc: { compaction_live_ratio: "0.5" } }, 0.5, "a quoted fraction"],
    [
      "kerberos.machine_account.dc_address",
      { kerberos: { machine_account: { dc_address: "a,b" } } },
      ["a,b"],
      "one text is a list of one",
    ],
    [
      "blockstore.local.backpressure_max_wait",
      { blockstore: { local: { backpressure_max_wait: "-1s" } } },
      60_000,
      "negative is the default here",
    ],
  ];
  for (const [key, file, value, because] of rows) assert.deepEqual(valueOf(key, file), value, `${key}: ${because}`);
});

test("what is refused, with the key in the message", () => {
  const rows: readonly (readonly [key: string, value: unknown, because: string])[] = [
    ["controlplane.port", [1], "a list for a number"],
    ["controlplane.port", { a: 1 }, "a map for a number"],
    ["controlplane.port", "abc", "a word for a number"],
    ["controlplane.port", 70_000, "above the most"],
    ["controlplane.port", -1, "below the least"],
    ["logging.level", "LOUD", "not one of the levels"],
    ["logging.format", "JSON", "the case of the format matters"],
    ["logging.rotation.max_size", "64MiB", "a size where megabytes are counted"],
    ["logging.rotation.compress", "yes", "no boolean of the server"],
    ["shutdown_timeout", "1h30", "the last part has no unit"],
    ["shutdown_timeout", "30", "a quoted number has no unit"],
    ["shutdown_timeout", "1d", "days do not exist"],
    ["shutdown_timeout", "", "an empty duration"],
    ["shutdown_timeout", [1], "a list for a duration"],
    ["shutdown_timeout", "-5s", "below zero"],
    ["metadata.badger.block_cache_mb", "64MiB", "a size where megabytes are counted"],
    ["metadata.badger.block_cache_mb", -1, "below zero"],
    ["blockstore.local.default_remote_cache_size", "10GiB", "sizes are plain numbers here"],
    ["database.type", "mysql", "not one of the types"],
    ["database.postgres.port", "abc", "checked also when it is not used"],
    ["gc.compaction_live_ratio", 2, "above one"],
    ["metrics.auth", "basic", "not one of the kinds"],
    ["kerberos.identity_mapping.static_map", 5, "a number for a map"],
    ["kerberos.identity_mapping.strategy", "magic", "the only strategy is static"],
  ];
  for (const [key, value, because] of rows) {
    const file = key.split(".").reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
    assert.match(refusal(file), new RegExp(key.replaceAll(".", "\\.")), `${key}: ${because}`);
  }
});

test("a section that is no section and a file that is no map are refused", () => {
  assert.match(refusal({ controlplane: 5 }), /'controlplane' expected a map/);
  assert.match(refusal(["a"]), /not a map/);
});

test("whatever the file holds, the outcome is values or a StartError", () => {
  const key = fc.constantFrom(...Object.keys(configKeys));
  fc.assert(
    fc.property(key, fc.jsonValue(), (name, value) => {
      const file = name.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
      refusal(file);
    }),
    { numRuns: 300 },
  );
});
