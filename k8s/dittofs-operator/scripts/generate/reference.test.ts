import assert from "node:assert/strict";
import { test } from "node:test";
import { conditionTypes, reasons } from "../../src/api/conditions.ts";
import { customResourceDefinition } from "./crd.ts";
import { reference } from "./reference.ts";
import { specLeaves } from "./spec-leaves.ts";
import type { StructuralSchema } from "./structural-schema.ts";

const text = reference();
const { spec, status } = customResourceDefinition.spec.versions[0].schema.openAPIV3Schema.properties;

function fieldPaths(schema: StructuralSchema, path: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const own = path === "" ? name : `${path}.${name}`;
    return [own, ...fieldPaths(field, own), ...(field.items === undefined ? [] : fieldPaths(field.items, `${own}[]`))];
  });
}

function messages(schema: StructuralSchema): readonly string[] {
  const children = [schema.items, schema.additionalProperties, ...Object.values(schema.properties ?? {})];
  return [
    ...(schema["x-kubernetes-validations"] ?? []).map(({ message }) => message),
    ...children.flatMap((child) => (child === undefined ? [] : messages(child))),
  ];
}

test("every field stands in the reference", () => {
  for (const path of [...fieldPaths(spec, ""), ...fieldPaths(status, "")])
    assert.ok(text.includes(`| \`${path}\` |`), path);
});

test("every refusal stands in the reference", () => {
  for (const message of messages(spec)) assert.ok(text.includes(message), message);
});

test("every condition and reason stands in the reference", () => {
  for (const name of [...Object.keys(conditionTypes), ...Object.keys(reasons)])
    assert.ok(text.includes(`| \`${name}\` |`), name);
});

test("defaults, choices and required fields are told", () => {
  assert.match(text, /\| `replicas` \| integer, 0 to 1 \| `1` \|/);
  assert.match(text, /\| `deletionPolicy` \| `Retain`, `Delete` \| `Retain` \|/);
  assert.match(text, /\| `shares\[\]\.name` \| string \|  \| live[^|]* \| Required\. /);
});

test("what a change does is told of every field that holds a value, and when it is otherwise", () => {
  const told = (path: string) =>
    text
      .split("\n")
      .find((line) => line.startsWith(`| \`${path}\` |`))
      ?.split(" | ")[3];
  for (const { path } of specLeaves())
    assert.match(told(path) ?? "", /^(nothing|live|restart|setThenRestart|refused)/, path);
  assert.match(text, /\| `storage\.storageClassName` \| string \|  \| refused\. It can be added, /);
});
