import type { StructuralSchema } from "./structural-schema.ts";

/** What keeps a value from being valid by a structural schema; CEL rules are left to the API server. */
export function valueFaults(value: unknown, schema: StructuralSchema): readonly string[] {
  if (schema.type === undefined) {
    const isEither = typeof value === "string" || Number.isInteger(value);
    return isEither ? [] : [`${JSON.stringify(value)} is neither text nor whole number`];
  }
  switch (schema.type) {
    case "string":
      return textFaults(value, schema);
    case "integer":
    case "number":
      return numberFaults(value, schema);
    case "boolean":
      return typeof value === "boolean" ? [] : [`${JSON.stringify(value)} is no boolean`];
    case "array":
      return listFaults(value, schema);
    case "object":
      return objectFaults(value, schema);
  }
}

function textFaults(value: unknown, schema: StructuralSchema): readonly string[] {
  if (typeof value !== "string") return [`${JSON.stringify(value)} is no text`];
  const isLong = value.length > (schema.maxLength ?? Infinity) || value.length < (schema.minLength ?? 0);
  const isForeign = schema.enum !== undefined && !schema.enum.includes(value);
  const isMalformed = schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value);
  return [
    ...(isLong ? [`"${value}" has the wrong length`] : []),
    ...(isForeign ? [`"${value}" is none of the values`] : []),
    ...(isMalformed ? [`"${value}" does not match the pattern`] : []),
  ];
}

function numberFaults(value: unknown, schema: StructuralSchema): readonly string[] {
  if (typeof value !== "number") return [`${JSON.stringify(value)} is no number`];
  const isWhole = schema.type === "number" || Number.isInteger(value);
  const isInRange = value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  return [...(isWhole ? [] : [`${value} is not whole`]), ...(isInRange ? [] : [`${value} is out of range`])];
}

function listFaults(value: unknown, schema: StructuralSchema): readonly string[] {
  if (!Array.isArray(value)) return [`${JSON.stringify(value)} is no list`];
  const items: readonly unknown[] = value;
  const isLong = items.length > (schema.maxItems ?? Infinity);
  const item = schema.items;
  return [
    ...(isLong ? ["the list is too long"] : []),
    ...(item === undefined ? [] : items.flatMap((each) => valueFaults(each, item))),
  ];
}

function objectFaults(value: unknown, schema: StructuralSchema): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${JSON.stringify(value)} is no object`];
  const properties = schema.properties ?? {};
  const missing = (schema.required ?? []).filter((name) => !(name in value) && properties[name]?.default === undefined);
  const fields = Object.entries(value).flatMap(([name, child]) => {
    const childSchema = properties[name] ?? schema.additionalProperties;
    if (childSchema !== undefined) return valueFaults(child, childSchema);
    return schema["x-kubernetes-preserve-unknown-fields"] === true ? [] : [`the field ${name} is unknown`];
  });
  return [...missing.map((name) => `the field ${name} is missing`), ...fields];
}
