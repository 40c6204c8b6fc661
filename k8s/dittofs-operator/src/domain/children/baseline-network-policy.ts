import type {
  NetworkPolicy,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from "kubernetes-types/networking/v1";
import type { DittoServer } from "../../api/ditto-server.ts";
import { selectorLabels } from "../labels.ts";
import { baselinePolicyName } from "../names.ts";
import { type Protocol, type ProtocolPort, protocolPorts } from "../protocol-ports.ts";
import type { Wanted } from "../wanted-child.ts";
import type { World } from "../world.ts";
import { childMeta } from "./child-meta.ts";

type Inputs = Pick<World, "server" | "operatorNamespace">;

/** Lets only the ports be reached that the spec serves. It follows the spec alone: no failure of the server closes a port. */
export function baselineNetworkPolicy(world: Inputs): readonly Wanted<"NetworkPolicy", NetworkPolicy>[] {
  const { server } = world;
  if (!server.spec.networkPolicy.enabled) return [];
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: childMeta(server, { name: baselinePolicyName(server), component: "network-policy" }),
      spec: {
        podSelector: { matchLabels: { ...selectorLabels(server) } },
        policyTypes: ["Ingress"],
        ingress: ingressRules(world),
      },
    },
  ];
}

/** One rule for the ports that everybody may reach, and one for each other port. */
function ingressRules(world: Inputs): NetworkPolicyIngressRule[] {
  const rules = Object.values(protocolPorts(world.server))
    .filter(({ isEnabled }) => isEnabled)
    .map((port) => ({ from: peers(port.protocol, world), ports: policyPorts(port) }));
  const open = rules.filter(({ from }) => from.length === 0).flatMap(({ ports }) => ports);
  return [...(open.length > 0 ? [{ ports: open }] : []), ...rules.filter(({ from }) => from.length > 0)];
}

function policyPorts({ containerPort, beside = [] }: ProtocolPort): NetworkPolicyPort[] {
  const others = beside.map(({ containerPort: port, transport: protocol }) => ({ port, protocol }));
  return [{ port: containerPort, protocol: "TCP" }, ...others];
}

/** None: everybody is let in. The operator talks to all that it provisions, and metrics are not among that. */
function peers(protocol: Protocol, { server, operatorNamespace }: Inputs): NetworkPolicyPeer[] {
  const named = namedPeers(protocol, server);
  if (named.length === 0 || protocol === "metrics") return named;
  return [...named, operatorPeer(operatorNamespace)];
}

function namedPeers(protocol: Protocol, { spec }: DittoServer): NetworkPolicyPeer[] {
  const { from = [], apiFrom = [], metricsFrom = [] } = spec.networkPolicy;
  switch (protocol) {
    case "api":
      return apiFrom.map(copied);
    case "metrics":
      return metricsFrom.map(copied);
    case "nfs":
    case "smb":
      return [...(spec[protocol].allowedClients ?? []).map((cidr) => ({ ipBlock: { cidr } })), ...from.map(copied)];
    default:
      return protocol satisfies never;
  }
}

type Peer = NonNullable<DittoServer["spec"]["networkPolicy"]["from"]>[number];

/** The API server drops empty lists and maps, but for a selector that is empty: that one means all. */
function copied({ ipBlock, namespaceSelector, podSelector }: Peer): NetworkPolicyPeer {
  return {
    ...(ipBlock && { ipBlock: { cidr: ipBlock.cidr, ...filled("except", ipBlock.except) } }),
    ...(namespaceSelector && { namespaceSelector: selector(namespaceSelector) }),
    ...(podSelector && { podSelector: selector(podSelector) }),
  };
}

function selector({ matchLabels = {}, matchExpressions = [] }: NonNullable<Peer["podSelector"]>) {
  const expressions = matchExpressions.map(({ key, operator, values }) => ({
    key,
    operator,
    ...filled("values", values),
  }));
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels: { ...matchLabels } }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}

function filled<Field extends string>(field: Field, list: readonly string[] = []): { [Name in Field]?: string[] } {
  return list.length === 0 ? {} : ({ [field]: [...list] } as { [Name in Field]?: string[] }); // the one field that is named
}

/** By the labels that every manifest of the operator gives to its pod. */
function operatorPeer(namespace: string): NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
    podSelector: { matchLabels: { "app.kubernetes.io/name": "dittofs-operator" } },
  };
}
