import type { EnvVar } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { databaseCertificates, type SecretReference } from "../secrets/mounted-secrets.ts";

/** What the process is told of its database, by the keys of the Secrets that hold it. */
const variables = {
  host: "DITTOFS_DATABASE_POSTGRES_HOST",
  port: "DITTOFS_DATABASE_POSTGRES_PORT",
  database: "DITTOFS_DATABASE_POSTGRES_DATABASE",
  user: "DITTOFS_DATABASE_POSTGRES_USER",
  password: "DITTOFS_DATABASE_POSTGRES_PASSWORD",
  sslmode: "DITTOFS_DATABASE_POSTGRES_SSLMODE",
} as const;

export type VariableOf = keyof typeof variables;

export function fromSecret(part: VariableOf, source: SecretReference): EnvVar {
  return { name: variables[part], valueFrom: { secretKeyRef: { ...source } } };
}

export function fromValue(part: VariableOf, value: string): EnvVar {
  return { name: variables[part], value };
}

type PostgresStore = NonNullable<
  NonNullable<NonNullable<DittoServer["spec"]["stores"]>["metadata"]>[number]["postgres"]
>;

function storeSslMode({ sslMode, percona }: PostgresStore, { spec }: DittoServer): string {
  return sslMode ?? (percona === true ? (spec.percona?.sslMode ?? "verify-full") : "");
}

/** Where the process finds the authorities that it trusts, when the spec names them. */
export function rootCertificates(server: DittoServer): readonly EnvVar[] {
  if (databaseCertificates.reference(server) === undefined) return [];
  const { directory, fileName } = databaseCertificates.delivery;
  const value = `${directory}/${fileName}`;
  // A store knows no file of its own for them. With this one `require` would check the authority too, of every store.
  const areAllChecked = (server.spec.stores?.metadata ?? []).every(
    ({ postgres }) => postgres === undefined || storeSslMode(postgres, server).startsWith("verify-"),
  );
  return [
    { name: "DITTOFS_DATABASE_POSTGRES_SSL_ROOT_CERT", value },
    ...(areAllChecked ? [{ name: "PGSSLROOTCERT", value }] : []),
  ];
}
