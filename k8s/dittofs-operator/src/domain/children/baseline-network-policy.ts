import type { NetworkPolicy } from "kubernetes-types/networking/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { selectorLabels } from "../labels.ts";
import { baselinePolicyName } from "../names.ts";
import { protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import { childMeta } from "./child-meta.ts";

/** Lets only the ports be reached that the spec serves. It follows the spec alone: no failure of the server closes a port. */
export function baselineNetworkPolicy(server: DittoServer): readonly Wanted<"NetworkPolicy", NetworkPolicy>[] {
  if (!server.spec.networkPolicy.enabled) return [];
  const served = Object.values(protocolPorts(server)).filter(({ isEnabled }) => isEnabled);
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: childMeta(server, { name: baselinePolicyName(server), component: "network-policy" }),
      spec: {
        podSelector: { matchLabels: { ...selectorLabels(server) } },
        policyTypes: ["Ingress"],
        ingress: [{ ports: served.map(({ containerPort }) => ({ port: containerPort, protocol: "TCP" })) }],
      },
    },
  ];
}
