import { canonicalQuantity } from "../../quantity.ts";

/** Maps from names to texts, whose keys only look like fields. */
const textMaps = new Set(["annotations", "labels", "matchLabels", "nodeSelector", "options", "volumeAttributes"]);

/**
 * A part of a pod in the user's words, in the one spelling that the API server gives back: quantities canonical, and the
 * protocol of ports spelled out, because it is part of their key. Otherwise every pass would find a difference.
 */
export function keptAsStored(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(keptAsStored);
  if (!isObject(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([field, value]) => [field, storedField(field, value)]));
}

function storedField(field: string, value: unknown): unknown {
  if (textMaps.has(field)) return value;
  if (field === "sizeLimit" || field === "divisor") return storedQuantity(value);
  if ((field === "limits" || field === "requests") && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, amount]) => [name, storedQuantity(amount)]));
  if (field === "ports" && Array.isArray(value)) return value.map(storedPort);
  return keptAsStored(value);
}

/** What is none is handed on, for the API server to refuse it by its field. */
function storedQuantity(value: unknown): unknown {
  if (typeof value !== "string" && typeof value !== "number") return value;
  try {
    return canonicalQuantity(value);
  } catch (error) {
    if (error instanceof RangeError) return value;
    throw error;
  }
}

function storedPort(port: unknown): unknown {
  return isObject(port) && !("protocol" in port) ? { ...port, protocol: "TCP" } : port;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
