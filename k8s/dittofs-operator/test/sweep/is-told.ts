import { isDeepStrictEqual } from "node:util";
import { KIND } from "../../src/api/group.ts";
import type { FieldChange } from "./field-changes.ts";
import { valueAt } from "./places.ts";
import type { ServerState } from "./server-state.ts";

/**
 * Whether a change that shows in the status alone names what it is about: the field, its value, or an object of that name. What shows in a
 * child or on the file server needs no words.
 */
export function isTold(
  { path, place, input, value }: FieldChange,
  { before, now }: { readonly before: ServerState; readonly now: ServerState },
): boolean {
  if (!isDeepStrictEqual(children(before), children(now)) || !isDeepStrictEqual(before.rows, now.rows)) return true;
  const status = Object.entries(now.objects).find(([key]) => key.startsWith(`${KIND} `))?.[1];
  const text = JSON.stringify(status).toLowerCase();
  const field = path.split(".").at(-1)?.replace("[]", "") ?? "";
  const item = valueAt(input.spec, [...place.slice(0, -1), "name"]);
  const names = [field, item, value].flat().filter((each) => typeof each === "string" || typeof each === "number");
  return names.some((name) => text.includes(JSON.stringify(name).replaceAll('"', "").toLowerCase()));
}

function children({ objects }: ServerState): unknown {
  return Object.entries(objects).filter(([key]) => !key.startsWith(`${KIND} `));
}
