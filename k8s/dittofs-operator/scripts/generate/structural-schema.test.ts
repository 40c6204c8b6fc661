import assert from "node:assert/strict";
import { test } from "node:test";
import type * as z from "zod";
import {
  atomicList,
  bool,
  int32,
  intOrString,
  listMap,
  map,
  object,
  oneOf,
  preserve,
  text,
} from "../../src/api/schema/vocabulary.ts";
import { structuralSchema } from "./structural-schema.ts";

const rows: readonly (readonly [because: string, schema: z.ZodType, structural: unknown])[] = [
  [
    "an object needs no word on unknown fields, which the API server refuses or drops by itself",
    object("An object.", { on: bool("A flag.").default(true) }).prefault({}),
    {
      description: "An object.",
      type: "object",
      default: {},
      properties: { on: { description: "A flag.", type: "boolean", default: true } },
    },
  ],
  [
    "a field that may not be left out is required",
    object("An object.", { kind: oneOf("A kind.", ["a", "b"]) }),
    {
      description: "An object.",
      type: "object",
      required: ["kind"],
      properties: { kind: { description: "A kind.", type: "string", enum: ["a", "b"] } },
    },
  ],
  [
    "an optional number keeps its bounds and its format",
    int32("A number.", { min: 1, max: 9 }).exactOptional(),
    { description: "A number.", type: "integer", format: "int32", minimum: 1, maximum: 9 },
  ],
  [
    "int-or-string is one keyword",
    intOrString("Either.", { maxLength: 9 }),
    { description: "Either.", "x-kubernetes-int-or-string": true },
  ],
  [
    "an object of another API is kept as it comes",
    preserve("Anything.", { maxProperties: 8 }),
    { description: "Anything.", type: "object", maxProperties: 8, "x-kubernetes-preserve-unknown-fields": true },
  ],
  [
    "a map is an object of bounded size",
    map("Words.", text("A word.", { maxLength: 5 }), { maxProperties: 3 }),
    {
      description: "Words.",
      type: "object",
      maxProperties: 3,
      additionalProperties: { description: "A word.", type: "string", maxLength: 5 },
    },
  ],
  [
    "a list map names its keys",
    listMap("Pairs.", ["name"], object("A pair.", { name: text("A name.", { minLength: 1, maxLength: 5 }) }), {
      maxItems: 2,
    }),
    {
      description: "Pairs.",
      type: "array",
      maxItems: 2,
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["name"],
      items: {
        description: "A pair.",
        type: "object",
        required: ["name"],
        properties: { name: { description: "A name.", type: "string", minLength: 1, maxLength: 5 } },
      },
    },
  ],
  [
    "rules come last, where a reader looks for them",
    atomicList("Flags.", bool("A flag."), { maxItems: 2, rules: [{ rule: "size(self) == 1", message: "give one" }] }),
    {
      description: "Flags.",
      type: "array",
      maxItems: 2,
      "x-kubernetes-list-type": "atomic",
      items: { description: "A flag.", type: "boolean" },
      "x-kubernetes-validations": [{ rule: "size(self) == 1", message: "give one" }],
    },
  ],
];

for (const [because, schema, structural] of rows) {
  test(because, () => {
    const emitted = structuralSchema(schema);
    assert.deepEqual(emitted, structural);
    assert.deepEqual(JSON.stringify(emitted), JSON.stringify(structural), "the keywords stand in reading order");
  });
}
