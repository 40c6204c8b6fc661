import type { DittoServer, DittoServerSpec } from "../../api/ditto-server.ts";
import { perconaReleases } from "../../api/percona-versions.ts";
import { perconaNames, perconaUser } from "../percona/percona-cluster-names.ts";
import { perconaDatabases } from "../percona/percona-databases.ts";
import type { PerconaPGCluster } from "../percona/percona-pg-cluster.ts";
import { canonicalQuantity } from "../quantity.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta, unownedMeta } from "./child-meta.ts";

type Percona = NonNullable<DittoServerSpec["percona"]>;

/** The database cluster, unless one that exists is named; only to be made where Percona's kinds are known. */
export function perconaCluster(server: DittoServer): readonly Wanted<"PerconaPGCluster", PerconaPGCluster>[] {
  const { percona } = server.spec;
  const names = perconaNames(server);
  if (percona === undefined || names === undefined || percona.clusterName !== undefined) return [];
  return [
    {
      apiVersion: "pgv2.percona.com/v2",
      kind: "PerconaPGCluster",
      metadata: meta(server, percona, names.cluster),
      spec: spec(server, percona),
    },
  ];
}

/** A cluster that is kept has no owner, with which Kubernetes would remove it, and no finalizer, with which Percona's operator removes its volumes. */
function meta(server: DittoServer, { deleteWithServer }: Percona, name: string) {
  const description = { name, component: "database" } as const;
  if (!deleteWithServer && server.spec.deletionPolicy === "Retain") return unownedMeta(server, description);
  const finalizers = ["percona.com/delete-pvc", "percona.com/delete-ssl"];
  return { ...childMeta(server, description), finalizers };
}

function spec(server: DittoServer, percona: Percona): NonNullable<PerconaPGCluster["spec"]> {
  const { crVersion, images, replicas, storageSize, storageClassName } = percona;
  const release = perconaReleases[crVersion];
  return {
    crVersion,
    image: images?.postgres ?? release.postgres,
    postgresVersion: percona.postgresVersion ?? release.postgresVersion,
    users: [{ name: perconaUser, databases: [...perconaDatabases(server)], password: { type: "AlphaNumeric" } }],
    instances: [
      {
        name: "instance1",
        replicas,
        dataVolumeClaimSpec: {
          accessModes: ["ReadWriteOnce"],
          ...(storageClassName !== undefined && { storageClassName }),
          resources: { requests: { storage: canonicalQuantity(storageSize) } },
        },
      },
    ],
    // Before 2.9 Percona's operator adds it where it is left out, and then lacks its image.
    proxy: { pgBouncer: { replicas: 1, image: images?.pgBouncer ?? release.pgBouncer } },
    backups: backups(server, percona),
  };
}

/** Without the image nothing starts, backups or not. */
function backups({ metadata }: DittoServer, { crVersion, images, backup }: Percona) {
  const image = images?.pgBackRest ?? perconaReleases[crVersion].pgBackRest;
  if (backup?.enabled !== true) return { enabled: false, pgbackrest: { image } };
  const { bucket = "", endpoint = "", region, credentialsSecretRef, retentionDays } = backup;
  return {
    enabled: true,
    pgbackrest: {
      image,
      ...(credentialsSecretRef !== undefined && { configuration: [{ secret: { name: credentialsSecretRef.name } }] }),
      global: {
        "repo1-path": `/pgbackrest/${metadata.namespace}/${metadata.name}/repo1`,
        "repo1-retention-full": String(retentionDays),
        "repo1-retention-full-type": "time",
        "repo1-s3-uri-style": "path",
      },
      repos: [
        {
          name: "repo1",
          s3: { bucket, endpoint, region },
          schedules: { full: backup.fullSchedule, incremental: backup.incrSchedule },
        },
      ],
    },
  };
}
