import type { AcceptedCreation } from "./accepted-creations.ts";
import type { Change } from "./changes.ts";
import { type RefusedCreation, refused } from "./refused-creation.ts";

const uri = { postgresSecretRef: { name: "pg", key: "uri" } };
const place = { host: "db", database: "files", user: "dittofs", passwordSecretRef: { name: "pg", key: "password" } };
const without = (field: keyof typeof place) =>
  Object.fromEntries(Object.entries(place).filter(([name]) => name !== field));

const inPostgres = (name: string, more: object = {}, postgres: object = {}) => ({
  name,
  type: "postgres",
  postgres: { secretRef: { name: "pg", key: "uri" }, database: name, ...postgres },
  ...more,
});
const stores = (...metadata: readonly object[]) => ({ stores: { metadata } });

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
  {
    because: "as many metadata stores in PostgreSQL as the list takes, each in a database of its own",
    spec: stores(
      ...Array.from({ length: 16 }, (_, at) => inPostgres(`store-${at}`, {}, { sslMode: "verify-full", maxConns: 3 })),
    ),
  },
  {
    because: "databases of one name on servers of different Secrets",
    spec: stores(
      inPostgres("a", {}, { database: "files" }),
      inPostgres("b", {}, { database: "files", secretRef: { name: "other", key: "uri" } }),
    ),
  },
];

export const wrongDatabases: readonly RefusedCreation[] = [
  refused(
    "PostgreSQL without a place",
    { database: { type: "postgres" } },
    "spec.database.type",
    "set database.postgresSecretRef, database.postgres or percona.enabled",
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
    "a metadata store in PostgreSQL that does not say where",
    stores({ name: "a", type: "postgres" }),
    "spec.stores.metadata[0].postgres",
    "postgres must be given for the type postgres",
  ),
  refused(
    "a metadata store in memory that says where in PostgreSQL",
    stores(inPostgres("a", { type: "memory" })),
    "spec.stores.metadata[0].postgres",
    "and for no other",
  ),
  refused(
    "two metadata stores in one database",
    stores(inPostgres("a"), inPostgres("b", {}, { database: "a" })),
    "spec.stores.metadata",
    "two stores in one database would be one store",
  ),
  refused(
    "a metadata store with fewer connections than it keeps",
    stores(inPostgres("a", {}, { maxConns: 2 })),
    "spec.stores.metadata[0].postgres.maxConns",
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
    because: "a metadata store moves to another database",
    before: stores(inPostgres("a")),
    after: stores(inPostgres("a", {}, { database: "b" })),
    says: ["spec.stores.metadata[0].postgres.database", "cannot be changed after creation"],
  },
  {
    because: "a metadata store gets another user and protection",
    before: stores(inPostgres("a")),
    after: stores(inPostgres("a", {}, { sslMode: "verify-full", secretRef: { name: "other", key: "uri" } })),
  },
  {
    because: "a reference becomes a place spelled out",
    before: { database: uri },
    after: { database: { postgres: place } },
  },
];
