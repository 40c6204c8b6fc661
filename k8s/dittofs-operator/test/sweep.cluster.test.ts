import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { fieldEffect } from "../src/api/field-effects.ts";
import { seededRandom } from "./acceptance/seeded-random.ts";
import { assertNone } from "./assert-none.ts";
import { changeAndBack } from "./sweep/change-and-back.ts";
import { type Course, courses } from "./sweep/courses.ts";
import type { FieldChange } from "./sweep/field-changes.ts";
import { isTold } from "./sweep/is-told.ts";
import { mutations } from "./sweep/mutations.ts";
import { createNamed } from "./sweep/named-objects.ts";
import { runCourses } from "./sweep/run-courses.ts";
import { enterSweptLab } from "./sweep/swept-lab.ts";

/** SWEEP=all tries every mutation, SWEEP=300 so many of them; SEED chooses which, and in which order. */
const wanted = process.env["SWEEP"] ?? "40";
const seed = Number(process.env["SEED"] ?? 1);

const { lab, servers } = await enterSweptLab();
const operator = await lab.startOperator();
after(async () => await operator.stop());

const counts = { refused: 0, taken: 0 };

test("every change that is taken can be seen or is told, restarts the server at most once, and is gone when it is taken back", async (t) => {
  const tried = chosen(mutations());
  const all = courses(tried);
  await createNamed(lab.cluster, all);
  await operator.untilActing();
  const startMs = performance.now();
  const faults = await runCourses({ lab, servers }, all, faultsOf);
  const elapsedMs = Math.round(performance.now() - startMs);
  t.diagnostic(
    `SEED=${seed}: ${all.flatMap(({ changes }) => changes).length} of ${tried.length} changes on ${all.length} servers in ${elapsedMs} ms: ${JSON.stringify(counts)}`,
  );
  assertNone(faults);
});

function chosen(all: readonly FieldChange[]): readonly FieldChange[] {
  const random = seededRandom(seed);
  const shuffled = all.map((change) => ({ change, rank: random() })).toSorted((one, other) => one.rank - other.rank);
  return shuffled.slice(0, wanted === "all" ? all.length : Number(wanted)).map(({ change }) => change);
}

async function faultsOf({ name, spec }: Course, change: FieldChange): Promise<readonly string[]> {
  const seen = await changeAndBack({ lab, servers, name, spec, change, restarts: 0 });
  counts[seen.kind] += 1;
  if (seen.kind === "refused") return [];
  const { before, after: now, back } = seen;
  const isVisible = !isDeepStrictEqual([now.objects, now.rows], [before.objects, before.rows]);
  // A field that is left out, or a list that is empty, may mean what it said.
  const isExempt = isLeftOut(change.value) || fieldEffect(change.path)?.effect === "nothing";
  return [
    isVisible || isExempt ? undefined : "is taken, and neither seen nor told",
    isVisible && !isTold(change, { before, now }) ? "is told without its field, value or object" : undefined,
    seen.restarts > 1 ? `restarts ${seen.restarts} times` : undefined,
    back?.kind === "refused" ? `cannot be taken back: ${back.message}` : undefined,
    back?.kind === "taken" && back.difference !== undefined
      ? `and back leaves a difference: ${back.difference}`
      : undefined,
    back?.kind === "taken" && ![0, 1 + (change.restartsBack ?? 1)].includes(back.restarts)
      ? `and back restarts ${back.restarts} times`
      : undefined,
  ].filter((fault) => fault !== undefined);
}

function isLeftOut(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
