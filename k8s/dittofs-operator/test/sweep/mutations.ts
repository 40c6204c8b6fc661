import { isDeepStrictEqual } from "node:util";
import { specLeaves } from "../../scripts/generate/spec-leaves.ts";
import type { StructuralSchema } from "../../scripts/generate/structural-schema.ts";
import { dittoServerSchema } from "../../src/api/ditto-server-schema.ts";
import { chosenChanges } from "./chosen-changes.ts";
import { type FieldChange, fieldChange } from "./field-changes.ts";
import { otherValues } from "./other-values.ts";
import { valueAt, withValue } from "./places.ts";

/** Words that are read as something else somewhere: by YAML, by a shell, in a path, in a line of a file. */
const hostileTexts = ["größe ✓", "a\nb: c", "yes", "null", "{{a}}", "../../etc", "0x1f", "~", "- a", "$(HOME)", "'\""];

/** All changes of one field each that can be made from the schema, of golden inputs: other values, none, bounds, hostile words, wrong names. */
export function mutations(): readonly FieldChange[] {
  return specLeaves().flatMap(({ path, schema }) => {
    const base = fieldChange({ path, schema });
    if (base === undefined || base.way === "final") return [];
    const { input, place } = base;
    const current = valueAt(input.spec, place);
    // Where values were chosen, those made from the schema are no good.
    const others = chosenChanges[path]?.values === undefined ? otherValues(schema, current).slice(0, 2) : [];
    const values = [base.value, ...others, ...bounds(schema), undefined];
    return distinct(values).flatMap((value) => {
      const after = withValue(input.spec, place, value);
      return isSame(input.spec, after) ? [] : [{ ...base, value, after }];
    });
  });
}

function bounds(schema: StructuralSchema): readonly unknown[] {
  const { minimum, maximum, minLength, maxLength = 0, items, additionalProperties } = schema;
  if (schema.enum !== undefined) return ["none-of-these"];
  if (schema.type === "integer") return [minimum, maximum, Number(maximum) + 1].filter((each) => each !== undefined);
  if (schema.type === "string") return [...hostileTexts, "a".repeat(maxLength), "nowhere", minLength === 0 ? "" : " "];
  if (items !== undefined) return [[], ...hostileTexts.slice(0, 3).map((text) => [text])];
  if (additionalProperties !== undefined) return [{}, ...hostileTexts.slice(0, 3).map((text) => ({ [text]: text }))];
  return schema.type === "object" ? [{}] : [];
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value] as const)).values()];
}

/** With the defaults in it is the same spec. What the types refuse is for the API server to say. */
function isSame(before: unknown, after: unknown): boolean {
  const [one, other] = [before, after].map((spec) => dittoServerSchema.shape.spec.safeParse(spec).data);
  return other !== undefined && isDeepStrictEqual(one, other);
}
