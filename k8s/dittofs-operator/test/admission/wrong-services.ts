import type { Change } from "./changes.ts";
import { type RefusedCreation, refused } from "./refused-creation.ts";

const services = [
  { path: "nfs.service", of: (service: object) => ({ nfs: { service } }) },
  { path: "smb.service", of: (service: object) => ({ smb: { service } }) },
  { path: "service", of: (service: object) => ({ service }) },
] as const;

const port = { nodePort: 30_080 };
const from = (peer: object) => ({ networkPolicy: { from: [peer] } });
const condition = (fields: object) => from({ podSelector: { matchExpressions: [{ key: "a", ...fields }] } });
const ingress = (fields: object) => ({ controlPlane: { ingress: { enabled: true, ...fields } } });

/** Combinations that the API server would refuse of a Service, a NetworkPolicy or an Ingress. */
export const wrongServices: readonly RefusedCreation[] = [
  ...services.flatMap(({ path, of }) => [
    refused(
      `an address family twice in ${path}`,
      of({ ipFamilies: ["IPv4", "IPv4"], ipFamilyPolicy: "PreferDualStack" }),
      `spec.${path}.ipFamilies`,
      "ipFamilies names a family twice",
    ),
    refused(
      `two address families in ${path} without saying how`,
      of({ ipFamilies: ["IPv4", "IPv6"] }),
      `spec.${path}.ipFamilyPolicy`,
      "two ipFamilies need an ipFamilyPolicy of PreferDualStack or RequireDualStack",
    ),
    refused(
      `two address families in ${path} and one`,
      of({ ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "SingleStack" }),
      "two ipFamilies need an ipFamilyPolicy",
    ),
  ]),
  refused(
    "a load balancer class with two slashes",
    { nfs: { service: { loadBalancerClass: "a/b/c" } } },
    "must be a load balancer class",
  ),
  refused(
    "one port of the nodes for NFS and SMB",
    { nfs: { service: port }, smb: { service: port } },
    "nfs.service.nodePort and smb.service.nodePort must differ",
  ),
  refused(
    "one port of the nodes for NFS and the API",
    { nfs: { service: port }, service: port },
    "nfs.service.nodePort and service.nodePort must differ",
  ),
  refused(
    "one port of the nodes for SMB and the API",
    { smb: { service: port }, service: port },
    "smb.service.nodePort and service.nodePort must differ",
  ),
  refused(
    "a range that begins in its middle",
    { nfs: { allowedClients: ["192.0.2.7/24"] } },
    "must begin with the first address of the range",
  ),
  refused("a range of no addresses", { smb: { allowedClients: [":/8"] } }, "must be an address range"),
  refused(
    "a range of IPv4 in the words of IPv6",
    { smb: { service: { loadBalancerSourceRanges: ["::ffff:10.0.0.0/104"] } } },
    "must be an address range",
  ),
  refused(
    "pods with a label whose value is none",
    from({ podSelector: { matchLabels: { a: ".." } } }),
    "must be a label value",
  ),
  refused(
    "pods with a label that is none",
    from({ podSelector: { matchLabels: { "a=b": "c" } } }),
    "every key must be a qualified name",
  ),
  refused("a condition on what is no label", condition({ key: "/a", operator: "Exists" }), "must be a label key"),
  ...[{ operator: "In" }, { operator: "NotIn", values: [] }, { operator: "Exists", values: ["b"] }].map((fields) =>
    refused(
      `a condition such as ${JSON.stringify(fields)}`,
      condition(fields),
      "values are for the operators In and NotIn",
    ),
  ),
  refused(
    "an Ingress for an address",
    ingress({ host: "192.0.2.7" }),
    "spec.controlPlane.ingress.host",
    "must be a name and no address",
  ),
  ...["/a/../b", "/a/..", "/./a"].map((path) =>
    refused(
      `the path ${path} of an Ingress`,
      ingress({ path }),
      "spec.controlPlane.ingress.path",
      "must not contain . or .. as a part",
    ),
  ),
  refused(
    "an Ingress with its class in two places",
    ingress({ className: "a", annotations: { "kubernetes.io/ingress.class": "a" } }),
    "spec.controlPlane.ingress.annotations",
    "className and the annotation kubernetes.io/ingress.class exclude each other",
  ),
];

const change = (because: string, before: object, after: object, ...says: readonly string[]): Change => ({
  because,
  before,
  after,
  ...(says.length > 0 && { says }),
});
const one = { type: "LoadBalancer", loadBalancerClass: "example.com/one" };
const other = { type: "LoadBalancer", loadBalancerClass: "example.com/other" };
const keeps = "loadBalancerClass cannot change while the Service is of the type LoadBalancer";
const family = (...ipFamilies: readonly string[]) => ({ ipFamilies, ipFamilyPolicy: "PreferDualStack" });

/** What Kubernetes lets change of a Service, and what it does not. */
export const serviceChanges: readonly Change[] = [
  ...services.flatMap(({ path, of }) => [
    change(
      `${path} gets another load balancer class`,
      of(one),
      of(other),
      `spec.${path}.loadBalancerClass`,
      `${path}.${keeps}`,
    ),
    change(`${path} loses its load balancer class`, of(one), of({ type: "LoadBalancer" }), `${path}.${keeps}`),
    change(`${path} gets another class and no load balancer`, of(one), of({ ...other, type: "NodePort" })),
    change(`${path} gets a load balancer of a class`, of({ type: "ClusterIP" }), of(one)),
    change(
      `${path} gets another first address family`,
      of(family("IPv4")),
      of(family("IPv6", "IPv4")),
      `spec.${path}.ipFamilies`,
      `${path}.ipFamilies: the first family cannot change`,
    ),
    change(`${path} gets a second address family`, of(family("IPv4")), of(family("IPv4", "IPv6"))),
  ]),
  change(
    "a class without a type changes, which is a load balancer's",
    { nfs: { service: { loadBalancerClass: "a" } } },
    {},
    keeps,
  ),
  change(
    "a class changes where another type holds for both protocols",
    { adapterServices: { type: "NodePort" }, nfs: { service: { loadBalancerClass: "a" } } },
    { adapterServices: { type: "NodePort" }, nfs: { service: { loadBalancerClass: "b" } } },
  ),
  change(
    "a class changes while the protocol comes again",
    { nfs: { enabled: false, service: one } },
    { nfs: { enabled: true, service: other } },
  ),
];
