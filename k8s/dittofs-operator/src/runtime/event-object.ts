import type { JsonPatchOperation, KubernetesObject, Resource } from "./kubernetes-api.ts";
import { microTime } from "./lease.ts";
import { redactedText } from "./redacted-fields.ts";

export const EVENTS: Resource = {
  group: "events.k8s.io",
  version: "v1",
  kind: "Event",
  plural: "events",
  isNamespaced: true,
};

/** The object that an event is about. */
export type Regarding = {
  readonly apiVersion: string;
  readonly kind: string;
  /** Absent for cluster-wide kinds. */
  readonly namespace?: string;
  readonly name: string;
  readonly uid?: string;
};

/** Something that happened, for those who look at the object. */
export type NewEvent = {
  readonly regarding: Regarding;
  readonly type: "Normal" | "Warning";
  /** Why, in one CamelCase word. */
  readonly reason: string;
  /** What was done or noticed, in one CamelCase word. */
  readonly action: string;
  /** For people: what is wrong, where, and what to do. Cut to 1,024 bytes, the API's limit. */
  readonly note: string;
};

/** Who reports; the API wants both. `controller` is a qualified name such as `example.com/operator`. */
export type Reporter = { readonly controller: string; readonly instance: string };

const LONGEST_NOTE_BYTES = 1_024;
const LONGEST_INSTANCE = 128;
/** Leaves room for a dot and 16 characters within the 253 of an object's name. */
const LONGEST_NAME_START = 236;

/** The event as the API takes it. `suffix` makes its name one that no other event has. */
export function eventObject(
  event: NewEvent,
  told: { readonly reporter: Reporter; readonly wallMs: number; readonly suffix: string },
): KubernetesObject {
  const { regarding, type, reason, action } = event;
  const nameStart = regarding.name.slice(0, LONGEST_NAME_START).replace(/[^a-z0-9]+$/, "");
  return {
    apiVersion: "events.k8s.io/v1",
    kind: "Event",
    // Events about cluster-wide objects have to be in the namespace "default".
    metadata: { name: `${nameStart}.${told.suffix}`, namespace: regarding.namespace ?? "default" },
    eventTime: microTime(told.wallMs),
    reportingController: told.reporter.controller,
    reportingInstance: told.reporter.instance.slice(0, LONGEST_INSTANCE),
    type,
    reason,
    action,
    regarding,
    note: noteOf(event.note),
  };
}

/** Tells that the same happened `count` times in all. */
export function seriesPatch(count: number, wallMs: number): readonly JsonPatchOperation[] {
  return [{ op: "add", path: "/series", value: { count, lastObservedTime: microTime(wallMs) } }];
}

function noteOf(note: string): string {
  const clean = redactedText(note);
  if (Buffer.byteLength(clean) <= LONGEST_NOTE_BYTES) return clean;
  // A character that is cut in its middle decodes to U+FFFD.
  return `${Buffer.from(clean)
    .subarray(0, LONGEST_NOTE_BYTES - 3)
    .toString()
    .replace(/\uFFFD+$/, "")}...`;
}
