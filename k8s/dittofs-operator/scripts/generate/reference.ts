import { conditionTypes, reasons } from "../../src/api/conditions.ts";
import { changeEffects, fieldEffect } from "../../src/api/field-effects.ts";
import {
  API_VERSION,
  FINALIZER,
  KIND,
  RESTARTED_AT_ANNOTATION,
  ROTATE_ANNOTATION,
  ROTATED_ANNOTATION,
  SHORT_NAMES,
} from "../../src/api/group.ts";
import { customResourceDefinition } from "./crd.ts";
import { specLeaves } from "./spec-leaves.ts";
import type { StructuralSchema } from "./structural-schema.ts";

const { properties, "x-kubernetes-validations": nameRules } =
  customResourceDefinition.spec.versions[0].schema.openAPIV3Schema;

/** The reference of the custom resource, in Markdown. */
export function reference(): string {
  return [
    `# ${KIND}, ${API_VERSION}`,
    "",
    `Short names: ${SHORT_NAMES.map(code).join(", ")}. Unknown fields are refused. A field without a default may be left out unless it is marked as required.`,
    "",
    "## spec",
    "",
    "What a change of a field does to a server that runs:",
    "",
    ...table(["a change", "meaning"], namedSentences(changeEffects)),
    ...table(["field", "type", "default", "a change", "meaning"], specRows()),
    "## Refused at admission",
    "",
    "The API server refuses a manifest when one of these does not hold. Its answer names the field and gives the sentence below.",
    "",
    ...table(
      ["where", "what it says"],
      [...ruleRows({ "x-kubernetes-validations": nameRules }, ""), ...ruleRows(properties.spec, "spec")],
    ),
    "## status",
    "",
    ...table(
      ["field", "type", "meaning"],
      fieldRows(properties.status, "").map(([field = "", type = "", , meaning = ""]) => [field, type, meaning]),
    ),
    "## Conditions",
    "",
    ...table(["condition", "True means"], namedSentences(conditionTypes)),
    "## Reasons",
    "",
    ...table(["reason", "meaning and remedy"], namedSentences(reasons)),
    "## Annotations and finalizer",
    "",
    ...table(
      ["name", "meaning"],
      [
        [code(RESTARTED_AT_ANNOTATION), "Set by users: each new value restarts the file server once."],
        [
          code(ROTATE_ANNOTATION),
          "Set by users: each new value renews the generated passwords and the signing secret once; the file server restarts once.",
        ],
        [code(ROTATED_ANNOTATION), "Set by the operator on a generated Secret: what it was renewed for last."],
        [code(FINALIZER), "Set by the operator: holds the object until its deletion policy is carried out."],
      ],
    ),
  ].join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

function namedSentences(sentences: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  return Object.entries(sentences).map(([name, sentence]) => [code(name), sentence]);
}

/** What a change does is told once for each field that has no fields of its own. */
function specRows(): readonly (readonly string[])[] {
  const changes = new Map(specLeaves().map(({ path }) => [code(path), changeText(path)]));
  return fieldRows(properties.spec, "").map(([field = "", type = "", initial = "", meaning = ""]) => [
    field,
    type,
    initial,
    changes.get(field) ?? "",
    meaning,
  ]);
}

function changeText(path: string): string {
  const { effect, but } = fieldEffect(path) ?? {};
  return [effect, but].filter((part) => part !== undefined).join(". ");
}

/** One row per field, depth first, so that a parent stands above its children. */
function fieldRows(schema: StructuralSchema, path: string): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const fieldPath = path === "" ? name : `${path}.${name}`;
    const isRequired = schema.required?.includes(name) === true;
    const meaning = `${isRequired ? "Required. " : ""}${field.description ?? ""}`;
    return [[code(fieldPath), typeName(field), defaultText(field), meaning], ...childRows(field, fieldPath)];
  });
}

function childRows(field: StructuralSchema, path: string): readonly (readonly string[])[] {
  return field.items === undefined ? fieldRows(field, path) : fieldRows(field.items, `${path}[]`);
}

function typeName(schema: StructuralSchema): string {
  if (schema["x-kubernetes-int-or-string"] === true) return "integer or string";
  if (schema.enum !== undefined) return schema.enum.map(code).join(", ");
  if (schema.items !== undefined) return `list of ${typeName(schema.items)}, at most ${schema.maxItems}`;
  if (schema.additionalProperties !== undefined)
    return `map to ${typeName(schema.additionalProperties)}, at most ${schema.maxProperties}`;
  if (schema.type === "integer" && schema.format === "int32") return `integer, ${schema.minimum} to ${schema.maximum}`;
  return schema.type ?? "anything";
}

function defaultText(schema: StructuralSchema): string {
  const value = schema.default;
  return value === undefined || typeof value === "object" ? "" : code(JSON.stringify(value).replaceAll('"', ""));
}

function ruleRows(schema: StructuralSchema, path: string): readonly (readonly string[])[] {
  const own = (schema["x-kubernetes-validations"] ?? []).map(({ message, fieldPath }) => [
    code(`${path}${fieldPath ?? ""}` || "metadata.name"),
    message,
  ]);
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => ruleRows(field, `${path}.${name}`));
  const items = schema.items === undefined ? [] : ruleRows(schema.items, `${path}[]`);
  const values = schema.additionalProperties === undefined ? [] : ruleRows(schema.additionalProperties, `${path}{}`);
  return [...own, ...fields, ...items, ...values];
}

function code(text: string): string {
  return `\`${text}\``;
}
