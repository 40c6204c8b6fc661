import type { Rule } from "../schema/vocabulary.ts";

const storesOnVolume: Rule = {
  rule: '!has(self.stores) || !has(self.stores.metadata) || self.stores.metadata.all(store, !(store.type in ["badger", "sqlite"])) || (has(self.storage) && has(self.storage.metadataSize))',
  message:
    "stores.metadata[].type badger and sqlite need the metadata volume: set storage.metadataSize, or use the type memory",
  fieldPath: ".stores.metadata",
};

const ownDatabases: Rule = {
  rule: '!has(self.stores) || !has(self.stores.metadata) || self.stores.metadata.all(store, !has(store.postgres) || self.stores.metadata.filter(other, has(other.postgres) && (has(other.postgres.secretRef) ? other.postgres.secretRef.name : "") == (has(store.postgres.secretRef) ? store.postgres.secretRef.name : "") && other.postgres.database == store.postgres.database).size() == 1)',
  message:
    "stores.metadata[].postgres.database: two stores in one database would be one store: give each a database of its own",
  fieldPath: ".stores.metadata",
};

const hasPercona = (spec: "self" | "oldSelf"): string => `(has(${spec}.percona) && ${spec}.percona.enabled)`;

const isPostgres = (spec: "self" | "oldSelf"): string =>
  `(${hasPercona(spec)} || has(${spec}.database.postgresSecretRef) || has(${spec}.database.postgres) || (has(${spec}.database.type) && ${spec}.database.type == "postgres"))`;

const has = (field: string): string => `has(self.database.postgres.${field})`;

// These stand here and not on database, because the API server tries an object's rules on its default, which is {}.
const postgresPlace: readonly Rule[] = [
  {
    rule: '!has(self.database.type) || self.database.type != "postgres" || has(self.database.postgresSecretRef) || has(self.database.postgres) || (has(self.percona) && self.percona.enabled)',
    message:
      "database.type postgres needs the place: set database.postgresSecretRef, database.postgres or percona.enabled",
    fieldPath: ".database.type",
  },
  {
    rule: '!has(self.database.type) || self.database.type != "sqlite" || !has(self.database.postgres)',
    message: "database.postgres is not for database.type sqlite: remove one of the two",
    fieldPath: ".database.type",
  },
  {
    rule: `!has(self.database.postgres) || has(self.database.postgresSecretRef) || (${["host", "database", "user", "passwordSecretRef"].map(has).join(" && ")})`,
    message:
      "database.postgres needs host, database, user and passwordSecretRef, unless database.postgresSecretRef gives them",
    fieldPath: ".database.postgres",
  },
  {
    rule: `!has(self.database.postgres) || !has(self.database.postgresSecretRef) || !(${["host", "port", "database", "user", "passwordSecretRef"].map(has).join(" || ")})`,
    message:
      "database.postgres: host, port, database, user and passwordSecretRef come from database.postgresSecretRef: remove them here, or remove the reference",
    fieldPath: ".database.postgres",
  },
];

const perconaRules: readonly Rule[] = [
  {
    rule: `!${hasPercona("self")} || !(has(self.database.postgresSecretRef) || has(self.database.postgres))`,
    message:
      "percona.enabled and database.postgresSecretRef or database.postgres name two databases for the control plane: keep one",
    fieldPath: ".percona",
  },
  {
    rule: `!has(self.stores) || !has(self.stores.metadata) || ${hasPercona("self")} || self.stores.metadata.all(store, !has(store.postgres) || !has(store.postgres.percona) || !store.postgres.percona)`,
    message: "stores.metadata[].postgres.percona needs percona.enabled: set it, or give a secretRef",
    fieldPath: ".stores.metadata",
  },
  {
    rule: `!${hasPercona("oldSelf")} || ${hasPercona("self")}`,
    message: "percona cannot be switched off, because the control plane is there: make a new server and copy",
    fieldPath: ".percona",
  },
];

const keptKind: Rule = {
  rule: `${isPostgres("oldSelf")} == ${isPostgres("self")} || (${isPostgres("self")} && !oldSelf.database.sqlite.persistent)`,
  message:
    "database cannot move between SQLite and PostgreSQL, because the server would start with an empty database: make a new server and copy",
  fieldPath: ".database",
};

/** Rules about where the control plane and the metadata stores keep their data. */
export const databaseRules: readonly Rule[] = [
  storesOnVolume,
  ownDatabases,
  ...postgresPlace,
  ...perconaRules,
  keptKind,
];
