import type { Handler } from "./call.ts";
import type { Gate } from "./gate.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Route {
  readonly method: Method;
  /** Relative to its family; `{name}` is one segment. */
  readonly path: string;
  readonly handler: Handler;
  /** Asked after the family's own gate. */
  readonly gate: Gate;
}

/** Routes below one prefix. The gate answers first, also for paths that do not exist. */
export interface Family {
  readonly prefix: string;
  readonly gate: Gate;
  readonly routes: readonly Route[];
}

export interface Match {
  readonly gate: Gate;
  readonly found:
    | {
        readonly kind: "route";
        readonly pattern: string;
        readonly route: Route;
        readonly params: Readonly<Record<string, string>>;
      }
    | { readonly kind: "noPath" }
    | { readonly kind: "noMethod"; readonly allowed: readonly string[] };
}

/** Finds the handler. A family's root may end in a slash; families earlier in the list win. */
export function match(families: readonly Family[], method: string, path: string): Match {
  const segments = path.split("/").slice(1);
  const params = segments.map((segment) => parameter(path, segment));
  let nearest: Match = { gate: "open", found: { kind: "noPath" } };
  for (const family of families) {
    const prefix = matched(family.prefix, segments, params, false);
    if (prefix === undefined) continue;
    const routes = family.routes.flatMap((route) => {
      const pattern = `${family.prefix}${route.path}`;
      const found = matched(pattern, withoutRootSlash(segments, family.prefix), params, true);
      return found === undefined ? [] : [{ route, pattern, params: found }];
    });
    const hit = routes.find(({ route }) => route.method === method);
    if (hit !== undefined) return { gate: family.gate, found: { kind: "route", ...hit } };
    const allowed = routes.map(({ route }) => route.method);
    if (nearest.found.kind === "noPath" && (nearest.gate === "open" || allowed.length > 0))
      nearest = { gate: family.gate, found: allowed.length > 0 ? { kind: "noMethod", allowed } : { kind: "noPath" } };
  }
  return nearest;
}

function withoutRootSlash(segments: readonly string[], prefix: string): readonly string[] {
  const isRoot = segments.length === prefix.split("/").length && segments.at(-1) === "";
  return isRoot ? segments.slice(0, -1) : segments;
}

function matched(
  pattern: string,
  segments: readonly string[],
  params: readonly string[],
  whole: boolean,
): Record<string, string> | undefined {
  const parts = pattern.split("/").slice(1);
  if (whole ? parts.length !== segments.length : parts.length > segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== segments[index]) return undefined;
    if (name === undefined) continue;
    if (segments[index] === "") return undefined;
    found[name] = params[index] ?? "";
  }
  return found;
}

/** The server routes on the encoded path if it holds an escape that was not needed (as in a share name with a slash) and then does not decode. */
function parameter(path: string, segment: string): string {
  if (/%2f/i.test(path)) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
