import { test } from "node:test";
import { specLeaves } from "../scripts/generate/spec-leaves.ts";
import type { DittoServer } from "../src/api/ditto-server.ts";
import { dittoServerSchema } from "../src/api/ditto-server-schema.ts";
import { fieldEffect, fieldEffectPath, fieldEffects } from "../src/api/field-effects.ts";
import { aServer } from "../src/domain/testing/a-server.ts";
import { plannedStatefulSet } from "../src/domain/testing/planned-children.ts";
import { assertNone } from "./assert-none.ts";
import { type FieldChange, fieldChange } from "./sweep/field-changes.ts";
import { valueAt } from "./sweep/places.ts";

const leaves = specLeaves();

test("for every field of the spec it is told what a change of it does", () => {
  const untold = leaves.filter(({ path }) => fieldEffectPath(path) === undefined);
  assertNone(
    untold.map(
      ({ path }) =>
        `spec.${path}: add a row to src/api/field-effects.ts that says what a change of it does (nothing, live, restart or refused)`,
    ),
  );
});

test("every row tells of a field that the schema has", () => {
  const used = new Set(leaves.map(({ path }) => fieldEffectPath(path)));
  const stale = Object.keys(fieldEffects).filter((path) => !used.has(path));
  assertNone(
    stale.map((path) => `${path}: no field of the schema needs this row of src/api/field-effects.ts: remove it`),
  );
});

const choices = leaves.filter(({ schema }) => schema.enum?.length !== 1);
const changed = choices.map((leaf) => ({ leaf, change: fieldChange(leaf) }));

test("for every field of the spec a change is known that can be tried", () => {
  const unknown = changed.filter(({ change }) => change === undefined);
  assertNone(
    unknown.map(
      ({ leaf: { path } }) =>
        `spec.${path}: no other value can be made for it: add one to test/sweep/chosen-changes.ts`,
    ),
  );
});

/** What restarts the file server: whatever changes in the template of its pod. */
function templates({ input, after }: FieldChange): readonly [before: string, after: string] {
  const before = plannedStatefulSet(aServerOf(input.spec));
  const planned = plannedStatefulSet(aServerOf(after), {
    liveStatefulSet: { ...(before.spec && { spec: before.spec }) },
  });
  return [JSON.stringify(before.spec?.template), JSON.stringify(planned.spec?.template)];
}

function aServerOf(spec: unknown): DittoServer {
  return aServer(dittoServerSchema.shape.spec.parse(spec));
}

test("the pod's template changes exactly with the fields that restart the server", () => {
  const wrong = changed.flatMap(({ leaf: { path }, change }) => {
    const effect = fieldEffect(path)?.effect;
    if (change === undefined || effect === undefined || effect === "refused") return [];
    const [before, after] = templates(change);
    const does = before === after ? "does not restart the server" : "restarts the server";
    const says = effect === "restart" ? "restarts the server" : "does not restart the server";
    const from = JSON.stringify(valueAt(change.input.spec, change.place));
    return does === says
      ? []
      : [
          `spec.${path} from ${from} to ${JSON.stringify(change.value)} (${change.input.name}) ${does}, and src/api/field-effects.ts says ${effect}`,
        ];
  });
  assertNone(wrong);
});
