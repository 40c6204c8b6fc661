import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { ConfigMap, PersistentVolumeClaim, Pod, Secret, Service } from "kubernetes-types/core/v1";
import type { Ingress, NetworkPolicy } from "kubernetes-types/networking/v1";
import type { StorageClass } from "kubernetes-types/storage/v1";
import type { DittoServer } from "../api/ditto-server.ts";
import type { DatabaseClaims } from "./database/database-claims.ts";
import type { DittoFsSeen } from "./dittofs-seen.ts";
import type { OptionalKind } from "./optional-kinds.ts";
import type { PerconaPGCluster } from "./percona/percona-pg-cluster.ts";
import type { PodReference } from "./pod/pod-references.ts";
import type { SealedText } from "./secrets/sealed-text.ts";
import type { ServiceMonitor } from "./service-monitor.ts";

/** Everything that one pass knows, read once and never changed afterwards. */
export type World = {
  readonly server: DittoServer;
  /** The children that exist and are ours, by name. */
  readonly children: Children;
  readonly pod: Pod | undefined;
  /** Claims of the server's volumes, whoever made them. */
  readonly claims: readonly PersistentVolumeClaim[];
  /** All that the cluster has; undefined: the operator may not look. */
  readonly storageClasses: readonly StorageClass[] | undefined;
  /** One entry for every Secret that the spec names (not for those that the operator generates). */
  readonly secrets: ReadonlyMap<string, SecretSeen>;
  /** Databases that the spec names and another server has. */
  readonly databaseClaims: DatabaseClaims;
  /** Objects that the pod names and that are known not to exist: Secrets always, others where the pod is about to be made anew. */
  readonly absentReferences: readonly PodReference[];
  /** Of the kinds that a cluster may lack, those that it has. */
  readonly servedKinds: ReadonlySet<OptionalKind>;
  /** Where the operator runs, which is let in by every policy. */
  readonly operatorNamespace: string;
  readonly platform: Platform;
  readonly dittofs: DittoFsSeen;
  /** In which the operator itself runs; containers that prepare a server run it too. */
  readonly operatorImage: string;
  /** What holds the deletion that has been asked for; for people. */
  readonly deletionHold?: string;
  /** Wall-clock time of this pass; only to compare with times that Kubernetes wrote. */
  readonly nowMs: number;
};

/** Which rules for pods hold beyond those of Kubernetes. */
export type Platform = "kubernetes" | "openshift";

/** Live objects of the kinds that the operator applies. Objects of an earlier DittoServer of the same name, still being removed, are not here. */
export type Children = {
  readonly statefulSets: readonly StatefulSet[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  readonly services: readonly Service[];
  readonly networkPolicies: readonly NetworkPolicy[];
  readonly ingresses: readonly Ingress[];
  readonly perconaPGClusters: readonly PerconaPGCluster[];
  readonly serviceMonitors: readonly ServiceMonitor[];
};

/** A Secret of the user's. Its values do not enter the world, but for what says where a database is: decisions need their digest and length. */
export type SecretSeen =
  | { readonly kind: "absent" }
  | { readonly kind: "unreadable"; readonly message: string }
  | { readonly kind: "present"; readonly keys: ReadonlyMap<string, SecretValueSeen> };

export type SecretValueSeen = {
  /** SHA-256 of the decoded value, hex. */
  readonly digest: string;
  readonly lengthBytes: number;
  /** Left out for a value of none of these forms. */
  readonly form?: SecretForm;
};

export type SecretForm =
  /** Digests of public keys, SHA-256 in hex: that of the first certificate, and that of the private key, which belong together when they are equal. */
  | { readonly kind: "pem"; readonly certificateKeyDigest?: string; readonly privateKeyDigest?: string }
  | { readonly kind: "keytab" }
  | { readonly kind: "postgresUri"; readonly place: PostgresUri | { readonly problem: string } }
  | { readonly kind: "encryptionKey"; readonly keyId: string; readonly file: SealedText }
  /** A part of a database's place that is no secret, by its key. */
  | { readonly kind: "line"; readonly text: string };

export type PostgresUri = {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: SealedText;
  readonly sslMode?: string;
};
