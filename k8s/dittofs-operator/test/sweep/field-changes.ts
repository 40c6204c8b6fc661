import type { SpecLeaf } from "../../scripts/generate/spec-leaves.ts";
import { dittoServerSchema } from "../../src/api/ditto-server-schema.ts";
import { type GoldenInput, goldenInputs } from "../golden/golden-inputs.ts";
import { chosenChanges } from "./chosen-changes.ts";
import { otherValues } from "./other-values.ts";
import { type Place, places, valueAt, withValue } from "./places.ts";

/** One field of a golden input with another value. */
export type FieldChange = {
  readonly path: string;
  readonly input: GoldenInput;
  readonly place: Place;
  readonly value: unknown;
  /** The spec with it. */
  readonly after: unknown;
};

const inputs = goldenInputs();

/**
 * A change of the field: in the first golden input that has it, to a value made from the schema, unless one was chosen. Undefined when
 * none can be made.
 */
export function fieldChange({ path, schema }: SpecLeaf): FieldChange | undefined {
  const { input: name, values } = chosenChanges[path] ?? {};
  for (const input of inputs.filter((each) => name === undefined || each.name === name)) {
    for (const place of places(input.spec, path)) {
      for (const value of values ?? otherValues(schema, valueAt(input.spec, place))) {
        const after = withValue(input.spec, place, value);
        if (dittoServerSchema.shape.spec.safeParse(after).success) return { path, input, place, value, after };
      }
    }
  }
  return undefined;
}
