import type { Finding } from "../finding.ts";
import { databaseCertificates, databasePassword } from "../mounted-secrets.ts";
import { usableValue } from "../secret-findings.ts";
import type { World } from "../world.ts";
import type { ControlPlaneDatabase } from "./control-plane-database.ts";

/** What the database adds to the rollout digest; undefined while a new process could not be told where it is. */
export function databaseDigest(database: ControlPlaneDatabase): ReadonlyMap<string, string | undefined> {
  if (database.kind === "sqlite") return new Map();
  return new Map([["database", database.kind === "unusable" ? undefined : database.digest]]);
}

/** Why the database cannot be used; that a Secret is missing stands in ConfigReady too, where all Secrets are told of. */
export function databaseFindings(
  { server, secrets }: Pick<World, "server" | "secrets">,
  database: ControlPlaneDatabase,
): readonly Finding[] {
  if (database.kind === "unusable") {
    const { reason, message } = database;
    return [{ condition: "ConfigReady", reason, message }, missing(message)];
  }
  return [databasePassword, databaseCertificates].flatMap((row) => {
    const reference = row.reference(server);
    if (reference === undefined) return [];
    const value = usableValue(row, reference, secrets.get(reference.name));
    return value.kind === "unusable" ? [missing(value.finding.message)] : [];
  });
}

function missing(message: string): Finding {
  return { condition: "DatabaseReady", reason: "CredentialsMissing", message };
}
