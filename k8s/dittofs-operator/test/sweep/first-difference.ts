import { isDeepStrictEqual } from "node:util";
import type { ServerState } from "./server-state.ts";

type States = Readonly<Record<"before" | "between" | "now", ServerState>>;

/**
 * Where a state differs from what it was. What is there besides is what is kept of what was there in between: rows of the file server,
 * and passwords. An object that was gone in between is another, with what Kubernetes gives out anew.
 */
export function firstDifference({ before, between, now }: States): string | undefined {
  const row = before.rows.find((each) => !now.rows.includes(each));
  if (row !== undefined) return `no more ${row}`;
  for (const key of new Set([...Object.keys(before.objects), ...Object.keys(now.objects)])) {
    const [one, other] = [before.objects[key], now.objects[key]];
    const isKept = one === undefined && key.startsWith("Secret ");
    const isAnother = one !== undefined && other !== undefined && between.objects[key] === undefined;
    const found = isKept || isAnother ? undefined : differing(one, other, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function differing(before: unknown, now: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(before, now)) return undefined;
  if (!isObject(before) || !isObject(now)) return `${path} was ${JSON.stringify(before)} and is ${JSON.stringify(now)}`;
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  for (const key of keys) {
    const found = differing(before[key], now[key], `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
