import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { specLeaves } from "../scripts/generate/spec-leaves.ts";
import { type ChangeEffect, fieldEffect, fieldEffectPath } from "../src/api/field-effects.ts";
import { API_VERSION, KIND } from "../src/api/group.ts";
import type { DittoServerStatus } from "../src/api/status.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer } from "./acceptance/sample-server.ts";
import { assertNone } from "./assert-none.ts";
import { type Course, courses } from "./sweep/courses.ts";
import { everywhere } from "./sweep/everywhere.ts";
import { changeText, type FieldChange, fieldChange } from "./sweep/field-changes.ts";
import { firstDifference } from "./sweep/first-difference.ts";
import { createNamed } from "./sweep/named-objects.ts";
import { putSpec } from "./sweep/put-spec.ts";
import type { ServerState } from "./sweep/server-state.ts";
import { watchedServers } from "./sweep/watched-servers.ts";

const { namespace } = dittoServer;
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

const restarts = (name: string): number => node.revisions(namespace, name).length - 1;

test("each field does what the table says when it is changed, and leaves nothing behind when it is changed back", async (t) => {
  const tried = triedChanges();
  const all = courses(tried);
  await createNamed(cluster, [...all.map(({ spec }) => spec), ...tried.map((change) => change.after)]);
  await operator.untilActing();
  const startMs = performance.now();
  const faults = await Promise.all(all.map(run));
  const elapsedMs = Math.round(performance.now() - startMs);
  t.diagnostic(`${tried.length} fields on ${all.length} servers in ${elapsedMs} ms`);
  assertNone(faults.flat());
});

/** One field for each row of the table; FIELDS=all tries every field, FIELDS=pod.env those that begin so. */
function triedChanges(): readonly FieldChange[] {
  const wanted = process.env["FIELDS"] ?? "";
  const choices = specLeaves().filter(({ schema }) => schema.enum?.length !== 1);
  const named = choices.filter(({ path }) => wanted === "all" || path.startsWith(wanted));
  const byRow = Map.groupBy(named, ({ path }) => (wanted === "" ? fieldEffectPath(path) : path));
  return Array.from(byRow.values(), ([leaf]) => leaf && fieldChange(leaf)).filter((change) => change !== undefined);
}

async function run({ name, spec, changes }: Course): Promise<readonly string[]> {
  await cluster.apply({ apiVersion: API_VERSION, kind: KIND, metadata: { name, namespace }, spec });
  const isUp = () => node.double(namespace, name) !== undefined;
  if (!((await servers.until(isUp)) && (await servers.untilSettled(name, 1, 1000)))) {
    const { conditions } = (servers.server(name)?.["status"] ?? {}) as DittoServerStatus; // of a DittoServer
    return [`${name} does not come up: ${conditions?.find(({ type }) => type === "Ready")?.message}`];
  }
  const faults: string[] = [];
  for (const change of changes) {
    const found = await tried({ name, spec, change });
    faults.push(...found.map((fault) => `${changeText(change)} (${name}) ${fault}`));
  }
  return faults;
}

type Trial = { readonly name: string; readonly spec: unknown; readonly change: FieldChange };

/** Changes and changes back, and tells what is not as the table says. */
async function tried({ name, spec, change }: Trial): Promise<readonly string[]> {
  const { effect } = fieldEffect(change.path) ?? {};
  const before = servers.state(name);
  const first = restarts(name);
  const answer = await putSpec(cluster.connection, name, change.after);
  if (effect === "refused") return answer.kind === "refused" ? [] : ["is taken"];
  if (answer.kind === "refused") return [`is refused: ${answer.message}`];
  const wanted = effect === "restart" ? 1 : 0;
  await servers.until(() => restarts(name) >= first + wanted);
  const isSettled = await servers.untilSettled(name, answer.generation);
  const between = servers.state(name);
  const isSame = isDeepStrictEqual(seen(between, effect), seen(before, effect));
  const faults = [
    isSettled ? undefined : "is not carried out",
    restarts(name) === first + wanted ? undefined : `restarts ${restarts(name) - first} times, not ${wanted}`,
    isSame === (effect === "nothing") || effect === "restart"
      ? undefined
      : isSame
        ? "changes nothing that can be seen"
        : "changes what can be seen",
  ].filter((fault) => fault !== undefined);
  return change.way === "final" ? faults : [...faults, ...(await returned())];

  async function returned(): Promise<readonly string[]> {
    const back = await putSpec(cluster.connection, name, spec);
    if (back.kind === "refused") return [`cannot be taken back: ${back.message}`];
    await servers.until(() => restarts(name) >= first + 2 * wanted);
    await servers.untilSettled(name, back.generation);
    const difference = () => firstDifference({ before, between, now: servers.state(name) });
    await servers.until(() => difference() === undefined);
    return [
      difference() === undefined ? undefined : `and back leaves a difference: ${difference()}`,
      restarts(name) === first + 2 * wanted ? undefined : `and back restarts ${restarts(name) - first} times`,
    ].filter((fault) => fault !== undefined);
  }
}

/** A change that does nothing may still be told of in the status. */
function seen({ objects, rows }: ServerState, effect: ChangeEffect | undefined): unknown {
  const children = Object.entries(objects).filter(([key]) => !key.startsWith(KIND));
  return [effect === "nothing" ? children : objects, rows];
}
