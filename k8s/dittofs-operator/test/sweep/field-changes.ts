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
  /** Whether the API server takes the earlier spec back. */
  readonly way: "returns" | "final";
  /** How often the way back restarts the server; undefined: as often as the way there. */
  readonly restartsBack: number | undefined;
};

const inputs = goldenInputs();

/**
 * A change of the field: in the first golden input that has it, to a value made from the schema, unless one was chosen. Undefined when
 * none can be made.
 */
export function fieldChange({ path, schema }: SpecLeaf): FieldChange | undefined {
  const chosen = chosenChange(path);
  const way = chosen?.isFinal === true ? "final" : "returns";
  const change = { path, way, restartsBack: chosen?.restartsBack } as const;
  for (const input of inputs.filter(({ name }) => chosen?.input === undefined || chosen.input === name)) {
    for (const place of chosen?.place === undefined ? places(input.spec, path) : [chosen.place]) {
      for (const value of chosen?.values ?? otherValues(schema, valueAt(input.spec, place))) {
        const after = withValue(input.spec, place, value);
        if (dittoServerSchema.shape.spec.safeParse(after).success) return { ...change, input, place, value, after };
      }
    }
  }
  return undefined;
}

function chosenChange(path: string): (typeof chosenChanges)[string] | undefined {
  const nearest = Object.keys(chosenChanges)
    .filter((row) => path === row || path.startsWith(`${row}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  return nearest === undefined ? undefined : chosenChanges[nearest];
}

/** As people write it: `spec.replicas from 1 to 0`. */
export function changeText({ path, input, place, value }: FieldChange): string {
  return `spec.${path} from ${JSON.stringify(valueAt(input.spec, place))} to ${JSON.stringify(value)}`;
}
