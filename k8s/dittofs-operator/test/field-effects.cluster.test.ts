import assert from "node:assert/strict";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { type SpecLeaf, specLeaves } from "../scripts/generate/spec-leaves.ts";
import { type ChangeEffect, fieldEffect, fieldEffectPath, fieldEffects } from "../src/api/field-effects.ts";
import { KIND } from "../src/api/group.ts";
import { assertNone } from "./assert-none.ts";
import { changeAndBack, faultsOfReturn } from "./sweep/change-and-back.ts";
import { type Course, courses } from "./sweep/courses.ts";
import { type FieldChange, fieldChange } from "./sweep/field-changes.ts";
import { createNamed } from "./sweep/named-objects.ts";
import { runCourses } from "./sweep/run-courses.ts";
import type { ServerState } from "./sweep/server-state.ts";
import { enterSweptLab } from "./sweep/swept-lab.ts";

/** FIELDS=all tries every field, FIELDS=pod.env those that begin so; without it, one field for each row of the table. */
const wanted = process.env["FIELDS"] ?? "";
/** Their only fields have one value, and cannot be changed. */
const choiceless = ["identity.type"];

const { lab, servers } = await enterSweptLab();
const operator = await lab.startOperator();
after(async () => await operator.stop());

test("each field does what the table says when it is changed, and leaves nothing behind when it is changed back", async (t) => {
  const all = courses(triedChanges());
  const changes = all.flatMap((course) => course.changes);
  if (wanted === "") assert.deepEqual(rowsWithout(changes), choiceless);
  await createNamed(
    lab.cluster,
    all.flatMap((course) => [course, ...course.changes.map((change) => ({ name: course.name, spec: change.after }))]),
  );
  await operator.untilActing();
  const startMs = performance.now();
  const faults = await runCourses({ lab, servers }, all, faultsOf);
  const elapsedMs = Math.round(performance.now() - startMs);
  t.diagnostic(`${changes.length} fields on ${all.length} servers in ${elapsedMs} ms`);
  assertNone(faults);
});

function triedChanges(): readonly FieldChange[] {
  const named = specLeaves().filter(({ path }) => wanted === "all" || path.startsWith(wanted));
  const byRow = Map.groupBy(named, ({ path }) => (wanted === "" ? fieldEffectPath(path) : path));
  return Array.from(byRow.values(), firstChange).filter((change) => change !== undefined);
}

function firstChange(leaves: readonly SpecLeaf[]): FieldChange | undefined {
  for (const leaf of leaves) {
    const change = fieldChange(leaf);
    if (change !== undefined) return change;
  }
  return undefined;
}

function rowsWithout(changes: readonly FieldChange[]): readonly string[] {
  const tried = new Set(changes.map(({ path }) => fieldEffectPath(path)));
  return Object.keys(fieldEffects).filter((row) => !tried.has(row));
}

/** Changes and changes back, and tells what is not as the table says. */
async function faultsOf({ name, spec }: Course, change: FieldChange): Promise<readonly string[]> {
  const { effect } = fieldEffect(change.path) ?? {};
  const restarts = effect === "restart" || effect === "setThenRestart" ? 1 : 0;
  const seen = await changeAndBack({ lab, servers, name, spec, change, restarts });
  if (seen.kind === "refused") return effect === "refused" ? [] : [`is refused: ${seen.message}`];
  if (effect === "refused") return ["is taken"];
  const isSame = isDeepStrictEqual(visible(seen.after, effect), visible(seen.before, effect));
  return [
    seen.isCarriedOut ? undefined : "is not carried out",
    seen.restarts === restarts ? undefined : `restarts ${seen.restarts} times, not ${restarts}`,
    isSame && effect === "live" ? "changes nothing that can be seen" : undefined,
    !isSame && effect === "nothing" ? "changes what can be seen" : undefined,
    ...(seen.back === undefined ? [] : faultsOfReturn(seen.back, restarts + (change.restartsBack ?? restarts))),
  ].filter((fault) => fault !== undefined);
}

/** A change that does nothing may still be told of in the status. */
function visible({ objects, rows }: ServerState, effect: ChangeEffect | undefined): unknown {
  const children = Object.entries(objects).filter(([key]) => !key.startsWith(KIND));
  return [effect === "nothing" ? children : objects, rows];
}
