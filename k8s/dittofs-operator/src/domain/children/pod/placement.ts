import type { Affinity, PodSpec } from "kubernetes-types/core/v1";
import type { DittoServer } from "../../../api/ditto-server.ts";

/** Where the pod runs: what the spec says of it, and nothing that it leaves out. */
export function placement({ spec: { pod } }: DittoServer): Partial<PodSpec> {
  if (pod === undefined) return {};
  const {
    nodeSelector,
    affinity,
    tolerations,
    hostAliases,
    priorityClassName,
    runtimeClassName,
    schedulerName,
    serviceAccountName,
  } = pod;
  return {
    ...(isFilled(nodeSelector) && { nodeSelector: { ...nodeSelector } }),
    ...(affinity !== undefined && { affinity: affinity as Affinity }), // core/v1 Affinity by its schema, and never written to
    ...(tolerations !== undefined && tolerations.length > 0 && { tolerations: [...tolerations] }),
    ...(hostAliases !== undefined &&
      hostAliases.length > 0 && {
        hostAliases: hostAliases.map(({ ip, hostnames }) => ({ ip, hostnames: [...hostnames] })),
      }),
    ...(priorityClassName !== undefined && { priorityClassName }),
    ...(runtimeClassName !== undefined && { runtimeClassName }),
    ...(schedulerName !== undefined && { schedulerName }),
    ...(serviceAccountName !== undefined && { serviceAccountName }),
  };
}

function isFilled(map: Readonly<Record<string, string>> | undefined): map is Readonly<Record<string, string>> {
  return map !== undefined && Object.keys(map).length > 0;
}
