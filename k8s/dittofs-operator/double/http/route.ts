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

const routeOf =
  (method: Method) =>
  (path: string, handler: Handler, gate: Gate = "open"): Route => ({ method, path, handler, gate });

export const get = routeOf("GET");
export const post = routeOf("POST");
export const put = routeOf("PUT");
export const patch = routeOf("PATCH");
export const del = routeOf("DELETE");

export function family(prefix: string, gate: Gate, routes: readonly Route[]): Family {
  return { prefix, gate, routes };
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

/** Finds the handler. A path that leads nowhere is guarded by the family with the longest prefix. A family's root may end in a slash. */
export function match(families: readonly Family[], method: string, path: string): Match {
  const segments = segmentsOf(path);
  const params = segments.map(decoder(path));
  const near = families.filter(({ prefix }) => matched(prefix, { segments, params, whole: false }) !== undefined);
  const routes = near.flatMap((one) => routesAt(one, segments, params));
  const hit = routes.find(({ route }) => route.method === method);
  if (hit !== undefined) return { gate: hit.family.gate, found: { kind: "route", ...hit } };
  const gate = near.reduce((best, one) => (one.prefix.length > best.prefix.length ? one : best), nowhere).gate;
  const allowed = methods.filter((known) => routes.some(({ route }) => route.method === known));
  return { gate, found: allowed.length > 0 ? { kind: "noMethod", allowed } : { kind: "noPath" } };
}

const nowhere: Family = { prefix: "", gate: "open", routes: [] };
const methods: readonly Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

interface RouteAt {
  readonly family: Family;
  readonly pattern: string;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

function routesAt(one: Family, sent: readonly string[], params: readonly string[]): readonly RouteAt[] {
  const segments = withoutRootSlash(sent, one.prefix);
  return one.routes.flatMap((route) => {
    const pattern = `${one.prefix}${route.path}`;
    const found = matched(pattern, { segments, params, whole: true });
    return found === undefined ? [] : [{ family: one, pattern, route, params: found }];
  });
}

function withoutRootSlash(segments: readonly string[], prefix: string): readonly string[] {
  const isRoot = segments.length === partsOf(prefix).length + 1 && segments.at(-1) === "";
  return isRoot ? segments.slice(0, -1) : segments;
}

interface Path {
  readonly segments: readonly string[];
  /** The segments as handlers see them. */
  readonly params: readonly string[];
  readonly whole: boolean;
}

function matched(pattern: string, { segments, params, whole }: Path): Record<string, string> | undefined {
  const parts = partsOf(pattern);
  if (whole ? parts.length !== segments.length : parts.length > segments.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, { text, name }] of parts.entries()) {
    if (name === undefined && text !== segments[index]) return undefined;
    if (name === undefined) continue;
    if (segments[index] === "") return undefined;
    found[name] = params[index] ?? "";
  }
  return found;
}

const segmentsOf = (path: string): readonly string[] => path.split("/").slice(1);

interface Part {
  readonly text: string;
  /** Of the parameter that stands here. */
  readonly name: string | undefined;
}

/** Patterns are the routes', so that there is an end to them. */
const knownParts = new Map<string, readonly Part[]>();

function partsOf(pattern: string): readonly Part[] {
  const known = knownParts.get(pattern);
  if (known !== undefined) return known;
  const parts = segmentsOf(pattern).map((text) => ({ text, name: /^\{(.+)\}$/.exec(text)?.[1] }));
  knownParts.set(pattern, parts);
  return parts;
}

/** The server routes on the path as it was sent, without decoding, if it is escaped in another way than Go would (as a share name with a slash). */
function decoder(path: string): (segment: string) => string {
  const plain = decodedPath(path);
  const isSentDecoded = plain !== undefined && goEscaped(plain) === path;
  return (segment) => (isSentDecoded ? (decodedPath(segment) ?? segment) : segment);
}

function decodedPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const goKeeps = /%(24|26|2B|2C|2F|3A|3B|3D|40)/g;
const goEscapes = /[!*'()]/g;

function goEscaped(path: string): string {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(path).replace(goKeeps, decodeURIComponent).replace(goEscapes, hex);
}
