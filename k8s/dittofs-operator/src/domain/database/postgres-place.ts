import type { Reason } from "../../api/conditions.ts";
import type { SecretReference } from "../secrets/mounted-secrets.ts";
import type { PostgresUri, SecretSeen, SecretValueSeen } from "../world.ts";
import { type PostgresKeys, postgresKeys } from "./postgres-keys.ts";

/** What a Secret says of where a database is. */
export type PostgresPlace =
  | { readonly kind: "uri"; readonly place: PostgresUri; readonly digest: string }
  | Extract<PostgresKeys, { kind: "keys" }>
  | { readonly kind: "unusable"; readonly reason: Reason; readonly message: string };

/** Either a URI under the key that is named, or the parts under keys of their own. */
export function postgresPlace({ name, key }: SecretReference, seen: ReadonlyMap<string, SecretSeen>): PostgresPlace {
  const secret = seen.get(name) ?? { kind: "absent" };
  if (secret.kind === "absent")
    return unusable("SecretNotFound", `Secret ${name} does not exist. Create it, with a postgresql:// URI as ${key}.`);
  if (secret.kind === "unreadable")
    return unusable("SecretNotFound", `Secret ${name} cannot be read: ${secret.message}`);
  const uri = secret.keys.get(key);
  if (uri?.form?.kind !== "postgresUri") return byKeys({ name, key }, secret.keys);
  const { place } = uri.form;
  if ("problem" in place) return unusable("SecretInvalid", `The URI ${key} of Secret ${name} ${place.problem}.`);
  return { kind: "uri", place, digest: uri.digest };
}

function byKeys({ name, key }: SecretReference, values: ReadonlyMap<string, SecretValueSeen>): PostgresPlace {
  const read = postgresKeys(values);
  if (read.kind === "missing")
    return unusable(
      "SecretKeyMissing",
      `Secret ${name} has no postgresql:// URI as ${key}, and of the keys host, database (or dbname), user and password it lacks ${read.keys.join(", ")}. Add one or the other.`,
    );
  return read.kind === "wrong" ? unusable("SecretInvalid", `${read.key} of Secret ${name} ${read.problem}.`) : read;
}

function unusable(reason: Reason, message: string): PostgresPlace {
  return { kind: "unusable", reason, message };
}
