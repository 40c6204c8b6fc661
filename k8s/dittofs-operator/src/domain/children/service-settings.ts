import type { ServicePort, ServiceSpec } from "kubernetes-types/core/v1";
import type { DittoServerSpec } from "../../api/ditto-server.ts";

export type ServiceType = "ClusterIP" | "NodePort" | "LoadBalancer";
export type ServiceSettings = Omit<DittoServerSpec["service"], "type">;

/**
 * The part of a Service's spec that a user may set. Settings that its type does not know are left out, because the API
 * server would refuse the whole Service; `status.warnings` names them.
 */
export function serviceSettings(
  type: ServiceType,
  settings: ServiceSettings,
  ports: readonly ServicePort[],
): ServiceSpec {
  const { loadBalancerSourceRanges: ranges, ipFamilies } = settings;
  return {
    type,
    ...pick(settings, ["internalTrafficPolicy", "ipFamilyPolicy", "sessionAffinity"]),
    ...(ipFamilies !== undefined && ipFamilies.length > 0 && { ipFamilies: [...ipFamilies] }),
    ...(type !== "ClusterIP" && pick(settings, ["externalTrafficPolicy"])),
    ...(type === "LoadBalancer" && {
      ...pick(settings, ["loadBalancerClass", "loadBalancerIP", "allocateLoadBalancerNodePorts"]),
      ...(ranges !== undefined && ranges.length > 0 && { loadBalancerSourceRanges: [...ranges] }),
    }),
    ports: ports.map((port, index) =>
      index === 0 && type !== "ClusterIP" ? { ...port, ...pick(settings, ["nodePort"]) } : { ...port },
    ),
  };
}

/** Fields that are set and that a Service of this type does not know. */
export function inertSettings(type: ServiceType, settings: ServiceSettings): readonly string[] {
  const forLoadBalancers = [
    "loadBalancerClass",
    "loadBalancerIP",
    "loadBalancerSourceRanges",
    "allocateLoadBalancerNodePorts",
  ] as const;
  const forNodePorts = ["externalTrafficPolicy", "nodePort"] as const;
  const unknown = [...(type === "LoadBalancer" ? [] : forLoadBalancers), ...(type === "ClusterIP" ? forNodePorts : [])];
  return unknown.filter((field) => settings[field] !== undefined);
}

/** The given fields that are set, and no other. */
function pick<T extends object, Field extends keyof T>(from: T, fields: readonly Field[]): Partial<Pick<T, Field>> {
  const found: Partial<Pick<T, Field>> = {};
  for (const field of fields) if (from[field] !== undefined) found[field] = from[field];
  return found;
}
