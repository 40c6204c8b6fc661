import type { DittoServer } from "../../api/ditto-server.ts";
import { usesPostgres } from "../database/uses-postgres.ts";
import { perconaNames } from "../percona/percona-cluster-names.ts";
import type { SecretValueSeen } from "../world.ts";
import { encryptionPassphrase } from "./encryption-passphrase.ts";
import {
  acceptedBytes,
  type GeneratedKind,
  type GeneratedSecret,
  generatedAdminSecret,
  generatedJwtSecret,
} from "./generated-secrets.ts";
import { identitySecrets } from "./identity-secrets.ts";
import { tlsSecrets } from "./tls-secrets.ts";
import { valueProblems } from "./value-problems.ts";

/** One value in a Secret that the server's process reads: where it stands, what it must be, how the process gets it and when it reads it. */
export type MountedSecret = {
  /** The field that names a Secret of the user's. */
  readonly field: string;
  readonly reference: (server: DittoServer) => SecretReference | undefined;
  /** What stands in when the field is left out. Without it the process gets nothing then. */
  readonly generated?: (server: DittoServer) => GeneratedSecret;
  readonly delivery: Delivery;
  /** What the value would have to be, when the process could not use it; `keys` are all of its Secret. */
  readonly problem: (value: SecretValueSeen, keys: ReadonlyMap<string, SecretValueSeen>) => string | undefined;
  /** Whether another operator makes it: then DatabaseReady tells what it waits for, and not that a Secret is missing. */
  readonly isAwaited?: (server: DittoServer) => boolean;
  /** Whether a running process goes on with the old value once the Secret has changed, until it starts again. */
  readonly needsRestart: (server: DittoServer) => boolean;
};

export type SecretReference = { readonly name: string; readonly key: string };

export type Delivery =
  | { readonly kind: "environment"; readonly variable: string }
  /** All rows of one volume name keys of one Secret. */
  | { readonly kind: "file"; readonly volume: string; readonly directory: string; readonly fileName: string };

/** Signs the tokens of the REST API. */
export const signingSecret = {
  field: "spec.identity.jwt.secretRef",
  reference: ({ spec }) => spec.identity.jwt.secretRef,
  generated: generatedJwtSecret,
  delivery: { kind: "environment", variable: "DITTOFS_CONTROLPLANE_SECRET" },
  problem: lengthProblem("jwt"),
  needsRestart: () => true,
} satisfies MountedSecret;

export const adminPassword = {
  field: "spec.identity.admin.passwordSecretRef",
  reference: ({ spec }) => spec.identity.admin.passwordSecretRef,
  generated: generatedAdminSecret,
  delivery: { kind: "environment", variable: "DITTOFS_ADMIN_INITIAL_PASSWORD" },
  problem: lengthProblem("password"),
  // The server looks at it only while its database has no administrator: a database that lasts needs no restart.
  needsRestart: (server) => !usesPostgres(server) && !server.spec.database.sqlite.persistent,
} satisfies MountedSecret;

export const databasePassword = {
  field: "spec.database.postgres.passwordSecretRef",
  reference: ({ spec }) => spec.database.postgres?.passwordSecretRef,
  delivery: { kind: "environment", variable: "DITTOFS_DATABASE_POSTGRES_PASSWORD" },
  problem: valueProblems.filled,
  needsRestart: () => true,
} satisfies MountedSecret;

/** Whom the process trusts to sign the database's certificate. It reads them once, at its start. */
export const databaseCertificates = {
  field: "spec.database.postgres.caSecretRef",
  reference: (server) => {
    const names = perconaNames(server);
    return names === undefined
      ? server.spec.database.postgres?.caSecretRef
      : { name: names.certificateSecret, key: "ca.crt" };
  },
  isAwaited: (server) => perconaNames(server) !== undefined,
  delivery: { kind: "file", volume: "database-ca", directory: "/database-ca", fileName: "ca.crt" },
  problem: ({ form }) =>
    form?.kind === "pem" && form.certificateKeyDigest !== undefined ? undefined : "must be certificates in PEM",
  needsRestart: () => true,
} satisfies MountedSecret;

export const mountedSecrets: readonly MountedSecret[] = [
  signingSecret,
  adminPassword,
  databasePassword,
  databaseCertificates,
  ...tlsSecrets,
  ...identitySecrets,
  encryptionPassphrase,
];

/** One row for one server, with the Secret and key that its process reads. */
export type SecretSource = MountedSecret & { readonly source: SecretReference };

/** What the server's process reads, from the user's Secrets and the generated ones. */
export function secretSources(server: DittoServer): readonly SecretSource[] {
  return mountedSecrets.flatMap((row) => {
    const source = secretSource(row, server);
    return source === undefined ? [] : [{ ...row, source }];
  });
}

/** The user's Secret or the generated one. A row that always has one of the two always has a source. */
export function secretSource(
  row: MountedSecret & Required<Pick<MountedSecret, "generated">>,
  server: DittoServer,
): SecretReference;
export function secretSource(row: MountedSecret, server: DittoServer): SecretReference | undefined;
export function secretSource(row: MountedSecret, server: DittoServer): SecretReference | undefined {
  const found = row.reference(server) ?? row.generated?.(server);
  return found && { name: found.name, key: found.key };
}

function lengthProblem(kind: GeneratedKind): MountedSecret["problem"] {
  const { min, max } = acceptedBytes[kind];
  const length = Number.isFinite(max) ? `${min} to ${max} bytes` : `at least ${min} bytes`;
  return ({ lengthBytes }) => (lengthBytes >= min && lengthBytes <= max ? undefined : `must have ${length}`);
}
