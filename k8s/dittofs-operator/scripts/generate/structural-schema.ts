import * as z from "zod";
import type { Rule } from "../../src/api/schema/vocabulary.ts";

/** A node of a structural OpenAPI v3 schema, as a CustomResourceDefinition carries it. */
export type StructuralSchema = {
  readonly description?: string;
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
  readonly additionalProperties?: StructuralSchema;
  readonly items?: StructuralSchema;
  readonly "x-kubernetes-int-or-string"?: true;
  readonly "x-kubernetes-preserve-unknown-fields"?: true;
  readonly "x-kubernetes-list-type"?: "map" | "set" | "atomic";
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-validations"?: readonly Rule[];
};

type JsonSchema = Readonly<Record<string, unknown>>;

/** The structural schema of what users may write. What zod says and Kubernetes does not allow is dropped or translated. */
export function structuralSchema(schema: z.ZodType): StructuralSchema {
  return structural(z.toJSONSchema(schema, { target: "openapi-3.0", io: "input", reused: "inline" }));
}

/** In the order in which a reader wants the keywords; one that is not listed comes last, for the lint to complain about. */
export const structuralKeywords = [
  "description",
  "type",
  "format",
  "enum",
  "default",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "maxProperties",
  "x-kubernetes-int-or-string",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-list-type",
  "x-kubernetes-list-map-keys",
  "required",
  "properties",
  "additionalProperties",
  "items",
  "x-kubernetes-validations",
];

function structural(node: JsonSchema): StructuralSchema {
  const kept = Object.entries(node)
    .filter(([keyword]) => !droppedKeywords(node).includes(keyword))
    .map(([keyword, value]) => [keyword, translated(keyword, value)] as const)
    .toSorted(([left], [right]) => rank(left) - rank(right));
  return Object.fromEntries(kept);
}

function rank(keyword: string): number {
  const index = structuralKeywords.indexOf(keyword);
  return index === -1 ? structuralKeywords.length : index;
}

function droppedKeywords(node: JsonSchema): readonly string[] {
  // The API server knows int-or-string as a whole and prunes unknown fields without being told.
  if (node["x-kubernetes-int-or-string"] === true) return ["anyOf"];
  if (node["x-kubernetes-preserve-unknown-fields"] === true) {
    const knowsNone = isRecord(node["properties"]) && Object.keys(node["properties"]).length === 0;
    return knowsNone ? ["additionalProperties", "properties"] : ["additionalProperties"];
  }
  return node["additionalProperties"] === false ? ["additionalProperties"] : [];
}

function translated(keyword: string, value: unknown): unknown {
  if (keyword === "properties" && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, isRecord(child) ? structural(child) : child]),
    );
  }
  return (keyword === "items" || keyword === "additionalProperties") && isRecord(value) ? structural(value) : value;
}

function isRecord(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
