import type { EnvVar, Secret } from "kubernetes-types/core/v1";
import type { Reason } from "../../api/conditions.ts";
import type { DittoServer } from "../../api/ditto-server.ts";
import { childMeta } from "../children/child-meta.ts";
import { postgresConnectionName } from "../names.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import type { SecretReference } from "../secrets/mounted-secrets.ts";
import type { Wanted } from "../wanted-child.ts";
import type { PostgresUri, SecretSeen } from "../world.ts";
import { type DatabaseClaims, noDatabaseClaims } from "./database-claims.ts";
import { fromSecret, fromValue, rootCertificates, type VariableOf } from "./database-variables.ts";
import { type PostgresPlace, postgresPlace } from "./postgres-place.ts";
import { usesPostgres } from "./uses-postgres.ts";

/** Where the server keeps its control plane, and how its process is told. */
export type ControlPlaneDatabase =
  | { readonly kind: "sqlite" }
  | {
      readonly kind: "postgres";
      /** Beside what the table of mounted Secrets gives the process. */
      readonly environment: readonly EnvVar[];
      /** Of the values in Secrets that this environment takes. */
      readonly digest: string;
      /** The parts of a URI, which the process cannot read: copied, so that they stand in Secrets only. */
      readonly copy?: Wanted<"Secret", Secret>;
    }
  | { readonly kind: "unusable"; readonly reason: Reason; readonly message: string };

export function controlPlaneDatabase(
  server: DittoServer,
  seen: ReadonlyMap<string, SecretSeen>,
  claims: DatabaseClaims = noDatabaseClaims,
): ControlPlaneDatabase {
  if (!usesPostgres(server)) return { kind: "sqlite" };
  if (claims.controlPlane !== undefined)
    return { kind: "unusable", reason: "DatabaseTaken", message: claims.controlPlane };
  const names = perconaNames(server);
  const reference =
    names === undefined ? server.spec.database.postgresSecretRef : { name: names.userSecret, key: "uri" };
  if (reference === undefined) return spelledOut(server);
  if (names !== undefined) return inPercona(server, reference, seen);
  const found = postgresPlace(reference, seen);
  switch (found.kind) {
    case "uri":
      return byUri(server, reference, found);
    case "keys":
      return byKeys(server, reference, found);
    case "unusable": {
      const message = `spec.database.postgresSecretRef: ${found.message} A pod that runs is left alone meanwhile.`;
      return { ...found, message };
    }
    default:
      return found satisfies never;
  }
}

function spelledOut(server: DittoServer): ControlPlaneDatabase {
  const { host = "", port, database = "", user = "", sslMode, caSecretRef } = server.spec.database.postgres ?? {};
  const environment = [
    fromValue("host", host),
    ...(port === undefined ? [] : [fromValue("port", String(port))]),
    fromValue("database", database),
    fromValue("user", user),
    fromValue("sslmode", sslMode ?? (caSecretRef === undefined ? "require" : "verify-full")),
    ...rootCertificates(server),
  ];
  return { kind: "postgres", environment, digest: "" };
}

/** By its keys, beside which a URI stands that nobody needs: it names the same place, and no protection. */
function inPercona(
  server: DittoServer,
  { name }: SecretReference,
  seen: ReadonlyMap<string, SecretSeen>,
): ControlPlaneDatabase {
  const found = postgresPlace({ name, key: "" }, seen);
  if (found.kind === "unusable") return found;
  if (found.kind === "uri") return spelledOut(server);
  const { sslmode: _, ...keys } = found.keys;
  const environment = [
    { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name, key: "uri" } } },
    ...Object.entries(keys).map(([part, key]) => fromSecret(part as VariableOf, { name, key })), // the type's own keys
    fromValue("sslmode", server.spec.percona?.sslMode ?? "verify-full"),
    ...rootCertificates(server),
  ];
  return { kind: "postgres", environment, digest: found.digest };
}

function byUri(
  server: DittoServer,
  reference: SecretReference,
  { place, digest }: { readonly place: PostgresUri; readonly digest: string },
): ControlPlaneDatabase {
  const { host, port, database, user, password, sslMode = "disable" } = place;
  const name = postgresConnectionName(server);
  const data: Readonly<Record<VariableOf, string>> = {
    host: base64(host),
    port: base64(port),
    database: base64(database),
    user: base64(user),
    password: password.base64(),
    sslmode: base64(sslMode),
  };
  const parts = ["host", "port", "database", "user", "password"] as const;
  const own = server.spec.database.postgres?.sslMode;
  return {
    kind: "postgres",
    environment: [
      { name: "DATABASE_URL", valueFrom: { secretKeyRef: { ...reference } } },
      ...parts.map((part) => fromSecret(part, { name, key: part })),
      own === undefined ? fromSecret("sslmode", { name, key: "sslmode" }) : fromValue("sslmode", own),
      ...rootCertificates(server),
    ],
    digest,
    copy: {
      apiVersion: "v1",
      kind: "Secret",
      metadata: childMeta(server, { name, component: "credentials" }),
      data,
    },
  };
}

function byKeys(
  server: DittoServer,
  { name }: SecretReference,
  { keys, digest }: Extract<PostgresPlace, { kind: "keys" }>,
): ControlPlaneDatabase {
  const { sslMode } = server.spec.database.postgres ?? {};
  const environment = Object.entries(keys)
    .filter(([part]) => part !== "sslmode" || sslMode === undefined)
    .map(([part, key]) => fromSecret(part as VariableOf, { name, key })); // the type's own keys
  const own = sslMode === undefined ? [] : [fromValue("sslmode", sslMode)];
  return { kind: "postgres", environment: [...environment, ...own, ...rootCertificates(server)], digest };
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
