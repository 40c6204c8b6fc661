import { FIELD_MANAGER, STATUS_FIELD_MANAGER } from "../api/group.ts";
import { bucketNames } from "../domain/bucket-claims.ts";
import { hasDatabases } from "../domain/database/database-claims.ts";
import { managedSelector, volumeSelector } from "../domain/labels.ts";
import type { OptionalKind } from "../domain/optional-kinds.ts";
import { podSecretNames } from "../domain/pod/pod-references.ts";
import { referencedSecretNames } from "../domain/secrets/referenced-secrets.ts";
import type { KubernetesObject, Resource } from "../runtime/kubernetes-api.ts";
import { slimMetadata, slimObject } from "../runtime/slim-object.ts";
import { Store } from "../runtime/store.ts";
import { asDittoServer } from "./as-ditto-server.ts";
import { resources } from "./resources.ts";
import { serverKeysOfChild } from "./server-key.ts";

/** Finds children, pods and claims by the key of their server. */
export type ChildStore = Store<"server">;

/** What the operator holds in memory of the cluster: its servers, their children, and of Secrets of users only the names. */
export type ClusterStores = {
  readonly dittoServers: Store<"secret" | "bucket" | "postgres">;
  readonly statefulSets: ChildStore;
  readonly configMaps: ChildStore;
  readonly secrets: ChildStore;
  readonly services: ChildStore;
  readonly networkPolicies: ChildStore;
  readonly ingresses: ChildStore;
  readonly perconaPGClusters: ChildStore;
  readonly serviceMonitors: ChildStore;
  readonly pods: ChildStore;
  readonly claims: ChildStore;
  readonly storageClasses: Store;
  readonly secretNames: Store;
};

/** Key of the index `postgres`. */
export const POSTGRES = "postgres";

export type Watched = {
  readonly store: keyof ClusterStores;
  readonly resource: Resource;
  readonly shape: "full" | "metadata";
  readonly labelSelector: string | undefined;
  /** The cluster may lack the kind; it is watched while it does not. */
  readonly optional?: OptionalKind;
};

const child = (store: keyof ClusterStores & keyof typeof resources): Watched => ({
  store,
  resource: resources[store],
  shape: "full",
  labelSelector: managedSelector,
});

/** Narrow on purpose: children by label, and of all other Secrets nothing but metadata. */
export const watched: readonly Watched[] = [
  { store: "dittoServers", resource: resources.dittoServers, shape: "full", labelSelector: undefined },
  child("statefulSets"),
  child("configMaps"),
  child("secrets"),
  child("services"),
  child("networkPolicies"),
  child("ingresses"),
  { ...child("perconaPGClusters"), optional: "PerconaPGCluster" },
  { ...child("serviceMonitors"), optional: "ServiceMonitor" },
  child("pods"),
  { ...child("claims"), labelSelector: volumeSelector },
  { store: "storageClasses", resource: resources.storageClasses, shape: "full", labelSelector: undefined },
  { store: "secretNames", resource: resources.secrets, shape: "metadata", labelSelector: undefined },
];

export function createClusterStores(): ClusterStores {
  const slim = (object: KubernetesObject): KubernetesObject => slimObject(object, FIELD_MANAGER);
  const childStore = (): ChildStore => new Store({ indexers: { server: serverKeysOfChild }, transform: slim });
  return {
    dittoServers: new Store({
      indexers: { secret: secretKeys, bucket: bucketKeys, postgres: postgresKeys },
      transform: (object) => slimObject(object, STATUS_FIELD_MANAGER),
    }),
    statefulSets: childStore(),
    configMaps: childStore(),
    secrets: childStore(),
    services: childStore(),
    networkPolicies: childStore(),
    ingresses: childStore(),
    perconaPGClusters: childStore(),
    serviceMonitors: childStore(),
    pods: childStore(),
    claims: childStore(),
    storageClasses: new Store({ indexers: {}, transform: slim }),
    secretNames: new Store({ indexers: {}, transform: slimMetadata }),
  };
}

/** Names of the buckets of a server, in whatever namespace it is. */
function bucketKeys(object: KubernetesObject): readonly string[] {
  const server = asDittoServer(object);
  return server === undefined ? [] : bucketNames(server);
}

/** All servers with a database in PostgreSQL have one key: which database it is may stand in a Secret. */
function postgresKeys(object: KubernetesObject): readonly string[] {
  const server = asDittoServer(object);
  return server !== undefined && hasDatabases(server) ? [POSTGRES] : [];
}

/** `namespace/name` of every Secret that a server names. */
function secretKeys(object: KubernetesObject): readonly string[] {
  const server = asDittoServer(object);
  if (server === undefined) return [];
  const names = new Set([...referencedSecretNames(server), ...podSecretNames(server)]);
  return [...names].map((name) => `${server.metadata.namespace}/${name}`);
}
