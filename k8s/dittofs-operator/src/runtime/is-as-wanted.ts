import { isSameJson } from "./is-same-json.ts";
import { isJsonObject, type JsonObject, ownField } from "./json-object.ts";

/**
 * What the API server fills in inside values that are one unit to server-side apply: claim templates, rules of a
 * NetworkPolicy, references to fields, projected volumes. A value missing here costs a needless apply; were all additions
 * tolerated instead, a part that is no longer wanted would stay.
 */
const serverDefaults: JsonObject = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  status: { phase: "Pending" },
  volumeMode: "Filesystem",
  protocol: "TCP",
  divisor: "0",
  expirationSeconds: 3_600,
};

/** Whether a live value says what is wanted and, but for the server's defaults, nothing else. Lists agree item by item. */
export function isAsWanted(wanted: unknown, live: unknown): boolean {
  if (live === undefined || live === null) return isZero(wanted);
  if (Array.isArray(wanted)) {
    if (!Array.isArray(live) || wanted.length !== live.length) return false;
    return wanted.every((item, index) => isAsWanted(item, live[index]));
  }
  if (!isJsonObject(wanted)) return wanted === live;
  if (!isJsonObject(live)) return false;
  return (
    Object.entries(wanted).every(([field, value]) => isAsWanted(value, ownField(live, field))) &&
    Object.entries(live).every(([field, value]) => ownField(wanted, field) !== undefined || isDefault(field, value))
  );
}

function isDefault(field: string, value: unknown): boolean {
  return isZero(value) || isSameJson(value, ownField(serverDefaults, field));
}

/** The API server leaves out what Go calls a zero value (`omitempty`): `false` is applied and owned, but not shown. */
function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isJsonObject(value)) return Object.values(value).every(isZero);
  return value === undefined || value === null || value === false || value === 0 || value === "";
}
