import type { ConfigKey } from "./config-keys.ts";
import { parseDurationMs } from "./duration.ts";

export type ConfigValue = string | number | boolean | readonly unknown[] | Readonly<Record<string, unknown>>;
export type Read =
  | { readonly ok: true; readonly value: ConfigValue }
  | { readonly ok: false; readonly problem: string };

const ok = (value: ConfigValue): Read => ({ ok: true, value });
const bad = (problem: string): Read => ({ ok: false, problem });

/** A scalar as text; nothing and anything else are empty. */
export function textOf(value: ConfigValue | undefined): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A value from the file or the environment as the key's type. The server is lenient between scalars ("8080", 1 for true) and strict otherwise. */
export function configValue(key: ConfigKey, raw: unknown): Read {
  switch (key.type) {
    case "string":
      return stringValue(raw);
    case "integer":
    case "size":
      return integerValue(raw, key.type === "size");
    case "number":
      return numberValue(raw);
    case "boolean":
      return booleanValue(raw);
    case "duration":
      return durationValue(raw);
    case "list":
      return ok(Array.isArray(raw) ? raw : [raw]);
    case "map":
      return isMap(raw) ? ok(raw) : bad(`expected a map, got ${nameOf(raw)}`);
  }
}

function stringValue(raw: unknown): Read {
  if (typeof raw === "string") return ok(raw);
  if (typeof raw === "number") return ok(String(raw));
  if (typeof raw === "boolean") return ok(raw ? "1" : "0");
  return bad(`expected type 'string', got ${nameOf(raw)}`);
}

function integerValue(raw: unknown, unsigned: boolean): Read {
  const value = typeof raw === "boolean" ? Number(raw) : typeof raw === "string" ? integerOfText(raw) : raw;
  if (typeof value !== "number" || !Number.isFinite(value)) return bad(`cannot parse ${nameOf(raw)} as an integer`);
  // A negative number wraps around, as the server's unsigned integers do.
  return ok(unsigned && value < 0 ? 2 ** 64 + Math.trunc(value) : Math.trunc(value));
}

function integerOfText(text: string): number | undefined {
  if (text === "") return 0;
  const digits = text.replace(/(?<=\d)_(?=\d)/g, "");
  return /^[+-]?(\d+|0x[0-9a-f]+|0o[0-7]+|0b[01]+)$/i.test(digits) ? Number(digits) : undefined;
}

function numberValue(raw: unknown): Read {
  const value = typeof raw === "boolean" ? Number(raw) : typeof raw === "string" ? Number(raw) : raw;
  return typeof value === "number" && Number.isFinite(value)
    ? ok(value)
    : bad(`cannot parse ${nameOf(raw)} as a number`);
}

const trueTexts = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const falseTexts = new Set(["", "0", "f", "F", "false", "FALSE", "False"]);

function booleanValue(raw: unknown): Read {
  if (typeof raw === "boolean") return ok(raw);
  if (typeof raw === "number") return ok(raw !== 0);
  if (typeof raw === "string" && trueTexts.has(raw)) return ok(true);
  if (typeof raw === "string" && falseTexts.has(raw)) return ok(false);
  return bad(`cannot parse ${nameOf(raw)} as a boolean`);
}

const nanosecondsPerMs = 1e6;

function durationValue(raw: unknown): Read {
  if (typeof raw === "number" || typeof raw === "boolean") return ok(Number(raw) / nanosecondsPerMs);
  if (typeof raw !== "string") return bad(`expected a duration, got ${nameOf(raw)}`);
  const durationMs = parseDurationMs(raw);
  if (durationMs !== undefined) return ok(durationMs);
  return bad(
    /[a-zµμ]/i.test(raw) ? `unknown or missing unit in duration "${raw}"` : `missing unit in duration "${raw}"`,
  );
}

function isMap(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function nameOf(raw: unknown): string {
  if (Array.isArray(raw)) return "a list";
  if (typeof raw === "object") return raw === null ? "nothing" : "a map";
  return `${typeof raw} ${JSON.stringify(raw)}`;
}
