import type { LabelSelector } from "kubernetes-types/meta/v1";
import {
  atomicList,
  bool,
  celString,
  int32,
  listMap,
  object,
  objectName,
  oneOf,
  openObject,
  preserve,
  type Rule,
  set,
  text,
} from "../schema/vocabulary.ts";
import { labelKey } from "./labels.ts";
import { RESERVED_CONTAINERS, RESERVED_PATHS, RESERVED_VOLUMES } from "./reserved-names.ts";

const dnsLabel = (description: string) =>
  text(description, {
    minLength: 1,
    maxLength: 63,
    form: {
      pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
      message: "must consist of lower-case letters, digits and -, such as log-shipper",
    },
  });

const names = (reserved: readonly string[]): string => `[${reserved.map(celString).join(", ")}]`;

const noneReserved = (reserved: readonly string[], field: string): Rule => ({
  rule: `self.all(each, !(each.name in ${names(reserved)}))`,
  message: `${reserved.join(", ")} are the operator's own ${field}: use another name`,
});

const optional = bool("True lets the server start without it. Left out, false.").exactOptional();

const variableSource = object("Where variables come from: exactly one of the two.", {
  prefix: text("Put before each name.", {
    maxLength: 253,
    form: { pattern: "^([A-Za-z_][A-Za-z0-9_]*)?$", message: "must be the beginning of a variable's name" },
  }).exactOptional(),
  configMapRef: object("A ConfigMap.", { name: objectName("Name of the ConfigMap."), optional }).exactOptional(),
  secretRef: object("A Secret.", { name: objectName("Name of the Secret."), optional }).exactOptional(),
});

const volume = openObject(
  "core/v1 Volume: its name and exactly one source. Kubernetes checks the source when the pod's template is written.",
  { name: dnsLabel("Name of the volume.") },
  { maxProperties: 2 },
);

const mountPath = text("Where it appears in the server's container: an absolute path.", {
  minLength: 2,
  maxLength: 1024,
  form: {
    pattern: String.raw`^(/\.?[-A-Za-z0-9_@%+=,~][-A-Za-z0-9_@%+=,~.]*)+$`,
    message: "must be an absolute path without . and .. and without / at its end, such as /etc/extra",
  },
  rules: [
    {
      rule: `${names(RESERVED_PATHS)}.all(own, self != own && !self.startsWith(own + "/"))`,
      message: `must not be at or below ${RESERVED_PATHS.join(", ")}, which are the server's own: use a path such as /mnt/extra`,
    },
  ],
});

const relativePath = (description: string) =>
  text(description, {
    minLength: 1,
    maxLength: 1024,
    form: { pattern: String.raw`^[^/:]`, message: "must be a relative path" },
    rules: [
      {
        rule: String.raw`!self.matches("(^|/)[.][.](/|$)")`,
        message: "must not contain .. as a part: write the path out",
      },
    ],
  }).exactOptional();

const volumeMount = object(
  "A volume in the server's container.",
  {
    name: dnsLabel("Name of a volume of pod.volumes."),
    mountPath,
    subPath: relativePath("Part of the volume that appears. Left out, all of it."),
    subPathExpr: relativePath("Likewise, with $(NAME) for environment variables of pod.env."),
    readOnly: bool("True lets the server only read it. Left out, false.").exactOptional(),
    recursiveReadOnly: oneOf("Whether mounts below it are read-only too.", [
      "Disabled",
      "IfPossible",
      "Enabled",
    ]).exactOptional(),
    mountPropagation: oneOf("How mounts made below it spread.", ["None", "HostToContainer"]).exactOptional(),
  },
  {
    rules: [
      {
        rule: '!has(self.recursiveReadOnly) || self.recursiveReadOnly == "Disabled" || (has(self.readOnly) && self.readOnly && (!has(self.mountPropagation) || self.mountPropagation == "None"))',
        message: "recursiveReadOnly needs readOnly true and no mountPropagation: set both so, or leave it out",
        fieldPath: ".recursiveReadOnly",
      },
    ],
  },
);

const container = (what: string) =>
  openObject(
    `core/v1 Container: ${what} Kubernetes checks it when the pod's template is written. What Pod Security's restricted profile asks is filled into its securityContext where that says nothing else.`,
    { name: dnsLabel("Name of the container.") },
    { maxProperties: 32 },
  );

