import type { Affinity, PodSpec, TopologySpreadConstraint } from "kubernetes-types/core/v1";
import type { LabelSelector } from "kubernetes-types/meta/v1";
import type { DittoServer, DittoServerSpec } from "../../../api/ditto-server.ts";
import { everyServerLabels } from "../../labels.ts";

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
    topologySpreadConstraints = [],
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
    ...(topologySpreadConstraints.length > 0 && { topologySpreadConstraints: topologySpreadConstraints.map(spread) }),
  };
}

type Spread = NonNullable<NonNullable<DittoServerSpec["pod"]>["topologySpreadConstraints"]>[number];

/** Kubernetes counts no pod at all without a selector, and a server has only one. */
function spread({ labelSelector, matchLabelKeys, ...constraint }: Spread): TopologySpreadConstraint {
  return {
    labelSelector: { ...(labelSelector ?? { matchLabels: { ...everyServerLabels } }) } as LabelSelector, // never written to
    ...(matchLabelKeys !== undefined && matchLabelKeys.length > 0 && { matchLabelKeys: [...matchLabelKeys] }),
    ...constraint,
  };
}

function isFilled(map: Readonly<Record<string, string>> | undefined): map is Readonly<Record<string, string>> {
  return map !== undefined && Object.keys(map).length > 0;
}
