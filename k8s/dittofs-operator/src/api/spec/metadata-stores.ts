import { bool, int32, listMap, object, oneOf, type Rule, secretKeyRef } from "../schema/vocabulary.ts";
import { databaseName, sslMode } from "./database.ts";
import { otherStore, ownStoreName } from "./store-name.ts";

const rules: readonly Rule[] = [
  {
    rule: 'self.type == "badger" || !has(self.badger)',
    message: "badger is for the type badger only: remove it",
    fieldPath: ".badger",
  },
  {
    rule: '(self.type == "postgres") == has(self.postgres)',
    message: "postgres must be given for the type postgres and for no other: say in which database the store lies",
    fieldPath: ".postgres",
  },
  {
    rule: "!has(self.postgres) || !has(oldSelf.postgres) || self.postgres.database == oldSelf.postgres.database",
    message: "postgres.database cannot be changed after creation: declare a store of another name",
    fieldPath: ".postgres.database",
  },
  {
    rule: "!has(self.postgres) || !has(oldSelf.postgres) || has(self.postgres.secretRef) == has(oldSelf.postgres.secretRef)",
    message: "postgres.percona cannot be changed after creation: declare a store of another name",
    fieldPath: ".postgres.percona",
  },
  {
    rule: "!has(self.postgres) || has(self.postgres.secretRef) != (has(self.postgres.percona) && self.postgres.percona)",
    message: "postgres needs either secretRef or percona: say where the server is",
    fieldPath: ".postgres",
  },
];

const badger = object("Settings of a badger store. A change restarts the server once.", {
  blockCacheMB: int32("Block cache in mebibytes. Left out, or 0, config.badger.blockCacheMB holds.", {
    min: 0,
    max: 1_048_576,
  }).exactOptional(),
  indexCacheMB: int32("Index cache in mebibytes. Left out, or 0, config.badger.indexCacheMB holds.", {
    min: 0,
    max: 1_048_576,
  }).exactOptional(),
  relaxedDurability: bool(
    "True may lose the last tenth of a second of created, renamed and removed names when the node loses power; false waits for the disk each time. Left out, true.",
  ).exactOptional(),
}).exactOptional();

const postgres = object("The PostgreSQL database of a store. It must exist, and belong to this store alone.", {
  percona: bool(
    "True takes the cluster of spec.percona, in which the operator has the database made. Then secretRef is left out.",
  ).exactOptional(),
  secretRef: secretKeyRef(
    "Secret that says where the server is and as whom to log in: under this key a postgresql:// URI, or beside it the keys host, port, user, password and sslmode. The database that it names does not matter. A changed password restarts the server once.",
  ).exactOptional(),
  database: databaseName("Name of the database, neither another store's nor the control plane's."),
  sslMode: sslMode(
    "How the connection is protected. Left out, the Secret decides, else require. verify-ca and verify-full trust the system's authorities and those of database.postgres.caSecretRef.",
  ),
  maxConns: int32("Most connections of the store, which keeps three. Left out, 10.", {
    min: 3,
    max: 10_000,
  }).exactOptional(),
}).exactOptional();

/** Where file names, attributes and block lists live. */
export const metadataStores = listMap(
  "Metadata stores: names, attributes and block lists of files. The store `default` need not be listed: it is badger on the metadata volume, or memory when there is none.",
  ["name"],
  object(
    "A metadata store.",
    {
      name: ownStoreName,
      type: oneOf(
        "memory loses everything at a restart; badger keeps it on the metadata volume, in a directory named after the store; sqlite keeps it there in one file; postgres keeps it in a database of its own.",
        ["memory", "badger", "sqlite", "postgres"],
        { rules: [otherStore] },
      ),
      badger,
      postgres,
    },
    { rules },
  ),
  { maxItems: 16 },
);
