import { createHash } from "node:crypto";
import type { SecretValueSeen } from "../world.ts";
import type { VariableOf } from "./database-variables.ts";

export type PostgresKeys =
  | {
      readonly kind: "keys";
      /** By part of the place, the key of the Secret that holds it. */
      readonly keys: Readonly<Partial<Record<VariableOf, string>>>;
      /** What they hold; the password is not among it. */
      readonly values: Readonly<Partial<Record<VariableOf, string>>>;
      readonly passwordDigest: string;
      readonly digest: string;
    }
  | { readonly kind: "missing"; readonly keys: readonly string[] }
  | { readonly kind: "wrong"; readonly key: string; readonly problem: string };

const sslModes = ["disable", "require", "verify-ca", "verify-full"];
const needed = ["host", "database", "user", "password"];

/** The keys of a Secret that says where a database is, as the Go operator and Percona write them. */
export function postgresKeys(values: ReadonlyMap<string, SecretValueSeen>): PostgresKeys {
  const database = values.has("database") ? "database" : "dbname";
  const keyOf = {
    host: "host",
    port: "port",
    database,
    user: "user",
    password: "password",
    sslmode: "sslmode",
  } as const;
  const present = Object.entries(keyOf).filter(([, key]) => isFilled(values.get(key)));
  const lacking = needed.filter((part) => present.every(([each]) => each !== part));
  if (lacking.length > 0) return { kind: "missing", keys: lacking };
  for (const [, key] of present) {
    const problem = problemOf(key, values.get(key));
    if (problem !== undefined) return { kind: "wrong", key, problem };
  }
  const digests = present.map(([part, key]) => `${part} ${values.get(key)?.digest ?? ""}`);
  return {
    kind: "keys",
    keys: Object.fromEntries(present),
    values: Object.fromEntries(present.flatMap(([part, key]) => lineOf(part, values.get(key)))),
    passwordDigest: values.get("password")?.digest ?? "",
    digest: createHash("sha256").update(digests.join("\n")).digest("hex"),
  };
}

function lineOf(part: string, value: SecretValueSeen | undefined): readonly (readonly [string, string])[] {
  return value?.form?.kind === "line" ? [[part, value.form.text]] : [];
}

/** An empty variable counts as absent for the process. */
function isFilled(value: SecretValueSeen | undefined): boolean {
  return value !== undefined && value.lengthBytes > 0;
}

function problemOf(key: string, value: SecretValueSeen | undefined): string | undefined {
  if (key === "password") return undefined;
  if (value?.form?.kind !== "line") return "must be one line of at most 253 characters";
  const { text } = value.form;
  if (key === "port" && !(/^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535))
    return "must be a port, 1 to 65535";
  if (key === "sslmode" && !sslModes.includes(text)) return `must be one of ${sslModes.join(", ")}`;
  return undefined;
}
