import type { AcceptedCreation } from "./accepted-creations.ts";
import type { Change } from "./changes.ts";
import { type RefusedCreation, refused } from "./refused-creation.ts";

const percona = (more: object = {}) => ({ percona: { enabled: true, ...more } });
const store = (postgres: object) => ({
  stores: { metadata: [{ name: "a", type: "postgres", postgres: { database: "a", ...postgres } }] },
});
const secretRef = { name: "pg", key: "uri" };
const backup = { enabled: true, bucket: "backups", endpoint: "s3.example.com" };

export const acceptedPercona: readonly AcceptedCreation[] = [
  { because: "a cluster of Percona's with its defaults", spec: percona() },
  {
    because: "what the Go operator stored of a cluster of Percona's, its defaults filled in",
    spec: {
      database: { type: "sqlite", sqlite: { path: "/data/controlplane/controlplane.db" } },
      storage: { metadataSize: "10Gi", controlPlaneSize: "1Gi" },
      percona: {
        enabled: true,
        deleteWithServer: false,
        replicas: 1,
        storageSize: "10Gi",
        databaseName: "dittofs",
        backup: {
          ...backup,
          region: "eu-west-1",
          credentialsSecretRef: { name: "backup-keys" },
          fullSchedule: "0 2 * * *",
          incrSchedule: "0 * * * *",
          retentionDays: 7,
        },
      },
    },
  },
  { because: "a metadata store in Percona's cluster", spec: { ...percona(), ...store({ percona: true }) } },
  { because: "Percona's fields while it is off", spec: { percona: { replicas: 5, storageSize: "1Ti" } } },
  {
    because: "another PostgreSQL with its image",
    spec: percona({ postgresVersion: 16, images: { postgres: "registry.example.com/postgres:16" } }),
  },
];

export const wrongPercona: readonly RefusedCreation[] = [
  refused(
    "Percona and a reference",
    { ...percona(), database: { postgresSecretRef: secretRef } },
    "spec.percona",
    "name two databases for the control plane: keep one",
  ),
  refused(
    "backups without an endpoint",
    percona({ backup: { enabled: true, bucket: "backups" } }),
    "spec.percona.backup",
    "percona.backup needs bucket and endpoint",
  ),
  refused(
    "another PostgreSQL without its image",
    percona({ postgresVersion: 16 }),
    "spec.percona.postgresVersion",
    "needs percona.images.postgres",
  ),
  refused(
    "a version of Percona's that nobody knows",
    percona({ crVersion: "1.0.0" }),
    "spec.percona.crVersion",
    '"3.0.0"',
  ),
  refused("no instance", percona({ replicas: 0 }), "spec.percona.replicas"),
  refused(
    "a metadata store in Percona's cluster, and there is none",
    store({ percona: true }),
    "spec.stores.metadata",
    "stores.metadata[].postgres.percona needs percona.enabled",
  ),
  refused(
    "a metadata store in two clusters",
    { ...percona(), ...store({ percona: true, secretRef }) },
    "spec.stores.metadata[0].postgres",
    "postgres needs either secretRef or percona",
  ),
  refused(
    "a metadata store in no cluster",
    store({}),
    "spec.stores.metadata[0].postgres",
    "postgres needs either secretRef or percona",
  ),
];

export const perconaChanges: readonly Change[] = [
  {
    because: "Percona is switched off for a reference",
    before: percona(),
    after: { percona: { enabled: false }, database: { postgresSecretRef: secretRef } },
    says: ["spec.percona", "percona cannot be switched off"],
  },
  {
    because: "SQLite becomes Percona",
    before: {},
    after: percona(),
    says: ["spec.database", "cannot move between SQLite and PostgreSQL"],
  },
  {
    because: "the control plane's database gets another name",
    before: percona(),
    after: percona({ databaseName: "other" }),
    says: ["spec.percona.databaseName", "percona.databaseName cannot be changed"],
  },
  {
    because: "the cluster becomes another",
    before: percona(),
    after: percona({ clusterName: "other" }),
    says: ["spec.percona.clusterName", "percona.clusterName cannot be changed"],
  },
  {
    because: "a metadata store leaves Percona's cluster",
    before: { ...percona(), ...store({ percona: true }) },
    after: { ...percona(), ...store({ secretRef }) },
    says: ["spec.stores.metadata[0].postgres.percona", "postgres.percona cannot be changed"],
  },
  {
    because: "a cluster of Percona's grows and gets backups",
    before: percona(),
    after: percona({ replicas: 3, storageSize: "20Gi", backup }),
  },
];
