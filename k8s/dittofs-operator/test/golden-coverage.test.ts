import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { type SpecLeaf, specLeaves } from "../scripts/generate/spec-leaves.ts";
import { assertNone } from "./assert-none.ts";
import { goldenInputs } from "./golden/golden-inputs.ts";
import { places, valueAt } from "./sweep/places.ts";

const inputs = goldenInputs();

test("every field of the spec has another value than its default in a sample or variant", () => {
  const untried = specLeaves().filter((leaf) => hasAChoice(leaf) && !isTried(leaf));
  assertNone(
    untried.map(
      ({ path }) =>
        `spec.${path}: give it another value than its default in a file of test/golden/variants, then UPDATE_GOLDEN=1 node test/golden.test.ts`,
    ),
  );
});

function hasAChoice({ schema }: SpecLeaf): boolean {
  return schema.enum?.length !== 1 || schema.default === undefined;
}

function isTried({ path, schema }: SpecLeaf): boolean {
  return inputs.some(({ spec }) =>
    places(spec, path).some((place) => !isDeepStrictEqual(valueAt(spec, place), schema.default)),
  );
}
