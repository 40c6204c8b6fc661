/**
 * Whether everything in `wanted` stands in `live`, which may hold more fields: the API server fills in defaults within
 * values that are one unit to it. Lists have to be of one length and are compared item by item.
 */
export function isSubset(wanted: unknown, live: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(live) && wanted.length === live.length && wanted.every((item, index) => isSubset(item, live[index]))
    );
  }
  if (!isRecord(wanted)) return wanted === live;
  return isRecord(live) && Object.entries(wanted).every(([field, value]) => isSubset(value, live[field]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
