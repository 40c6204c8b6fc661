import type { AcceptedCreation } from "./accepted-creations.ts";
import type { Change } from "./changes.ts";
import { type RefusedCreation, refused } from "./refused-creation.ts";

const uri = { postgresSecretRef: { name: "pg", key: "uri" } };
const place = { host: "db", database: "files", user: "dittofs", passwordSecretRef: { name: "pg", key: "password" } };
const without = (field: keyof typeof place) =>
  Object.fromEntries(Object.entries(place).filter(([name]) => name !== field));

export const acceptedDatabases: readonly AcceptedCreation[] = [
  { because: "a PostgreSQL database by reference", spec: { database: uri } },
  {
    because: "what the Go operator stored with a reference: a type that it filled in",
    spec: {
      database: { type: "sqlite", sqlite: { path: "/data/controlplane/controlplane.db" }, ...uri },
      storage: { metadataSize: "1Gi", controlPlaneSize: "1Gi" },
    },
  },
  {
    because: "a PostgreSQL database spelled out, at the bounds",
    spec: {
      database: {
        type: "postgres",
        postgres: {
          ...place,
          host: "fd00::1",
          port: 65_535,
          sslMode: "verify-full",
          caSecretRef: { name: "ca", key: "ca.crt" },
          maxOpenConns: 10_000,
          maxIdleConns: 1,
        },
      },
    },
  },
  {
    because: "a reference with what it leaves open",
    spec: { database: { ...uri, postgres: { sslMode: "require", maxOpenConns: 5 } } },
  },
];

export const wrongDatabases: readonly RefusedCreation[] = [
  refused(
    "PostgreSQL without a place",
    { database: { type: "postgres" } },
    "spec.database.type",
    "set database.postgresSecretRef or database.postgres",
  ),
  refused(
    "a place in PostgreSQL for SQLite",
    { database: { type: "sqlite", postgres: place } },
    "spec.database.type",
    "remove one of the two",
  ),
  ...(["host", "database", "user", "passwordSecretRef"] as const).map((field) =>
    refused(
      `a place without ${field}`,
      { database: { postgres: without(field) } },
      "spec.database.postgres",
      "database.postgres needs host, database, user and passwordSecretRef",
    ),
  ),
  refused(
    "a place in two ways",
    { database: { ...uri, postgres: { host: "db" } } },
    "spec.database.postgres",
    "come from database.postgresSecretRef: remove them here",
  ),
  refused(
    "a reference without a key",
    { database: { postgresSecretRef: { name: "pg" } } },
    "spec.database.postgresSecretRef.key",
  ),
  refused(
    "a mode of libpq that DittoFS does not know",
    { database: { postgres: { ...place, sslMode: "prefer" } } },
    "spec.database.postgres.sslMode",
    '"verify-full"',
  ),
  refused(
    "a host with a scheme",
    { database: { postgres: { ...place, host: "tcp://db" } } },
    "spec.database.postgres.host",
    "must be a host name or an address",
  ),
  refused(
    "a database with a quote in its name",
    { database: { postgres: { ...place, database: 'a"b' } } },
    "spec.database.postgres.database",
    "must be letters, digits",
  ),
];

const kept = { sqlite: { persistent: true } };

export const databaseChanges: readonly Change[] = [
  {
    because: "SQLite becomes PostgreSQL",
    before: { database: kept },
    after: { database: uri },
    says: ["spec.database", "cannot move between SQLite and PostgreSQL"],
  },
  {
    because: "PostgreSQL becomes SQLite",
    before: { database: uri },
    after: {},
    says: ["spec.database", "cannot move between SQLite and PostgreSQL"],
  },
  {
    because: "a database that forgets anyway becomes PostgreSQL",
    before: { database: { sqlite: { persistent: false } } },
    after: { database: { ...uri, sqlite: { persistent: false } } },
  },
  {
    because: "a reference becomes a place spelled out",
    before: { database: uri },
    after: { database: { postgres: place } },
  },
];
