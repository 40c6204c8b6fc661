import type { StructuralSchema } from "../../scripts/generate/structural-schema.ts";

/** Values that a field could have in place of its own, the likeliest first; whether the whole spec is then good is not known here. */
export function otherValues(schema: StructuralSchema, value: unknown): readonly unknown[] {
  if (schema.enum !== undefined) return schema.enum.filter((each) => each !== value);
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value * 2, value + 1, value - 1].filter((each) => isWithin(schema, each));
  if (typeof value === "string") return otherTexts(value);
  if (Array.isArray(value)) return otherLists(schema.items ?? {}, value);
  return otherMaps(schema.additionalProperties ?? {}, value);
}

function isWithin({ minimum = -Infinity, maximum = Infinity }: StructuralSchema, value: number): boolean {
  return value >= minimum && value <= maximum;
}

/** A longer time or larger size, a name with another number at its end, another name. */
function otherTexts(text: string): readonly string[] {
  const doubled = text.replace(/^\d+/, (digits) => String(Number(digits) * 2));
  const counted = text.replace(/\d+$/, (digits) => String(Number(digits) + 1));
  return [doubled, counted, `${text}-b`, `${text}b`, "other"].filter((other) => other !== text);
}

function otherLists(items: StructuralSchema, [first, ...others]: readonly unknown[]): readonly unknown[] {
  const changed = otherValues(items, first).map((other) => [other, ...others]);
  return [...changed, others];
}

function otherMaps(values: StructuralSchema, value: unknown): readonly unknown[] {
  const [[key, first] = ["key", ""], ...others] = Object.entries(value ?? {});
  return otherValues(values, first).map((other) => Object.fromEntries([[key, other], ...others]));
}
