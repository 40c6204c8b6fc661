import { type RefusedCreation, refused } from "./refused-creation.ts";

const tolerating = (toleration: object) => ({ pod: { tolerations: [toleration] } });
const spread = (more: object) => ({
  pod: {
    topologySpreadConstraints: [{ topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1, ...more }],
  },
});
const mount = (more: object) => ({
  pod: { volumes: [{ name: "a", emptyDir: {} }], volumeMounts: [{ name: "a", mountPath: "/mnt/a", ...more }] },
});
const profile = (context: string, kind: string, value: object) => ({ [context]: { [kind]: value } });

const tolerations: readonly RefusedCreation[] = [
  refused(
    "a toleration of nothing in particular",
    tolerating({}),
    "pod.tolerations[0].operator",
    "operator must be Exists without a key",
  ),
  refused(
    "a toleration of any value, with a value",
    tolerating({ key: "a", operator: "Exists", value: "b" }),
    "pod.tolerations[0].value",
    "value has no meaning with the operator Exists",
  ),
  refused(
    "a time to bear what does not end the pod",
    tolerating({ key: "a", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 5 }),
    "pod.tolerations[0].tolerationSeconds",
    "tolerationSeconds needs the effect NoExecute",
  ),
  refused("a taint's key that is none", tolerating({ key: "a/b/c", operator: "Exists" }), "must be the key of a taint"),
  refused("a taint's value that is none", tolerating({ key: "a", value: "-" }), "must be a label value"),
];

const contexts: readonly RefusedCreation[] = [
  ...(["securityContext", "podSecurityContext"] as const).flatMap((context) => [
    refused(
      `a profile's name without the type that has one, in ${context}`,
      profile(context, "seccompProfile", { type: "RuntimeDefault", localhostProfile: "a.json" }),
      `spec.${context}.seccompProfile.localhostProfile`,
      "localhostProfile belongs to the type Localhost and to no other",
    ),
    refused(
      `a profile of the node without its name, in ${context}`,
      profile(context, "appArmorProfile", { type: "Localhost" }),
      `spec.${context}.appArmorProfile`,
      "localhostProfile belongs to the type Localhost and to no other",
    ),
  ]),
  ...["/etc/a.json", "../a.json", "a/..", "a/./b"].map((localhostProfile) =>
    refused(
      `the seccomp profile ${localhostProfile}`,
      profile("securityContext", "seccompProfile", { type: "Localhost", localhostProfile }),
      "must be a relative path without . and ..",
    ),
  ),
  refused(
    "an AppArmor profile with a space before it",
    profile("securityContext", "appArmorProfile", { type: "Localhost", localhostProfile: " a" }),
    "must be the name of a loaded profile",
  ),
  refused(
    "a container that may do everything and no more than its parent",
    { securityContext: { privileged: true, allowPrivilegeEscalation: false } },
    "spec.securityContext.allowPrivilegeEscalation",
    "allowPrivilegeEscalation cannot be false with privileged or CAP_SYS_ADMIN",
  ),
  refused(
    "an administrator's capability without the right to gain it",
    { securityContext: { capabilities: { add: ["CAP_SYS_ADMIN"] }, allowPrivilegeEscalation: false } },
    "allowPrivilegeEscalation cannot be false",
  ),
  refused(
    "a /proc that only a user namespace may have",
    { securityContext: { procMount: "Unmasked" } },
    "spec.securityContext.procMount",
    "Unmasked needs a user namespace",
  ),
  ...[
    { securityContext: { runAsUser: 0, runAsNonRoot: true } },
    { podSecurityContext: { runAsUser: 0, runAsNonRoot: true } },
    { podSecurityContext: { runAsNonRoot: true }, securityContext: { runAsUser: 0 } },
  ].map((spec) =>
    refused(
      `root that must not be root: ${JSON.stringify(spec)}`,
      spec,
      "runAsNonRoot true keeps a server with runAsUser 0",
    ),
  ),
  refused(
    "a kernel parameter that is none",
    { podSecurityContext: { sysctls: [{ name: "Net.Core", value: "1" }] } },
    "must be the name of a kernel parameter",
  ),
];

/** Combinations in the pod's settings that the API server would refuse of the StatefulSet. */
export const wrongPodSettings: readonly RefusedCreation[] = [
  ...tolerations,
  ...contexts,
  refused(
    "a number of places that nothing asks for",
    spread({ minDomains: 2 }),
    "minDomains is for whenUnsatisfiable DoNotSchedule only",
  ),
  refused("a place that is no label", spread({ topologyKey: "/a" }), "must be a label key"),
  refused("a label to match that is none", spread({ matchLabelKeys: ["a/b/c"] }), "must be a label key"),
  ...["..", "../a", "a/../b"].map((subPath) =>
    refused(`the part ${subPath} of a volume`, mount({ subPath }), "must not contain .. as a part"),
  ),
  refused(
    "mounts below that cannot be written, of one that can",
    mount({ recursiveReadOnly: "Enabled" }),
    "spec.pod.volumeMounts[0].recursiveReadOnly",
    "recursiveReadOnly needs readOnly true and no mountPropagation",
  ),
  refused(
    "mounts below that cannot be written and come later",
    mount({ recursiveReadOnly: "IfPossible", readOnly: true, mountPropagation: "HostToContainer" }),
    "recursiveReadOnly needs readOnly true and no mountPropagation",
  ),
  refused(
    "an address that is none",
    { pod: { hostAliases: [{ ip: "1:2", hostnames: ["a"] }] } },
    "must be an address such as",
  ),
  refused("a label with two slashes", { pod: { labels: { "a/b/c": "d" } } }, "every key must be a qualified name"),
  refused(
    "a label of an empty domain",
    { pod: { nodeSelector: { "a..b/c": "d" } } },
    "every key must be a qualified name",
  ),
  refused(
    "a variable that holds a secret",
    { pod: { env: [{ name: "DATABASE_URL", value: "postgresql://a:b@c/d" }] } },
    "DATABASE_URL, GOMEMLIMIT are the operator's own",
  ),
  refused("a resource of an empty domain", { resources: { limits: { "a..b/c": 1 } } }, "a resource is cpu, memory"),
  refused(
    "a resource of Kubernetes that is none",
    { resources: { limits: { "kubernetes.io/b": 1 } } },
    "a resource is cpu, memory",
  ),
  refused(
    "huge pages of no size",
    { resources: { limits: { cpu: 1, "hugepages-x": 1 } } },
    "a resource is cpu, memory",
  ),
  refused(
    "huge pages alone",
    { resources: { limits: { "hugepages-2Mi": "4Mi" } } },
    "huge pages need an amount of cpu or memory",
  ),
  refused(
    "more scratch space than is allowed",
    { resources: { requests: { "ephemeral-storage": "2Gi" }, limits: { "ephemeral-storage": "1Gi" } } },
    "requests.ephemeral-storage must not be above limits.ephemeral-storage",
  ),
  refused(
    "a device that is asked for without a limit",
    { resources: { requests: { "example.com/nic": 1 } } },
    "spec.resources.requests",
    "give limits what requests have",
  ),
];
