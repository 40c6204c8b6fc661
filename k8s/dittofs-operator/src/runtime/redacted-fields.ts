const BLANK = "[redacted]";
const DEEPEST = 8;
const LONGEST_LIST = 100;
const LONGEST_TEXT = 8_192;

/** Contents of Secrets (also as `kubectl apply` copies them into an annotation), and keys that name one value. */
const SECRET_KEY =
  /^(data|stringdata|binarydata|kubectl\.kubernetes\.io\/last-applied-configuration)$|(password|passwd|passphrase|token|secret|authorization|cookie|credentials?|apikey|accesskey|secretkey|privatekey|jwt)$/;

/** Secrets that show themselves by their form, wherever they stand in a text. */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, BLANK],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${BLANK}`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, BLANK],
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/:@]*:[^\s/@]+@/gi, `$1${BLANK}@`],
];

/**
 * A copy of log fields: secrets blanked by the name of their key or by their form, errors as plain objects, and everything
 * bounded. Never throws. It is the last line of defence; no caller may rely on it.
 */
export function redactedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return copiedObject(fields, DEEPEST);
}

/** The same for a text that stands alone. */
export function redactedText(text: string): string {
  const bounded = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
  return SECRET_TEXTS.reduce((clean, [form, blank]) => clean.replace(form, blank), bounded);
}

function copy(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redactedText(value);
  if (typeof value === "bigint" || typeof value === "symbol" || typeof value === "function") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "[too deep]";
  if (value instanceof Error) return copiedError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return `[${value.size} entries]`;
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((item) => copy(item, depth - 1));
  return copiedObject(value, depth);
}

function copiedObject(value: object, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value).slice(0, LONGEST_LIST)) {
    result[key] = isSecretKey(key) ? BLANK : copy(member(value, key), depth - 1);
  }
  return result;
}

function copiedError(error: Error, depth: number): Record<string, unknown> {
  const code = member(error, "code");
  return {
    message: redactedText(error.message),
    ...((typeof code === "string" || typeof code === "number") && { code }),
    ...(typeof error.stack === "string" && { stack: redactedText(error.stack) }),
    ...(error.cause !== undefined && { cause: copy(error.cause, depth - 1) }),
  };
}

function isSecretKey(key: string): boolean {
  const lower = key.toLowerCase();
  return SECRET_KEY.test(lower) || SECRET_KEY.test(lower.replace(/[_-]/g, ""));
}

function member(value: object, key: string): unknown {
  try {
    const found: unknown = Reflect.get(value, key);
    return found;
  } catch {
    return "[unreadable]";
  }
}
