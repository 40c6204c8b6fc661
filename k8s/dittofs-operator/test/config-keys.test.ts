import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { configKeys } from "../double/config/config-keys.ts";
import { firstPlan } from "../scripts/first-plan.ts";
import { serverDocuments } from "../scripts/server-documents.ts";
import { assertNone } from "./assert-none.ts";

/** The rendered configuration files of all samples and variants, whose every key is a value's dotted name. */
const rendered = globSync(["config/samples/*.yaml", "test/golden/variants/*.yaml"]).flatMap((manifest) =>
  serverDocuments(readFileSync(manifest, "utf8"))
    .servers.flatMap((server) => firstPlan(server).children)
    .flatMap((child) => (child.kind === "ConfigMap" ? keysOf(parse(child.data?.["config.yaml"] ?? "")) : []))
    .map((key) => ({ manifest, key })),
);

function keysOf(section: object, prefix = ""): readonly string[] {
  return Object.entries(section).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? keysOf(value, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}

test("no file has a key that the server does not know, which it would ignore", () => {
  assertNone(rendered.flatMap(({ manifest, key }) => (key in configKeys ? [] : [`${manifest}: ${key}`])));
});

/** Keys that no typed field reaches yet, or that the operator sets by itself; `extraConfig` reaches every one of them. */
const withoutField = /^(database\.postgres|ldap|kerberos|identity|admin|controlplane\.jwt\.secret)/;

test("every key of the server has a field, or is one of those that the operator or extraConfig sets", () => {
  const reached = new Set(rendered.map(({ key }) => key));
  assertNone(Object.keys(configKeys).filter((key) => !reached.has(key) && !withoutField.test(key)));
  assert.ok(reached.size > 20);
});
