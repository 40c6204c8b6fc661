import assert from "node:assert/strict";
import { test } from "node:test";
import type { StructuralSchema } from "./structural-schema.ts";
import { valueFaults } from "./value-faults.ts";

const word: StructuralSchema = { type: "string", minLength: 1, maxLength: 3 };
const thing: StructuralSchema = {
  type: "object",
  required: ["name", "kind"],
  properties: { name: word, kind: { type: "string", default: "a" }, many: { type: "array", maxItems: 1, items: word } },
};

const rows: readonly (readonly [value: unknown, schema: StructuralSchema, says: RegExp | undefined])[] = [
  ["abc", word, undefined],
  ["", word, /wrong length/],
  ["abcd", word, /wrong length/],
  [true, word, /no text/],
  ["b", { type: "string", enum: ["a"] }, /none of the values/],
  ["b", { type: "string", pattern: "^a$" }, /does not match/],
  [1, { type: "integer", minimum: 1, maximum: 1 }, undefined],
  [0, { type: "integer", minimum: 1 }, /out of range/],
  [1.5, { type: "integer" }, /not whole/],
  [1.5, { type: "number" }, undefined],
  ["1", { type: "integer" }, /no number/],
  [false, { type: "boolean" }, undefined],
  [0, { type: "boolean" }, /no boolean/],
  [[], { type: "array", items: word }, undefined],
  [{}, { type: "array", items: word }, /no list/],
  [["a", "b"], { type: "array", maxItems: 1, items: word }, /too long/],
  [[""], { type: "array", items: word }, /wrong length/],
  [{ name: "a" }, thing, undefined],
  [{}, thing, /name is missing/],
  [{ name: "a", colour: "red" }, thing, /colour is unknown/],
  [{ name: "a", many: [""] }, thing, /wrong length/],
  [[], thing, /no object/],
  [{ any: "abcd" }, { type: "object", additionalProperties: word }, /wrong length/],
  [{ any: 1 }, { type: "object", "x-kubernetes-preserve-unknown-fields": true }, undefined],
  ["1", { "x-kubernetes-int-or-string": true }, undefined],
  [1, { "x-kubernetes-int-or-string": true }, undefined],
  [true, { "x-kubernetes-int-or-string": true }, /neither text nor whole number/],
];

for (const [value, schema, says] of rows) {
  test(`${JSON.stringify(value)} by ${JSON.stringify(schema)} ${says === undefined ? "is valid" : "is not"}`, () => {
    const faults = valueFaults(value, schema);
    if (says === undefined) assert.deepEqual(faults, []);
    else assert.match(faults.join("\n"), says);
  });
}
