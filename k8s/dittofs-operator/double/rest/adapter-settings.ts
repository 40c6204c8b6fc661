import type { DittofsServer } from "../dittofs-server.ts";
import { type Answer, badRequest, json, notFound, Refusal } from "../http/answer.ts";
import { fields, type Shape } from "../http/body.ts";
import { type Call, param } from "../http/call.ts";
import { type AdapterSetting, adapterSettings, defaultSettings } from "../state/adapter-settings.ts";
import { operations } from "../state/operations.ts";
import type { AdapterSettingsRow } from "../state/rows.ts";

type Values = Readonly<Record<string, unknown>>;

export function getSettings(call: Call): Answer {
  const row = settingsRow(call);
  return json({ ...row.values, version: row.version });
}

export function getDefaults(call: Call): Answer {
  const type = param(call, "adapter");
  if (adapterSettings(type).length === 0) throw badRequest(`Unsupported adapter type: ${type}`);
  const ranges = adapterSettings(type).filter(({ least, oneOf }) => least !== undefined || oneOf !== undefined);
  return json({
    defaults: { ...defaultSettings(type), version: 1 },
    ranges: Object.fromEntries(ranges.map((setting) => [setting.name, rangeOf(setting)])),
  });
}

function rangeOf({ least, most, oneOf }: AdapterSetting): unknown {
  return oneOf === undefined ? { min: least, max: most } : { values: oneOf };
}

/** What the body leaves out becomes zero, false or empty. */
export function replaceSettings(call: Call): Answer {
  const row = settingsRow(call);
  const zeros = Object.fromEntries(adapterSettings(row.type).map(({ name, value }) => [name, zeroOf(value)]));
  return change(call, row, { ...zeros, ...fields(call, shape(row.type)) });
}

export function patchSettings(call: Call): Answer {
  const row = settingsRow(call);
  return change(call, row, { ...row.values, ...fields(call, shape(row.type)) });
}

export function resetSettings(call: Call): Answer {
  const row = settingsRow(call);
  const name = call.query.get("setting");
  if (!name) return store(call.server, row, defaultSettings(row.type));
  const setting = adapterSettings(row.type).find((known) => known.name === name);
  if (setting === undefined || setting.cannotReset === true)
    throw badRequest(`Unknown ${row.type.toUpperCase()} setting: ${name}`);
  return store(call.server, row, { ...row.values, [name]: setting.value });
}

function settingsRow(call: Call): AdapterSettingsRow {
  const { adapters, adapterSettings: rows } = call.server.database;
  const adapter = adapters.find(({ type }) => type === param(call, "adapter"));
  if (adapter === undefined) throw notFound("Adapter not found");
  const row = rows.find(({ type }) => type === adapter.type);
  if (row !== undefined) return row;
  const added = { type: adapter.type, values: defaultSettings(adapter.type), version: 1 };
  rows.push(added);
  return added;
}

function shape(type: string): Shape {
  return Object.fromEntries(adapterSettings(type).map(({ name, value }) => [name, typeOf(value)]));
}

function typeOf(value: AdapterSetting["value"]): Shape[string] {
  if (typeof value === "number") return "integer";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "string" : "strings";
}

function zeroOf(value: AdapterSetting["value"]): AdapterSetting["value"] {
  if (typeof value === "number") return 0;
  if (typeof value === "boolean") return false;
  return typeof value === "string" ? "" : [];
}

function change(call: Call, row: AdapterSettingsRow, wanted: Values): Answer {
  const errors = settingErrors(row.type, wanted);
  if (Object.keys(errors).length > 0 && call.query.get("force") !== "true")
    throw new Refusal({
      kind: "problem",
      status: 422,
      title: "Validation Failed",
      detail: "One or more settings are outside valid range",
      errors,
    });
  if (call.query.get("dry_run") === "true") return json({ ...wanted, version: row.version });
  return store(call.server, row, wanted);
}

/** Answers what was kept, which is not all that was sent. */
function store({ database }: DittofsServer, row: AdapterSettingsRow, wanted: Values): Answer {
  const forgotten = adapterSettings(row.type).filter(({ isForgotten }) => isForgotten === true);
  row.values = { ...wanted, ...Object.fromEntries(forgotten.map(({ name, value }) => [name, value])) };
  row.version += 1;
  database.save();
  return json({ ...row.values, version: row.version });
}

function settingErrors(type: string, wanted: Values): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const setting of adapterSettings(type)) {
    const problem = settingProblem(type, setting, wanted[setting.name]);
    if (problem !== undefined) errors[setting.name] = problem;
  }
  if (Number(wanted.v4_min_minor_version) > Number(wanted.v4_max_minor_version))
    errors.v4_min_minor_version = "must be <= v4_max_minor_version";
  return errors;
}

function settingProblem(type: string, setting: AdapterSetting, value: unknown): string | undefined {
  const { least, most, oneOf, mayBeEmpty } = setting;
  if (oneOf !== undefined && !oneOf.includes(String(value)) && !(mayBeEmpty === true && value === ""))
    return `must be ${mayBeEmpty === true ? "empty (inherit) or " : ""}one of: [${oneOf.join(" ")}]`;
  if (typeof value === "number" && least !== undefined && most !== undefined && (value < least || value > most))
    return `must be between ${least} and ${most}`;
  const names: readonly unknown[] = Array.isArray(value) ? value : [];
  const unknown = names.filter((name) => typeof name === "string").find((name) => operations[type]?.has(name) !== true);
  return unknown === undefined ? undefined : `unknown ${type.toUpperCase()} operation: ${unknown}`;
}
