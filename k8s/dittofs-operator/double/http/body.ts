import { badRequest, tooLarge } from "./answer.ts";
import type { Call } from "./call.ts";

interface FieldTypes {
  string: string;
  boolean: boolean;
  integer: number;
  /** A number from 0 to 2^32-1. */
  uint32: number;
  strings: readonly string[];
  object: Readonly<Record<string, unknown>>;
}

/** The fields that a request body may have. */
export type Shape = Readonly<Record<string, keyof FieldTypes>>;
export type Fields<S extends Shape> = { readonly [K in keyof S]?: FieldTypes[S[K]] };

/** Reads a JSON body the way the server does: unknown fields are lost silently, names match in any case, null is absent, a wrong type is a 400. */
export function fields<S extends Shape>(call: Call, shape: S): Fields<S> {
  const found: Record<string, unknown> = {};
  const content = jsonBody(call);
  if (content === null) return {};
  if (!isObject(content)) throw badRequest("Invalid request body");
  for (const [key, value] of Object.entries(content)) {
    const name = Object.hasOwn(shape, key)
      ? key
      : Object.keys(shape).find((known) => known.toLowerCase() === key.toLowerCase());
    const type = name === undefined ? undefined : shape[name];
    if (name === undefined || type === undefined || value === null) continue;
    if (!isOfType(value, type)) throw badRequest("Invalid request body");
    found[name] = value;
  }
  return found as Fields<S>; // each field has been checked against the shape
}

/** As fields(), for routes whose body may be missing. */
export function optionalFields<S extends Shape>(call: Call, shape: S): Fields<S> {
  return call.body.kind === "text" && call.body.text === "" ? {} : fields(call, shape);
}

function jsonBody(call: Call): unknown {
  if (call.body.kind === "tooLarge") throw tooLarge();
  try {
    return JSON.parse(call.body.text);
  } catch {
    throw badRequest("Invalid request body");
  }
}

function isOfType(value: unknown, type: keyof FieldTypes): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "integer":
      return Number.isInteger(value);
    case "uint32":
      return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;
    case "strings":
      return Array.isArray(value) && value.every((item) => typeof item === "string");
    case "object":
      return isObject(value);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
