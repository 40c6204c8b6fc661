import type { FieldsV1, KubernetesObject } from "../kubernetes-api.ts";

/** Names of lists that the API server matches by key, with the key's fields: enough of its schema for tests. */
const listKeys: Readonly<Record<string, readonly string[]>> = {
  ports: ["port", "protocol"],
  containers: ["name"],
  env: ["name"],
  ownerReferences: ["uid"],
};
const sets = new Set(["finalizers"]);

/** What an API server holds after `wanted` was applied as the first thing that happened to the object. */
export function applied(wanted: KubernetesObject, fieldManager: string): KubernetesObject {
  const { apiVersion: _, kind: __, metadata, ...body } = wanted;
  const { name: ___, namespace: ____, ...fields } = metadata;
  const owned = Object.keys(fields).length === 0 ? body : { metadata: fields, ...body };
  const fieldsV1 = ownedFields(owned, "");
  return {
    ...wanted,
    metadata: {
      ...metadata,
      uid: "u",
      resourceVersion: "9",
      managedFields: [{ manager: fieldManager, operation: "Apply", fieldsV1 }],
    },
  };
}

function ownedFields(value: unknown, name: string): FieldsV1 {
  if (Array.isArray(value)) return ownedItems(value, name);
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([field, each]) => [`f:${field}`, ownedFields(each, field)]));
}

function ownedItems(items: readonly unknown[], name: string): FieldsV1 {
  const keys = listKeys[name];
  if (sets.has(name)) return Object.fromEntries(items.map((item) => [`v:${JSON.stringify(item)}`, {}]));
  if (keys === undefined) return {};
  return Object.fromEntries(
    items.map((item) => {
      const fields = item as Readonly<Record<string, unknown>>; // items of keyed lists are objects
      const port = "containerPort" in fields ? "containerPort" : "port";
      const key = Object.fromEntries(
        keys.map((each) => (each === "port" ? [port, fields[port]] : [each, fields[each]])),
      );
      return [`k:${JSON.stringify(key)}`, { ".": {}, ...ownedFields(item, "") }];
    }),
  );
}
