import { DEFAULT_PERCONA_VERSION, perconaReleases } from "../percona-versions.ts";
import { bool, int32, object, objectName, oneOf, quantity, type Rule, text } from "../schema/vocabulary.ts";
import { databaseName, sslMode } from "./database.ts";

const versions = Object.keys(perconaReleases) as [keyof typeof perconaReleases]; // it has several

const image = (what: string) =>
  text(`Image of ${what}. Left out, that of crVersion.`, { minLength: 1, maxLength: 512 }).exactOptional();

const schedule = (what: string, preset: string) =>
  text(`When ${what} is made, as a cron line.`, { minLength: 9, maxLength: 100 }).default(preset);

const backup = object(
  "Backups by pgBackRest to a bucket.",
  {
    enabled: bool("True makes them.").default(false),
    bucket: text("Bucket, which must exist.", { minLength: 3, maxLength: 63 }).exactOptional(),
    endpoint: text("Address of the object store, such as s3.eu-west-1.amazonaws.com.", {
      minLength: 1,
      maxLength: 253,
    }).exactOptional(),
    region: text("Region of the bucket.", { minLength: 1, maxLength: 63 }).default("eu-west-1"),
    credentialsSecretRef: object("Secret with the key s3.conf, as pgBackRest reads it.", {
      name: objectName("Name of the Secret, in the DittoServer's namespace."),
    }).exactOptional(),
    fullSchedule: schedule("a full backup", "0 2 * * *"),
    incrSchedule: schedule("an incremental backup", "0 * * * *"),
    retentionDays: int32("For how many days full backups are kept.", { min: 1, max: 3650 }).default(7),
  },
  {
    rules: [
      {
        rule: "!self.enabled || (has(self.bucket) && has(self.endpoint))",
        message: "percona.backup needs bucket and endpoint: say where backups go, or set enabled to false",
        fieldPath: ".bucket",
      },
    ],
  },
).exactOptional();

const stays = (field: string, holds: string): Rule => ({
  rule: `has(self.${field}) == has(oldSelf.${field}) && (!has(self.${field}) || self.${field} == oldSelf.${field})`,
  message: `percona.${field} cannot be changed after creation, because ${holds}: make a new server and copy`,
  fieldPath: `.${field}`,
});

/** A PostgreSQL cluster by Percona's operator, for the control plane. */
export const percona = object(
  "A PostgreSQL cluster that Percona's operator runs (pgv2.percona.com/v2 PerconaPGCluster NAME-postgres), for the control plane and, without a metadata volume, for metadata.",
  {
    enabled: bool("True keeps the control plane there.").default(false),
    deleteWithServer: bool(
      "True deletes the cluster and its volumes with the DittoServer, as deletionPolicy Delete does. False keeps it.",
    ).default(false),
    clusterName: objectName(
      "A cluster that exists, in the same namespace, with a user `dittofs`. Nothing is created then, changed or deleted.",
    ).exactOptional(),
    replicas: int32("Instances of PostgreSQL.", { min: 1, max: 5 }).default(1),
    storageSize: quantity("Size of each instance's volume.").default("10Gi"),
    storageClassName: objectName("StorageClass of those volumes. Left out, the cluster's default.").exactOptional(),
    databaseName: databaseName("Name of the control plane's database.").default("dittofs"),
    crVersion: oneOf(
      "Version of Percona's operator whose images are used; at most that of the operator that runs.",
      versions,
    ).default(DEFAULT_PERCONA_VERSION),
    postgresVersion: int32("Major version of PostgreSQL. Left out, that of crVersion; another needs images.postgres.", {
      min: 13,
      max: 18,
    }).exactOptional(),
    images: object("Other images than those of crVersion.", {
      postgres: image("PostgreSQL"),
      pgBouncer: image("pgBouncer"),
      pgBackRest: image("pgBackRest"),
    }).exactOptional(),
    sslMode: sslMode("How connections are protected. Left out, verify-full with the cluster's own authority."),
    backup,
  },
  {
    rules: [
      stays("databaseName", "the control plane is in that database"),
      stays("clusterName", "the control plane is in that cluster"),
      {
        rule: "!has(self.postgresVersion) || (has(self.images) && has(self.images.postgres))",
        message: "percona.postgresVersion needs percona.images.postgres of that version: add it, or leave both out",
        fieldPath: ".postgresVersion",
      },
    ],
  },
).exactOptional();
