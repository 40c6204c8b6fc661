import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { ConfigMap, Secret, Service } from "kubernetes-types/core/v1";
import type { Ingress, NetworkPolicy } from "kubernetes-types/networking/v1";
import type { PerconaPGCluster } from "./percona/percona-pg-cluster.ts";
import type { ServiceMonitor } from "./service-monitor.ts";

/** The parts of a Kubernetes object that every wanted child spells out. */
export type Wanted<Kind extends string, T> = Omit<T, "apiVersion" | "kind" | "metadata" | "status"> & {
  readonly apiVersion: string;
  readonly kind: Kind;
  readonly metadata: WantedMeta;
};

export type WantedMeta = {
  readonly name: string;
  readonly namespace: string;
  /** The write is meant for this version of the object and for no other. */
  readonly resourceVersion?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly WantedOwner[];
  readonly finalizers?: readonly string[];
};

export type WantedOwner = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: true;
  readonly blockOwnerDeletion: true;
};

/**
 * A child as the operator wants it: exactly the fields that it means to own, nothing undefined, no server defaults left
 * to guess where a list key needs them. It is the body of a server-side apply.
 */
export type WantedChild =
  | Wanted<"ConfigMap", ConfigMap>
  | Wanted<"Secret", Secret>
  | Wanted<"Service", Service>
  | Wanted<"NetworkPolicy", NetworkPolicy>
  | Wanted<"Ingress", Ingress>
  | Wanted<"PerconaPGCluster", PerconaPGCluster>
  | Wanted<"ServiceMonitor", ServiceMonitor>
  | Wanted<"StatefulSet", StatefulSet>;
