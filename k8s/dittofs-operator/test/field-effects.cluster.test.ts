import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { specLeaves } from "../scripts/generate/spec-leaves.ts";
import { type ChangeEffect, fieldEffect, fieldEffectPath } from "../src/api/field-effects.ts";
import { KIND } from "../src/api/group.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { assertNone } from "./assert-none.ts";
import { changeAndBack, faultsOfReturn } from "./sweep/change-and-back.ts";
import { type Course, courses } from "./sweep/courses.ts";
import { everywhere } from "./sweep/everywhere.ts";
import { type FieldChange, fieldChange } from "./sweep/field-changes.ts";
import { createNamed } from "./sweep/named-objects.ts";
import { runCourses } from "./sweep/run-courses.ts";
import type { ServerState } from "./sweep/server-state.ts";
import { watchedServers } from "./sweep/watched-servers.ts";

const lab = await enterOperatedLab({ network: everywhere });
const { cluster, node } = lab;
const end = new AbortController();
const servers = await watchedServers(lab, end.signal);
const operator = await lab.startOperator();
after(async () => {
  end.abort();
  await operator.stop();
  await node.stop();
});

test("each field does what the table says when it is changed, and leaves nothing behind when it is changed back", async (t) => {
  const tried = triedChanges();
  const all = courses(tried);
  await createNamed(
    cluster,
    all.flatMap(({ spec, changes }) => [spec, ...changes.map((change) => change.after)]),
  );
  await operator.untilActing();
  const startMs = performance.now();
  const faults = await runCourses({ lab, servers }, all, faultsOf);
  const elapsedMs = Math.round(performance.now() - startMs);
  t.diagnostic(
    `${all.flatMap(({ changes }) => changes).length} of ${tried.length} fields on ${all.length} servers in ${elapsedMs} ms`,
  );
  assertNone(faults);
});

/** One field for each row of the table; FIELDS=all tries every field, FIELDS=pod.env those that begin so. */
function triedChanges(): readonly FieldChange[] {
  const wanted = process.env["FIELDS"] ?? "";
  const choices = specLeaves().filter(({ schema }) => schema.enum?.length !== 1);
  const named = choices.filter(({ path }) => wanted === "all" || path.startsWith(wanted));
  const byRow = Map.groupBy(named, ({ path }) => (wanted === "" ? fieldEffectPath(path) : path));
  return Array.from(byRow.values(), ([leaf]) => leaf && fieldChange(leaf)).filter((change) => change !== undefined);
}

/** Changes and changes back, and tells what is not as the table says. */
async function faultsOf({ name, spec }: Course, change: FieldChange): Promise<readonly string[]> {
  const { effect } = fieldEffect(change.path) ?? {};
  const restarts = effect === "restart" ? 1 : 0;
  const seen = await changeAndBack({ lab, servers, name, spec, change, restarts });
  if (seen.kind === "refused") return effect === "refused" ? [] : [`is refused: ${seen.message}`];
  if (effect === "refused") return ["is taken"];
  const isSame = isDeepStrictEqual(visible(seen.after, effect), visible(seen.before, effect));
  return [
    seen.isCarriedOut ? undefined : "is not carried out",
    seen.restarts === restarts ? undefined : `restarts ${seen.restarts} times, not ${restarts}`,
    isSame && effect === "live" ? "changes nothing that can be seen" : undefined,
    !isSame && effect === "nothing" ? "changes what can be seen" : undefined,
    ...(seen.back === undefined ? [] : faultsOfReturn(seen.back, 2 * restarts)),
  ].filter((fault) => fault !== undefined);
}

/** A change that does nothing may still be told of in the status. */
function visible({ objects, rows }: ServerState, effect: ChangeEffect | undefined): unknown {
  const children = Object.entries(objects).filter(([key]) => !key.startsWith(KIND));
  return [effect === "nothing" ? children : objects, rows];
}
