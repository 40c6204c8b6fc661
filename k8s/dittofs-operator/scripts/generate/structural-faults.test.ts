import assert from "node:assert/strict";
import { test } from "node:test";
import { structuralFaults } from "./structural-faults.ts";
import type { StructuralSchema } from "./structural-schema.ts";

const name = { description: "A name.", type: "string", minLength: 1, maxLength: 9 } as const;
const item = { description: "An item.", type: "object", required: ["name"], properties: { name } } as const;
const list = {
  description: "A list.",
  type: "array",
  maxItems: 3,
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": ["name"],
  items: item,
} as const;
const root = (field: object): StructuralSchema => ({
  description: "The whole.",
  type: "object",
  properties: { field },
});
const rule = (text: string, more: object = {}) => ({
  "x-kubernetes-validations": [{ rule: text, message: "is not right", ...more }],
});

test("a schema without a fault has none", () => {
  assert.deepEqual(structuralFaults(root(list)), []);
  assert.deepEqual(structuralFaults(root({ ...name, ...rule("self == oldSelf") })), []);
  assert.deepEqual(structuralFaults(root({ description: "Either.", "x-kubernetes-int-or-string": true })), []);
});

type Plant = readonly [fault: string, field: object, says: RegExp];

const plants: readonly Plant[] = [
  ["a missing type", { description: "A thing." }, /the type is missing/],
  ["a type beside int-or-string", { ...name, "x-kubernetes-int-or-string": true }, /must not have a type/],
  ["oneOf", { ...name, oneOf: [{ type: "string" }] }, /oneOf has no place/],
  ["anyOf", { ...name, anyOf: [] }, /anyOf has no place/],
  ["$ref", { ...name, $ref: "#/definitions/a" }, /\$ref has no place/],
  ["const", { ...name, const: "a" }, /const has no place/],
  ["$schema", { ...name, $schema: "x" }, /\$schema has no place/],
  ["definitions", { ...name, definitions: {} }, /definitions has no place/],
  ["examples", { ...name, examples: ["a"] }, /examples has no place/],
  ["deprecated", { ...name, deprecated: true }, /deprecated has no place/],
  ["readOnly", { ...name, readOnly: true }, /readOnly has no place/],
  ["patternProperties", { ...item, patternProperties: {} }, /patternProperties has no place/],
  ["uniqueItems", { ...list, uniqueItems: true }, /uniqueItems has no place/],
  ["nullable", { ...name, nullable: true }, /nullable has no place/],
  ["additionalProperties: false", { ...item, additionalProperties: false }, /additionalProperties must be a schema/],
  ["properties beside additionalProperties", { ...item, additionalProperties: name }, /exclude each other/],
  ["a required field that is none", { ...item, required: ["title"] }, /title, which is no property/],
  ["a field in snake case", { ...item, properties: { name, my_field: name } }, /my_field is not in lower camel case/],
  ["a missing description", { type: "string", maxLength: 9 }, /the description is missing/],
  ["a description that is no sentence", { ...name, description: "name" }, /not a sentence/],
  ["a text without bound", { description: "A name.", type: "string" }, /maxLength is missing/],
  ["a list without bound", { ...list, maxItems: undefined }, /maxItems is missing/],
  [
    "a map without bound",
    { description: "A map.", type: "object", additionalProperties: name },
    /maxProperties is missing/,
  ],
  [
    "an open object without bound",
    { description: "A thing.", type: "object", "x-kubernetes-preserve-unknown-fields": true },
    /maxProperties is missing/,
  ],
  [
    "a number without bound",
    { description: "A number.", type: "integer", format: "int32", minimum: 0 },
    /maximum is missing/,
  ],
  ["a number without format", { description: "A number.", type: "integer", minimum: 0, maximum: 1 }, /int32 or int64/],
  ["a list without a type", { ...list, "x-kubernetes-list-type": undefined }, /list-type is missing/],
  ["a list map without keys", { ...list, "x-kubernetes-list-map-keys": undefined }, /list-map-keys is missing/],
  [
    "a list map whose key may be left out",
    { ...list, items: { ...item, required: [] } },
    /neither required nor defaulted/,
  ],
  ["a set of objects", { ...list, "x-kubernetes-list-type": "set" }, /texts and numbers only/],
  ["a list without items", { ...list, items: undefined }, /items is missing/],
  ["a default of the wrong type", { ...name, default: 1 }, /the default is not valid: 1 is no text/],
  ["a default that is too long", { ...name, default: "far too long" }, /the default is not valid/],
  [
    "a default object that lacks a field",
    { ...item, default: {} },
    /the default is not valid: the field name is missing/,
  ],
  [
    "a default inside a list item",
    { ...list, items: { ...item, properties: { name, on: { description: "On.", type: "boolean", default: true } } } },
    /default stands inside a list item/,
  ],
  ["a pattern that looks ahead", { ...name, pattern: "^(?!a)" }, /looks around/],
  ["a look-behind in a rule", { ...name, ...rule('self.matches("(?<=a)b")') }, /looks around/],
  ["a back-reference in a rule", { ...name, ...rule(String.raw`self.matches("(a)\\1")`) }, /refers back/],
  ["a rule that looks at nothing", { ...name, ...rule("1 == 1") }, /looks at nothing/],
  ["a rule without a message", { ...name, ...rule("self == ''", { message: "" }) }, /no one-line message/],
  [
    "a rule that reports nowhere",
    { ...item, ...rule("self.name == ''", { fieldPath: ".title" }) },
    /\.title, which does not exist/,
  ],
  [
    "a transition rule in a list without keys",
    { ...list, "x-kubernetes-list-type": "atomic", items: { ...item, ...rule("self == oldSelf") } },
    /no meaning inside a list without keys/,
  ],
];

for (const [fault, field, says] of plants) {
  test(`${fault} is found, with its path`, () => {
    const found = structuralFaults(root(field));
    assert.ok(
      found.some((sentence) => says.test(sentence)),
      `found: ${found.join("; ")}`,
    );
    assert.ok(found.every((sentence) => sentence.startsWith(".field")));
  });
}

test("a fault deep inside names the whole path", () => {
  const deep = root({ ...list, items: { ...item, properties: { name: { ...name, nullable: true } } } });
  assert.match(structuralFaults(deep).join("\n"), /^\.field\[\]\.name: the keyword nullable/);
  const inMap = root({
    description: "A map.",
    type: "object",
    maxProperties: 1,
    additionalProperties: { type: "string" },
  });
  assert.match(structuralFaults(inMap).join("\n"), /^\.field\{\}: /);
});