const policy = (description: string) => oneOf(description, ["Honor", "Ignore"]).exactOptional();

const spread = object(
  "core/v1 TopologySpreadConstraint.",
  {
    topologyKey: labelKey("Label of nodes whose values are the places, such as topology.kubernetes.io/zone."),
    whenUnsatisfiable: oneOf("What happens when the pods cannot be spread so.", ["DoNotSchedule", "ScheduleAnyway"]),
    maxSkew: int32("By how many pods two places may differ.", { min: 1, max: 1_000 }),
    minDomains: int32("How many places there must be at least.", { min: 1, max: 1_000 }).exactOptional(),
    labelSelector: preserve<LabelSelector>(
      "meta/v1 LabelSelector of the pods that are counted. Left out, those of all DittoServers of the namespace.",
      { maxProperties: 2 },
    ).exactOptional(),
    matchLabelKeys: set("Labels whose values must be those of this pod.", labelKey("Key of a label."), {
      maxItems: 16,
    }).exactOptional(),
    nodeAffinityPolicy: policy("Whether node selector and affinity decide which nodes count."),
    nodeTaintsPolicy: policy("Whether taints decide which nodes count."),
  },
  {
    rules: [
      {
        rule: '!has(self.minDomains) || self.whenUnsatisfiable == "DoNotSchedule"',
        message: "minDomains is for whenUnsatisfiable DoNotSchedule only: leave it out",
        fieldPath: ".minDomains",
      },
    ],
  },
);

/** What the pod carries besides the server, in Kubernetes' own words. */
export const podContents = {
  envFrom: atomicList(
    "Secrets and ConfigMaps whose keys become environment variables; pod.env and the operator's own variables win. A change of such a Secret restarts the server once, a change of a ConfigMap acts at its next start.",
    variableSource,
    {
      maxItems: 16,
      rules: [
        {
          rule: "self.all(source, has(source.configMapRef) != has(source.secretRef))",
          message: "every item must have exactly one of configMapRef and secretRef",
        },
      ],
    },
  ).exactOptional(),
  volumes: listMap("Volumes of the pod besides the operator's own, for volumeMounts and sidecars.", ["name"], volume, {
    maxItems: 32,
    rules: [noneReserved(RESERVED_VOLUMES, "volumes")],
  }).exactOptional(),
  volumeMounts: listMap("Where volumes appear in the server's container.", ["mountPath"], volumeMount, {
    maxItems: 32,
    rules: [
      {
        rule: "self.all(mount, !has(mount.subPath) || !has(mount.subPathExpr))",
        message: "subPath and subPathExpr exclude each other: keep one",
      },
    ],
  }).exactOptional(),
  initContainers: listMap(
    "Containers that run to their end before the server starts, in this order; one with restartPolicy Always stays beside it.",
    ["name"],
    container("one that runs before the server."),
    { maxItems: 8, rules: [noneReserved(RESERVED_CONTAINERS, "containers")] },
  ).exactOptional(),
  sidecars: listMap(
    "Containers beside the server. The pod, and with it the server, is ready only when they are.",
    ["name"],
    container("one beside the server."),
    { maxItems: 8, rules: [noneReserved(RESERVED_CONTAINERS, "containers")] },
  ).exactOptional(),
  topologySpreadConstraints: listMap(
    "How the pods of several DittoServers are spread over the cluster.",
    ["topologyKey", "whenUnsatisfiable"],
    spread,
    { maxItems: 8 },
  ).exactOptional(),
};

export const podContentRules: readonly Rule[] = [
  {
    rule: "!has(self.volumeMounts) || self.volumeMounts.all(mount, has(self.volumes) && self.volumes.exists(volume, volume.name == mount.name))",
    message: "volumeMounts[].name must name a volume of pod.volumes: declare the volume, or correct the name",
    fieldPath: ".volumeMounts",
  },
  {
    rule: "!has(self.initContainers) || !has(self.sidecars) || self.initContainers.all(before, !self.sidecars.exists(beside, beside.name == before.name))",
    message: "initContainers and sidecars must not share a name: rename one",
    fieldPath: ".sidecars",
  },
];
