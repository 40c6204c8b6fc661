import type { Finding } from "../finding.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import { perconaFinding } from "../percona/percona-finding.ts";
import { databaseCertificates, databasePassword } from "../secrets/mounted-secrets.ts";
import { usableValue } from "../secrets/secret-findings.ts";
import type { World } from "../world.ts";
import type { ControlPlaneDatabase } from "./control-plane-database.ts";

/** What the database adds to the rollout digest; undefined while a new process could not be told where it is. */
export function databaseDigest(database: ControlPlaneDatabase): ReadonlyMap<string, string | undefined> {
  if (database.kind === "sqlite") return new Map();
  return new Map([["database", database.kind === "unusable" ? undefined : database.digest]]);
}

/** Why the database cannot be used; that a Secret is missing stands in ConfigReady too, where all Secrets are told of. */
export function databaseFindings(world: World, database: ControlPlaneDatabase): readonly Finding[] {
  const { server, secrets } = world;
  if (database.kind === "unusable" && database.reason === "DatabaseTaken")
    return [{ condition: "DatabaseReady", reason: database.reason, message: database.message }];
  // Its Secrets are Percona's: a user is told of them only where there is something to do.
  if (perconaNames(server) !== undefined)
    return database.kind === "unusable" ? [perconaFinding(world, database.message)] : certificates(world);
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

function certificates({ server, secrets }: World): readonly Finding[] {
  const reference = databaseCertificates.reference(server);
  if (reference === undefined) return [];
  const value = usableValue(databaseCertificates, reference, secrets.get(reference.name));
  return value.kind === "unusable" ? [missing(value.finding.message)] : [];
}

function missing(message: string): Finding {
  return { condition: "DatabaseReady", reason: "CredentialsMissing", message };
}
