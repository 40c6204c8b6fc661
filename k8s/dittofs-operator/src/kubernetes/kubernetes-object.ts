import type { KubernetesObject, ListPage, Resource } from "../runtime/kubernetes-api.ts";

export type TypeMeta = Pick<KubernetesObject, "apiVersion" | "kind">;

export function typeMetaOf({ group, version, kind }: Resource): TypeMeta {
  return { apiVersion: group === "" ? version : `${group}/${version}`, kind };
}

/**
 * The value as an object of the given type; items of lists and metadata-only objects do not say theirs. Checks what the
 * program reads of any object, keeps all fields that it does not know, and throws with the name of the wrong field.
 */
export function kubernetesObject(value: unknown, { apiVersion, kind }: TypeMeta): KubernetesObject {
  const object = record(value, kind);
  const metadata = record(object["metadata"], "metadata");
  if (typeof metadata["name"] !== "string") throw new Error(`${kind}: metadata.name is no text`);
  for (const field of ["namespace", "uid", "resourceVersion", "creationTimestamp", "deletionTimestamp"]) {
    if (!isTextOrAbsent(metadata[field])) throw new Error(`${kind}: metadata.${field} is no text`);
  }
  for (const field of ["labels", "annotations"]) {
    const texts = metadata[field];
    if (texts !== undefined && !Object.values(record(texts, field)).every((each) => typeof each === "string")) {
      throw new Error(`${kind}: metadata.${field} holds something else than texts`);
    }
  }
  for (const field of ["finalizers", "ownerReferences", "managedFields"]) {
    if (metadata[field] !== undefined && !Array.isArray(metadata[field])) {
      throw new Error(`${kind}: metadata.${field} is no list`);
    }
  }
  return { ...object, apiVersion, kind, metadata: metadata as KubernetesObject["metadata"] }; // checked above; what lists hold is the API server's word
}

/** One page of a list. Throws for what is no list. */
export function listPage(value: unknown, typeMeta: TypeMeta): ListPage {
  const { metadata, items } = record(value, "list");
  const { resourceVersion, continue: next } = record(metadata, "list metadata");
  if (typeof resourceVersion !== "string" || resourceVersion === "") throw new Error("the list has no resourceVersion");
  if (!isTextOrAbsent(next)) throw new Error("the list's continue token is no text");
  // Go writes an empty list as null where a type has not been told better.
  const list: unknown = items ?? [];
  if (!Array.isArray(list)) throw new Error("the list has no items");
  return {
    items: list.map((item) => kubernetesObject(item, typeMeta)),
    resourceVersion,
    ...(typeof next === "string" && next !== "" && { continueToken: next }),
  };
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is no object`);
  return value as Readonly<Record<string, unknown>>; // what is left of JSON is an object
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}
