import assert from "node:assert/strict";
import { test } from "node:test";
import { customResourceDefinition } from "./crd.ts";
import { structuralFaults } from "./structural-faults.ts";
import type { StructuralSchema } from "./structural-schema.ts";

const version = customResourceDefinition.spec.versions[0];
const { spec, status } = version.schema.openAPIV3Schema.properties;

test("spec and status have no structural fault", () => {
  assert.deepEqual([...structuralFaults(spec), ...structuralFaults(status)], []);
});

test("the definition stays far below what etcd and an apply annotation take", () => {
  assert.ok(JSON.stringify(customResourceDefinition).length < 400_000);
});

test("every printer column shows a field that the status has", () => {
  for (const { jsonPath } of version.additionalPrinterColumns) {
    if (!jsonPath.startsWith(".status.")) continue;
    const names = jsonPath
      .replace(/\[[^\]]*\]/gu, "[]")
      .split(".")
      .slice(2);
    const reached = names.reduce<StructuralSchema | undefined>((node, name) => {
      const field = node?.properties?.[name.replace("[]", "")];
      return name.endsWith("[]") ? field?.items : field;
    }, status);
    assert.ok(reached !== undefined, jsonPath);
  }
});

test("the columns that people see are those that answer: does it serve, and where", () => {
  const columns = version.additionalPrinterColumns;
  const shown = columns.filter((column) => !("priority" in column)).map(({ name }) => name);
  assert.deepEqual(shown, ["Ready", "Phase", "NFS", "SMB", "Shares", "Age"]);
  const wide = columns.filter((column) => "priority" in column).map(({ name }) => name);
  assert.deepEqual(wide, ["Version", "Message"]);
});

test("kubectl finds it as dittofs, as ditto and among storage", () => {
  const { names, group, scope } = customResourceDefinition.spec;
  assert.deepEqual(
    [...names.shortNames, ...names.categories, group, scope],
    ["dittofs", "ditto", "storage", "dittofs.dittofs.com", "Namespaced"],
  );
  assert.deepEqual(version.subresources, { status: {} });
});
