import type { WantedChild } from "../domain/wanted-child.ts";
import type { Children } from "../domain/world.ts";
import type { Resource } from "../runtime/kubernetes-api.ts";
import { resources } from "./resources.ts";

/** Where each kind of child is served, and under which name the world holds it. */
export const childKinds = {
  StatefulSet: { resource: resources.statefulSets, field: "statefulSets" },
  ConfigMap: { resource: resources.configMaps, field: "configMaps" },
  Secret: { resource: resources.secrets, field: "secrets" },
  Service: { resource: resources.services, field: "services" },
  NetworkPolicy: { resource: resources.networkPolicies, field: "networkPolicies" },
  Ingress: { resource: resources.ingresses, field: "ingresses" },
  PerconaPGCluster: { resource: resources.perconaPGClusters, field: "perconaPGClusters" },
  ServiceMonitor: { resource: resources.serviceMonitors, field: "serviceMonitors" },
} as const satisfies Record<WantedChild["kind"], { readonly resource: Resource; readonly field: keyof Children }>;
