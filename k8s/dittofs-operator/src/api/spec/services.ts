import { atomicList, bool, int32, object, oneOf, type Rule, set } from "../schema/vocabulary.ts";
import { address, cidr } from "./addresses.ts";
import { annotations, labelKey, labels } from "./labels.ts";

const serviceTypes = ["ClusterIP", "NodePort", "LoadBalancer"] as const;

const trafficPolicies = ["Cluster", "Local"] as const;

/** What Kubernetes offers for a Service and a file server can use; each is handed on as it stands. */
const settings = {
  annotations: annotations("Annotations of the Service. An annotation that is removed here is removed there."),
  labels: labels("Labels of the Service besides the operator's own."),
  loadBalancerClass: labelKey(
    "Which load balancer implementation serves it; only for the type LoadBalancer. It cannot change while the Service has that type.",
    "must be a load balancer class such as example.com/internal",
  ).exactOptional(),
  loadBalancerIP: address("Address to ask the load balancer for, where the implementation honours it.").exactOptional(),
  loadBalancerSourceRanges: set("Clients that the load balancer lets in. Left out, it lets everybody in.", cidr, {
    maxItems: 64,
  }).exactOptional(),
  externalTrafficPolicy: oneOf(
    "Local keeps the client's address and sends traffic only to the node of the pod. Not for the type ClusterIP.",
    trafficPolicies,
  ).exactOptional(),
  internalTrafficPolicy: oneOf(
    "Local serves clients inside the cluster only on the node of the pod.",
    trafficPolicies,
  ).exactOptional(),
  ipFamilies: atomicList(
    "Address families, the first one primary. The primary one cannot change.",
    oneOf("An address family.", ["IPv4", "IPv6"]),
    {
      maxItems: 2,
    },
  ).exactOptional(),
  ipFamilyPolicy: oneOf("How many address families the Service has.", [
    "SingleStack",
    "PreferDualStack",
    "RequireDualStack",
  ]).exactOptional(),
  nodePort: int32("Port on every node; left out, Kubernetes chooses one and keeps it. Not for the type ClusterIP.", {
    min: 1,
    max: 65_535,
  }).exactOptional(),
  allocateLoadBalancerNodePorts: bool(
    "False spares the node port where the load balancer needs none. Only for the type LoadBalancer.",
  ).exactOptional(),
  sessionAffinity: oneOf("ClientIP sends a client to the same pod; there is only one.", [
    "None",
    "ClientIP",
  ]).exactOptional(),
} as const;

const familyRules: readonly Rule[] = [
  {
    rule: "!has(self.ipFamilies) || self.ipFamilies.size() < 2 || self.ipFamilies[0] != self.ipFamilies[1]",
    message: "ipFamilies names a family twice: name each once",
    fieldPath: ".ipFamilies",
  },
  {
    rule: '!has(self.ipFamilies) || self.ipFamilies.size() < 2 || (has(self.ipFamilyPolicy) && self.ipFamilyPolicy != "SingleStack")',
    message: "two ipFamilies need an ipFamilyPolicy of PreferDualStack or RequireDualStack: set it, or name one family",
    fieldPath: ".ipFamilyPolicy",
  },
];

/** The Service of one file protocol. */
export const fileService = (protocol: "nfs" | "smb") =>
  object(
    `The Service that ${protocol.toUpperCase()} clients use, NAME-adapter-${protocol}.`,
    {
      type: oneOf(
        "Type of the Service. Left out, adapterServices.type applies, and without that LoadBalancer.",
        serviceTypes,
      ).exactOptional(),
      ...settings,
      annotations: annotations(
        "Annotations of the Service, over those of adapterServices. An annotation that is removed here is removed there.",
      ),
    },
    { rules: familyRules },
  ).exactOptional();

/** The Service of the REST API. */
export const service = object(
  "The Service of the REST API, NAME-api.",
  { type: oneOf("Type of the Service.", serviceTypes).default("ClusterIP"), ...settings },
  { rules: familyRules },
).prefault({});

/** Defaults of both file protocols' Services. */
export const adapterServices = object("What nfs.service and smb.service use where they say nothing.", {
  type: oneOf(
    "Type of the Services whose own type is left out. Left out here too, it is LoadBalancer.",
    serviceTypes,
  ).exactOptional(),
  annotations: annotations("Annotations of both Services."),
}).exactOptional();

/** What happens where no load balancer comes. */
export const loadBalancer = object("What becomes of a Service of the type LoadBalancer that gets no address.", {
  fallback: oneOf(
    "NodePort reports the node's address and port in status.endpoints, and the server counts as reachable. None keeps it unreachable.",
    ["NodePort", "None"],
  ).default("NodePort"),
  fallbackAfterSeconds: int32("How long to wait for the load balancer first.", { min: 1, max: 86_400 }).default(120),
}).prefault({});
