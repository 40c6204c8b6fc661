import { patternFaults } from "./pattern-faults.ts";
import { type StructuralSchema, structuralKeywords } from "./structural-schema.ts";
import { valueFaults } from "./value-faults.ts";

/** Where a node stands: its path for people, and what encloses it. */
type Place = { readonly path: string; readonly isInListItem: boolean; readonly hasNoOldSelf: boolean };
type Node = StructuralSchema & { readonly [keyword: string]: unknown };
type Check = (node: Node, place: Place) => readonly string[];

/**
 * What would make the API server refuse the schema or price its rules too high, and what would make it a bad one for users:
 * one sentence each, with the path. Kubernetes' rules:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function structuralFaults(root: StructuralSchema): readonly string[] {
  return nodeFaults(root, { path: "", isInListItem: false, hasNoOldSelf: false });
}

function nodeFaults(node: Node, place: Place): readonly string[] {
  const own = checks
    .flatMap((check) => check(node, place))
    .map((fault) => `${place.path === "" ? "." : place.path}: ${fault}`);
  const children = Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    nodeFaults(child, { ...place, path: `${place.path}.${name}` }),
  );
  const item = node.items === undefined ? [] : nodeFaults(node.items, itemPlace(node, place));
  const value = node.additionalProperties;
  const values = isSchema(value) ? nodeFaults(value, { ...place, path: `${place.path}{}` }) : [];
  return [...own, ...children, ...item, ...values];
}

function itemPlace(node: Node, place: Place): Place {
  return {
    path: `${place.path}[]`,
    isInListItem: true,
    hasNoOldSelf: place.hasNoOldSelf || node["x-kubernetes-list-type"] !== "map",
  };
}

const allowedKeywords = new Set(structuralKeywords);

const onlyAllowedKeywords: Check = (node) =>
  Object.keys(node)
    .filter((keyword) => !allowedKeywords.has(keyword))
    .map((keyword) => `the keyword ${keyword} has no place in a structural schema`);

const oneType: Check = (node) => {
  const isTyped = node.type !== undefined;
  if (node["x-kubernetes-int-or-string"] === true) return isTyped ? ["int-or-string must not have a type"] : [];
  return isTyped ? [] : ["the type is missing"];
};

const describedFields: Check = (node) => {
  if (node.description === undefined || node.description.trim() === "") return ["the description is missing"];
  return node.description.trim() === node.description && node.description.endsWith(".")
    ? []
    : ["the description is not a sentence that ends in a full stop"];
};

const objectShape: Check = (node) => {
  const faults: string[] = [];
  if (typeof node.additionalProperties === "boolean") faults.push("additionalProperties must be a schema");
  if (node.properties !== undefined && node.additionalProperties !== undefined)
    faults.push("properties and additionalProperties exclude each other");
  const names = Object.keys(node.properties ?? {});
  faults.push(
    ...(node.required ?? [])
      .filter((name) => !names.includes(name))
      .map((name) => `required names ${name}, which is no property`),
  );
  faults.push(
    ...names
      .filter((name) => !/^[a-z][a-zA-Z0-9]*$/u.test(name))
      .map((name) => `the field name ${name} is not in lower camel case`),
  );
  return faults;
};

const bounded: Check = (node) => {
  if (node.type === "string")
    return node.maxLength === undefined && node.enum === undefined ? ["maxLength is missing"] : [];
  if (node.type === "array") return node.maxItems === undefined ? ["maxItems is missing"] : [];
  if (node.type === "integer" || node.type === "number") {
    return node.minimum === undefined || node.maximum === undefined ? ["minimum or maximum is missing"] : [];
  }
  const isOpen = node.additionalProperties !== undefined || node["x-kubernetes-preserve-unknown-fields"] === true;
  return isOpen && node.maxProperties === undefined ? ["maxProperties is missing"] : [];
};

const integerFormat: Check = (node) => {
  if (node.type !== "integer") return [];
  return node.format === "int32" || node.format === "int64" ? [] : ["the format int32 or int64 is missing"];
};

const listSemantics: Check = (node) => {
  if (node.type !== "array") return [];
  if (node.items === undefined) return ["items is missing"];
  const kind = node["x-kubernetes-list-type"];
  if (kind === undefined) return ["x-kubernetes-list-type is missing"];
  if (kind === "map") return listKeyFaults(node["x-kubernetes-list-map-keys"] ?? [], node.items);
  const isScalar = node.items.type !== "object" && node.items.type !== "array";
  return kind === "atomic" || isScalar ? [] : ["a set holds texts and numbers only"];
};

function listKeyFaults(keys: readonly string[], item: StructuralSchema): readonly string[] {
  const isSure = (key: string) =>
    item.required?.includes(key) === true || item.properties?.[key]?.default !== undefined;
  const unsure = keys.filter((key) => !isSure(key));
  return [
    ...(keys.length === 0 ? ["x-kubernetes-list-map-keys is missing"] : []),
    ...unsure.map((key) => `the list key ${key} is neither required nor defaulted`),
  ];
}

const soundDefault: Check = (node, place) => {
  if (node.default === undefined) return [];
  const misplaced = place.isInListItem
    ? ["a default stands inside a list item, which GitOps tools take for drift"]
    : [];
  return [...misplaced, ...valueFaults(node.default, node).map((fault) => `the default is not valid: ${fault}`)];
};

const soundPatterns: Check = (node) => {
  const literals = (node["x-kubernetes-validations"] ?? []).flatMap(({ rule }) =>
    [...rule.matchAll(/\.matches\(("(?:[^"\\]|\\.)*")\)/gu)].map((match) => String(JSON.parse(match[1] ?? '""'))),
  );
  return [...(node.pattern === undefined ? [] : [node.pattern]), ...literals].flatMap(patternFaults);
};

const soundRules: Check = (node, place) =>
  (node["x-kubernetes-validations"] ?? []).flatMap(({ rule, message, fieldPath }) => {
    const faults: string[] = [];
    if (!/\bself\b|\boldSelf\b/u.test(rule)) faults.push("looks at nothing");
    if (message.trim() === "" || message.includes("\n") || message.endsWith("."))
      faults.push("has no one-line message");
    if (fieldPath !== undefined && !reaches(node, fieldPath))
      faults.push(`reports on ${fieldPath}, which does not exist`);
    if (place.hasNoOldSelf && /\boldSelf\b/u.test(rule))
      faults.push("uses oldSelf, which has no meaning inside a list without keys");
    return faults.map((fault) => `the rule ${JSON.stringify(rule)} ${fault}`);
  });

function reaches(node: StructuralSchema, fieldPath: string): boolean {
  let reached: StructuralSchema | undefined = node;
  for (const name of fieldPath.slice(1).split(".")) reached = reached?.properties?.[name];
  return fieldPath.startsWith(".") && reached !== undefined;
}

function isSchema(value: unknown): value is StructuralSchema {
  return typeof value === "object" && value !== null;
}

const checks: readonly Check[] = [
  onlyAllowedKeywords,
  oneType,
  describedFields,
  objectShape,
  bounded,
  integerFormat,
  listSemantics,
  soundDefault,
  soundPatterns,
  soundRules,
];
