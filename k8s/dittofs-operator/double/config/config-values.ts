import { StartError } from "../start-error.ts";
import { type ConfigKey, configKeys } from "./config-keys.ts";
import { checkConfigRules } from "./config-rules.ts";
import { type ConfigValue, configValue, textOf } from "./config-value.ts";
import { durationText } from "./duration.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigValues {
  readonly values: ReadonlyMap<string, ConfigValue>;
  /** Keys of the file that the server does not know and ignores, sorted. */
  readonly unknownKeys: readonly string[];
}

/** All keys with their values: environment over file over default, each checked. Throws StartError naming the key. */
export function configValues(file: unknown, environment: Environment): ConfigValues {
  const found = new Map<string, unknown>();
  const unknownKeys: string[] = [];
  if (file !== undefined && file !== null) {
    if (!isRecord(file)) throw new StartError("failed to load configuration: the file is not a map of keys");
    collect(file, "", found, unknownKeys);
  }
  for (const key of Object.keys(configKeys)) {
    const value = environmentValue(key, environment);
    if (value !== undefined) found.set(key, value);
  }
  return { values: checkedValues(found), unknownKeys: unknownKeys.toSorted() };
}

function collect(
  node: Readonly<Record<string, unknown>>,
  prefix: string,
  found: Map<string, unknown>,
  unknownKeys: string[],
): void {
  for (const [name, value] of Object.entries(node)) {
    const key = `${prefix}${name.toLowerCase()}`;
    if (Object.hasOwn(configKeys, key)) {
      if (value !== null) found.set(key, value);
    } else if (isSection(key)) {
      if (isRecord(value)) collect(value, `${key}.`, found, unknownKeys);
      else if (value !== null) throw new StartError(`failed to load configuration: '${key}' expected a map of keys`);
    } else {
      unknownKeys.push(key);
    }
  }
}

function isSection(key: string): boolean {
  return Object.keys(configKeys).some((known) => known.startsWith(`${key}.`));
}

const secretVariables = ["DITTOFS_CONTROLPLANE_SECRET", "DITTOFS_CONTROLPLANE_JWT_SECRET"];

function environmentValue(key: string, environment: Environment): string | undefined {
  const variables =
    key === "controlplane.jwt.secret" ? secretVariables : [`DITTOFS_${key.toUpperCase().replaceAll(".", "_")}`];
  return variables.map((name) => environment[name]).find((value) => value !== undefined && value !== "");
}

function checkedValues(found: ReadonlyMap<string, unknown>): Map<string, ConfigValue> {
  const values = new Map<string, ConfigValue>();
  const problems: string[] = [];
  for (const [name, key] of Object.entries(configKeys)) {
    const raw = found.get(name);
    const read = raw === undefined ? undefined : configValue(key, raw);
    if (read?.ok === false) problems.push(`'${name}' ${read.problem}`);
    const value = withDefault(key, read?.ok === true ? read.value : undefined);
    if (value !== undefined) values.set(name, value);
  }
  if (problems.length > 0) throw new StartError(`failed to load configuration: ${problems.join("; ")}`);
  // The level is the one word whose case does not matter.
  values.set("logging.level", textOf(values.get("logging.level")).toUpperCase());
  for (const [name, value] of values) checkBounds(name, value);
  checkConfigRules(values);
  return values;
}

function withDefault(key: ConfigKey, value: ConfigValue | undefined): ConfigValue | undefined {
  if (key.orLess === true && typeof value === "number" && value < 0) return key.default;
  return value === undefined || value === "" || value === 0 ? (key.default ?? value) : value;
}

function checkBounds(name: string, value: ConfigValue): void {
  const { oneOf, least, most, type } = configKeys[name] ?? {};
  const fail = (detail: string): never => {
    throw new StartError(`configuration validation failed: ${name} is ${detail}`);
  };
  if (oneOf !== undefined && !oneOf.includes(textOf(value)))
    fail(`'${textOf(value)}', allowed are ${oneOf.join(", ")}`);
  if (typeof value !== "number") return;
  const shown = type === "duration" ? durationText(value) : value;
  if (least !== undefined && value < least) fail(`${shown}, the least is ${least}`);
  if (most !== undefined && value > most) fail(`${shown}, the most is ${most}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
