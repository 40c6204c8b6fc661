import type { DittoServer } from "../../api/ditto-server.ts";
import type { Finding } from "../finding.ts";
import type { SecretSeen } from "../world.ts";
import { type MountedSecret, mountedSecrets, type SecretReference } from "./mounted-secrets.ts";

/** What keeps the Secrets that the spec names from being used. Generated ones are usable by construction. */
export function secretFindings(server: DittoServer, seen: ReadonlyMap<string, SecretSeen>): readonly Finding[] {
  return mountedSecrets.flatMap((row) => {
    const reference = row.reference(server);
    if (reference === undefined || row.isAwaited?.(server) === true) return [];
    const value = usableValue(row, reference, seen.get(reference.name));
    return value.kind === "unusable" ? [value.finding] : [];
  });
}

type UsableValue =
  | { readonly kind: "usable"; readonly digest: string }
  | { readonly kind: "unusable"; readonly finding: Finding };

/** The value of a Secret that the spec names, or why a process could not use it. */
export function usableValue(
  { field, problem }: Pick<MountedSecret, "field" | "problem">,
  { name, key }: SecretReference,
  seen: SecretSeen | undefined,
): UsableValue {
  const unusable = (reason: Finding["reason"], what: string): UsableValue => ({
    kind: "unusable",
    finding: {
      condition: "ConfigReady",
      reason,
      message: `${field}: ${what} A pod that runs is left alone meanwhile.`,
    },
  });
  if (seen === undefined || seen.kind === "absent") {
    return unusable("SecretNotFound", `Secret ${name} does not exist. Create it with the key ${key}.`);
  }
  if (seen.kind === "unreadable") {
    return unusable("SecretNotFound", `Secret ${name} cannot be read: ${seen.message}`);
  }
  const value = seen.keys.get(key);
  if (value === undefined) return unusable("SecretKeyMissing", `Secret ${name} has no key ${key}. Add it.`);
  const found = problem(value, seen.keys);
  if (found !== undefined) return unusable("SecretInvalid", `${key} of Secret ${name} ${found}.`);
  return { kind: "usable", digest: value.digest };
}
