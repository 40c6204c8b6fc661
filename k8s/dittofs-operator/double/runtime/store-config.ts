/** The type-specific configuration of a store, parsed. */
export type StoreConfig = Readonly<Record<string, unknown>>;

/** The object in the JSON text that clients send; an empty text or null is an empty object. Undefined if it is anything else. */
export function storeConfig(text: string): StoreConfig | undefined {
  if (text === "") return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed === null) return {};
    return isConfig(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isConfig(value: unknown): value is StoreConfig {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const hidden = "********";

/** The configuration as answers show it: an object, secrets hidden; absent when the text is empty or no JSON. */
export function shownConfig(text: string): { readonly config?: unknown } {
  try {
    return { config: redacted(JSON.parse(text)) };
  } catch {
    return {};
  }
}

function isSecret(key: string): boolean {
  const name = key.toLowerCase();
  return name.includes("secret") || name.includes("password") || name.endsWith("_key");
}

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (!isConfig(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, isSecret(key) ? hidden : redacted(child)]),
  );
}

/** The text to store after an update: a hidden value that was echoed keeps what it hid. */
export function mergedConfig(stored: string, sent: string): string {
  const before = storeConfig(stored);
  const after = storeConfig(sent);
  if (stored.trim() === "" || sent.trim() === "" || before === undefined || after === undefined) return sent;
  return sent.includes(hidden) ? JSON.stringify(restored(before, after)) : sent;
}

function restored(before: unknown, after: unknown): unknown {
  if (after === hidden && before !== undefined) return before;
  if (Array.isArray(after)) {
    const items: readonly unknown[] = after;
    const earlier: readonly unknown[] = Array.isArray(before) ? before : [];
    return items.map((item, index) => (index < earlier.length ? restored(earlier[index], item) : item));
  }
  if (!isConfig(after) || !isConfig(before)) return after;
  return Object.fromEntries(Object.entries(after).map(([key, value]) => [key, restored(before[key], value)]));
}
