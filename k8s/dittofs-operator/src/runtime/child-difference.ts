import { fieldPath, itemPath } from "./field-path.ts";
import { isAsWanted } from "./is-as-wanted.ts";
import { isJsonObject, type JsonObject, ownField } from "./json-object.ts";
import type { FieldsV1, KubernetesObject } from "./kubernetes-api.ts";

/** Why a field of a child has to be written. */
export type DifferenceReason =
  /** The live value is another one, or there is none. */
  | "changed"
  /** It is newly wanted, or somebody else holds it, who may change it unnoticed even if the value is right. */
  | "notOwned"
  /** We own a field that is no longer wanted; an apply without it gives it back. */
  | "noLongerWanted";

export type ChildDifference =
  | { readonly kind: "same" }
  /** `paths` are names of fields, at most 20, never values; `reason` is that of the first. */
  | { readonly kind: "differs"; readonly paths: readonly string[]; readonly reason: DifferenceReason };

type FieldDifference = { readonly path: string; readonly reason: DifferenceReason };

const MOST_PATHS = 20;
/** What an apply names to find its object, and its guards; no manager ever owns them. */
const identity: ReadonlySet<string> = new Set(["apiVersion", "kind"]);
const metadataIdentity: ReadonlySet<string> = new Set(["name", "namespace", "uid", "resourceVersion"]);

/**
 * Whether a wanted child has to be applied. It compares three trees, remembers nothing, and asks the server nothing:
 *
 *     wanted                  live                     owned (fieldsV1 of our last apply)
 *     spec:                   spec:                    f:spec:
 *       ports:                  ports:                   f:ports:
 *       - port: 80              - port: 80                 k:{"port":80,"protocol":"TCP"}:
 *         protocol: TCP           protocol: TCP              f:port, f:protocol
 *                                 nodePort: 30080      an owned field without children is one value to its manager,
 *       selector: {a: b}        selector: {a: b}         f:selector: {}        whatever is inside
 *
 * The encoding of `owned` is structured-merge-diff's: `f:` field, `k:` list item by key, `v:` set item, `.` the thing itself.
 * Quantities have to be wanted in the server's spelling, and list items with all their key fields.
 */
export function childDifference({
  wanted,
  live,
  fieldManager,
}: {
  readonly wanted: KubernetesObject;
  readonly live: KubernetesObject;
  readonly fieldManager: string;
}): ChildDifference {
  const differences = [...objectDifferences(withoutIdentity(wanted), live, ownedFields(live, fieldManager) ?? {}, "")];
  const [first] = differences;
  if (first === undefined) return { kind: "same" };
  return { kind: "differs", reason: first.reason, paths: differences.slice(0, MOST_PATHS).map(({ path }) => path) };
}

/** What the manager owns by server-side apply. What it owns by an update, or in a subresource, is another set. */
function ownedFields(live: KubernetesObject, fieldManager: string): FieldsV1 | undefined {
  return live.metadata.managedFields?.find(
    ({ manager, operation, subresource }) =>
      manager === fieldManager && operation === "Apply" && (subresource ?? "") === "",
  )?.fieldsV1;
}

function withoutIdentity(wanted: KubernetesObject): JsonObject {
  const metadata = Object.entries(wanted.metadata).filter(([field]) => !metadataIdentity.has(field));
  const fields = Object.entries(wanted).filter(([field]) => !identity.has(field) && field !== "metadata");
  return metadata.length === 0
    ? Object.fromEntries(fields)
    : { metadata: Object.fromEntries(metadata), ...Object.fromEntries(fields) };
}

function* objectDifferences(
  wanted: JsonObject,
  live: JsonObject,
  owned: FieldsV1,
  path: string,
): Generator<FieldDifference> {
  for (const [field, value] of Object.entries(wanted)) {
    if (value === undefined) continue;
    yield* valueDifferences(value, ownField(live, field), owned[`f:${field}`], fieldPath(path, field));
  }
  for (const element of Object.keys(owned)) {
    const field = element.slice(2);
    if (element.startsWith("f:") && ownField(wanted, field) === undefined) {
      yield { path: fieldPath(path, field), reason: "noLongerWanted" };
    }
  }
}

function* valueDifferences(
  wanted: unknown,
  live: unknown,
  owned: FieldsV1 | undefined,
  path: string,
): Generator<FieldDifference> {
  if (owned === undefined) yield { path, reason: "notOwned" };
  else if (Object.keys(owned).length === 0 || live === undefined) {
    if (!isAsWanted(wanted, live)) yield { path, reason: "changed" };
  } else if (isJsonObject(wanted) && isJsonObject(live)) yield* objectDifferences(wanted, live, owned, path);
  else if (Array.isArray(wanted) && Array.isArray(live)) yield* listDifferences(wanted, live, owned, path);
  else yield { path, reason: "changed" };
}

function* listDifferences(
  wanted: readonly unknown[],
  live: readonly unknown[],
  owned: FieldsV1,
  path: string,
): Generator<FieldDifference> {
  const elements = Object.entries(owned).flatMap(([text, fields]) => listElement(text, fields));
  for (const item of wanted) {
    const element = elements.find(({ matches }) => matches(item));
    if (element === undefined) yield { path: `${path}[]`, reason: "notOwned" };
    else yield* element.differences(item, live.find(element.matches), path);
  }
  for (const { matches, name } of elements) {
    if (!wanted.some(matches)) yield { path: name(path), reason: "noLongerWanted" };
  }
}

/** One item of a list that our manager owns: how it is found, and what it differs in. */
type ListElement = {
  readonly matches: (item: unknown) => boolean;
  readonly name: (listPath: string) => string;
  readonly differences: (wanted: unknown, live: unknown, listPath: string) => Iterable<FieldDifference>;
};

function listElement(text: string, owned: FieldsV1): readonly ListElement[] {
  if (!/^[kv]:/.test(text)) return [];
  const value: unknown = JSON.parse(text.slice(2));
  if (text.startsWith("k:") && isJsonObject(value)) {
    const matches = (item: unknown): boolean =>
      isJsonObject(item) && Object.entries(value).every(([field, part]) => item[field] === part);
    const name = (path: string): string => itemPath(path, value);
    return [{ matches, name, differences: (wanted, live, path) => valueDifferences(wanted, live, owned, name(path)) }];
  }
  const name = (path: string): string => `${path}[]`;
  return [
    {
      matches: (item) => item === value,
      name,
      differences: (_, live, path) => (live === undefined ? [{ path: name(path), reason: "changed" }] : []),
    },
  ];
}
