import { GROUP, KIND, PLURAL, VERSION } from "../api/group.ts";
import type { Resource } from "../runtime/kubernetes-api.ts";
import { CUSTOM_RESOURCE_DEFINITIONS } from "../runtime/optional-reflector.ts";

const resource = (group: string, version: string, kind: string, plural: string): Resource => ({
  group,
  version,
  kind,
  plural,
  isNamespaced: true,
});
const clusterWide = (of: Resource): Resource => ({ ...of, isNamespaced: false });

/** Every kind of object that the operator reads or writes. */
export const resources = {
  dittoServers: resource(GROUP, VERSION, KIND, PLURAL),
  statefulSets: resource("apps", "v1", "StatefulSet", "statefulsets"),
  configMaps: resource("", "v1", "ConfigMap", "configmaps"),
  secrets: resource("", "v1", "Secret", "secrets"),
  services: resource("", "v1", "Service", "services"),
  networkPolicies: resource("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
  ingresses: resource("networking.k8s.io", "v1", "Ingress", "ingresses"),
  serviceMonitors: resource("monitoring.coreos.com", "v1", "ServiceMonitor", "servicemonitors"),
  perconaPGClusters: resource("pgv2.percona.com", "v2", "PerconaPGCluster", "perconapgclusters"),
  customResourceDefinitions: CUSTOM_RESOURCE_DEFINITIONS,
  pods: resource("", "v1", "Pod", "pods"),
  claims: resource("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
  storageClasses: clusterWide(resource("storage.k8s.io", "v1", "StorageClass", "storageclasses")),
  persistentVolumes: clusterWide(resource("", "v1", "PersistentVolume", "persistentvolumes")),
  serviceAccounts: resource("", "v1", "ServiceAccount", "serviceaccounts"),
  priorityClasses: clusterWide(resource("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses")),
  runtimeClasses: clusterWide(resource("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses")),
  events: resource("events.k8s.io", "v1", "Event", "events"),
  leases: resource("coordination.k8s.io", "v1", "Lease", "leases"),
} as const satisfies Record<string, Resource>;

export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete";

export type Permission = {
  readonly group: string;
  /** Plural, with `/subresource` where one is meant. */
  readonly plural: string;
  readonly verbs: readonly Verb[];
  readonly why: string;
  /**
   * `servedNamespaces`: wherever there are servers, which is the whole cluster unless namespaces are named. `cluster`: what stands in no
   * namespace; an operator of some namespaces does without. `ownNamespace`: only where the operator itself runs.
   */
  readonly scope: "servedNamespaces" | "cluster" | "ownNamespace";
};

/**
 * What the operator may do: the only source of its RBAC. A server-side apply that makes an object needs `create` beside
 * `patch`. A test compares this table with what the audit log saw.
 */
export const permissions: readonly Permission[] = [
  {
    ...at(resources.dittoServers),
    verbs: ["list", "watch", "patch"],
    why: "read the servers, set and drop the finalizer",
  },
  { ...at(resources.dittoServers, "status"), verbs: ["patch"], why: "report" },
  {
    ...at(resources.dittoServers, "finalizers"),
    verbs: ["update"],
    why: "own children that block the owner's deletion",
  },
  {
    ...at(resources.statefulSets),
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    why: "run the file server; make it anew around its pod for other volumes; end it before its DittoServer goes",
  },
  { ...at(resources.configMaps), verbs: ["get", "list", "watch", "create", "patch"], why: "the server's config file" },
  {
    ...at(resources.secrets),
    verbs: ["get", "list", "watch", "create", "patch"],
    why: "generated credentials, and the Secrets that a server names",
  },
  {
    ...at(resources.services),
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    why: "addresses; that of a protocol goes when it is switched off",
  },
  {
    ...at(resources.networkPolicies),
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    why: "who may reach the server",
  },
  {
    ...at(resources.ingresses),
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    why: "the REST API outside the cluster",
  },
  {
    ...at(resources.serviceMonitors),
    verbs: ["get", "list", "watch", "create", "patch", "delete"],
    why: "metrics for a Prometheus operator",
  },
  {
    ...at(resources.perconaPGClusters),
    verbs: ["get", "list", "watch", "create", "patch"],
    why: "a PostgreSQL cluster for the control plane, by Percona's operator",
  },
  {
    ...at(resources.customResourceDefinitions),
    verbs: ["list", "watch"],
    why: "whether kinds of other operators are there: by name, and metadata only",
  },
  {
    ...at(resources.pods),
    verbs: ["list", "watch", "delete"],
    why: "where the server runs and why it does not; end the one that lacks a volume, or has lost its StatefulSet",
  },
  {
    ...at(resources.claims),
    verbs: ["get", "list", "watch", "patch", "delete"],
    why: "whether the volumes are there, and others that the pod names; let them grow; remove them under deletionPolicy Delete",
  },
  { ...at(resources.storageClasses), verbs: ["list", "watch"], why: "whether volumes can be made and can grow" },
  {
    ...at(resources.persistentVolumes),
    verbs: ["list"],
    why: "whether some are mounted from a server that is to be deleted and is protected",
  },
  { ...at(resources.serviceAccounts), verbs: ["get"], why: "whether the one that the pod names exists" },
  { ...at(resources.priorityClasses), verbs: ["get"], why: "whether the one that the pod names exists" },
  { ...at(resources.runtimeClasses), verbs: ["get"], why: "whether the one that the pod names exists" },
  { ...at(resources.events), verbs: ["create", "patch"], why: "tell users what happened" },
  {
    ...at(resources.leases),
    verbs: ["get", "create", "update"],
    why: "one acting operator at a time",
    scope: "ownNamespace",
  },
];

function at(of: Resource, subresource?: string): Pick<Permission, "group" | "plural" | "scope"> {
  return {
    group: of.group,
    plural: subresource === undefined ? of.plural : `${of.plural}/${subresource}`,
    scope: of.isNamespaced ? "servedNamespaces" : "cluster",
  };
}
