import { isSubset } from "./is-subset.ts";
import type { FieldsV1, KubernetesObject } from "./kubernetes-api.ts";

export type ChildDifference =
  | { readonly kind: "same" }
  /** `paths` name fields, never values, which may be secret. The first of them are enough to tell why. */
  | { readonly kind: "differs"; readonly paths: readonly string[] };

export type ChildDifferenceInputs = {
  /** The body of the apply: exactly the fields that we mean to own. */
  readonly wanted: KubernetesObject;
  readonly live: KubernetesObject;
  readonly fieldManager: string;
};

/**
 * Whether an apply would change anything, without memory of earlier applies. It would, when
 *
 *     a wanted field has another value in the live object,
 *     a wanted field is not ours yet                        (managedFields of the live object)
 *     or a field is still ours and no longer wanted         (likewise)
 *
 * What others own, and what the API server filled in, is of no concern. The shape of our entry in managedFields tells
 * which lists are matched by key (`k:`), which are sets (`v:`) and which are one value (a leaf); see
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
export function childDifference({ wanted, live, fieldManager }: ChildDifferenceInputs): ChildDifference {
  const entry = live.metadata.managedFields?.find(
    ({ manager, operation, subresource }) =>
      manager === fieldManager && operation === "Apply" && subresource === undefined,
  );
  if (entry?.fieldsV1 === undefined) return { kind: "differs", paths: ["metadata.managedFields"] };
  const paths = differences({ wanted: owning(wanted), live, owned: entry.fieldsV1, path: "" });
  return paths.length === 0 ? { kind: "same" } : { kind: "differs", paths };
}

/** The body without what names the object: nobody owns that. */
function owning({ apiVersion: _, kind: __, metadata, ...body }: KubernetesObject): Readonly<Record<string, unknown>> {
  const { name: ___, namespace: ____, uid: _____, resourceVersion: ______, ...fields } = metadata;
  return { metadata: fields, ...body };
}

type Node = {
  readonly wanted: unknown;
  readonly live: unknown;
  readonly owned: FieldsV1 | undefined;
  readonly path: string;
};

function differences({ wanted, live, owned, path }: Node): readonly string[] {
  if (owned === undefined) return [path];
  const elements = Object.keys(owned).filter((element) => element !== ".");
  if (elements.length === 0) return isSubset(wanted, live) ? [] : [path];
  if (isRecord(wanted)) return ofFields({ wanted, live, owned, path });
  if (Array.isArray(wanted)) return ofItems({ wanted, live, owned, path });
  return [path];
}

function ofFields({
  wanted,
  live,
  owned,
  path,
}: Node & { wanted: Readonly<Record<string, unknown>> }): readonly string[] {
  const kept = Object.keys(owned ?? {}).filter((element) => element !== "." && !(element.slice(2) in wanted));
  return [
    ...kept.map((element) => join(path, element.slice(2))),
    ...Object.entries(wanted).flatMap(([field, value]) =>
      differences({
        wanted: value,
        live: isRecord(live) ? live[field] : undefined,
        owned: owned?.[`f:${field}`],
        path: join(path, field),
      }),
    ),
  ];
}

function ofItems({ wanted, live, owned = {}, path }: Node & { wanted: readonly unknown[] }): readonly string[] {
  const items: readonly unknown[] = Array.isArray(live) ? live : [];
  const seen = new Set<unknown>();
  const found = Object.entries(owned).flatMap(([element, below]) => {
    if (element === ".") return [];
    const isItem = matcher(element);
    const item = wanted.find(isItem);
    const at = `${path}[${element.slice(2)}]`;
    if (item === undefined) return [at];
    seen.add(item);
    const liveItem = items.find(isItem);
    if (liveItem === undefined) return [at];
    return element.startsWith("v:") ? [] : differences({ wanted: item, live: liveItem, owned: below, path: at });
  });
  return [...found, ...wanted.filter((item) => !seen.has(item)).map(() => `${path}[]`)];
}

/** `k:{"name":"x"}` is the item with these key fields, `v:"x"` the item with this value. */
function matcher(element: string): (item: unknown) => boolean {
  if (!/^[kv]:/.test(element)) return () => false;
  const key: unknown = JSON.parse(element.slice(2));
  if (!isRecord(key)) return (item) => item === key;
  return (item) => isRecord(item) && Object.entries(key).every(([field, value]) => item[field] === value);
}

function join(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
