import type { Affinity } from "kubernetes-types/core/v1";
import {
  atomicList,
  celString,
  int32,
  listMap,
  object,
  objectName,
  oneOf,
  preserve,
  text,
} from "../schema/vocabulary.ts";
import { address } from "./addresses.ts";
import { annotations, labels, labelValue, QUALIFIED_NAME } from "./labels.ts";
import { podContentRules, podContents } from "./pod-contents.ts";
import { RESERVED_VARIABLES } from "./reserved-names.ts";

const toleration = object(
  "core/v1 Toleration.",
  {
    key: text("Key of the taint. Left out, every key.", {
      maxLength: 317,
      form: { pattern: `${QUALIFIED_NAME}|^$`, message: "must be the key of a taint such as example.com/storage" },
    }).exactOptional(),
    operator: oneOf("Whether the value counts.", ["Exists", "Equal"]).exactOptional(),
    value: labelValue("Value of the taint.").exactOptional(),
    effect: oneOf("Effect of the taint. Left out, every effect.", [
      "NoSchedule",
      "PreferNoSchedule",
      "NoExecute",
    ]).exactOptional(),
    tolerationSeconds: int32("How long NoExecute is borne.", { min: 0, max: 2_147_483_647 }).exactOptional(),
  },
  {
    rules: [
      {
        rule: '(has(self.key) && self.key != "") || (has(self.operator) && self.operator == "Exists")',
        message: "operator must be Exists without a key: name the key of the taint, or set operator to Exists",
        fieldPath: ".operator",
      },
      {
        rule: '!has(self.value) || self.value == "" || !has(self.operator) || self.operator != "Exists"',
        message: "value has no meaning with the operator Exists: leave it out, or set operator to Equal",
        fieldPath: ".value",
      },
      {
        rule: '!has(self.tolerationSeconds) || (has(self.effect) && self.effect == "NoExecute")',
        message: "tolerationSeconds needs the effect NoExecute: set it, or leave tolerationSeconds out",
        fieldPath: ".tolerationSeconds",
      },
    ],
  },
);

const hostAlias = object("Names for an address, in the pod's /etc/hosts.", {
  ip: address("The address."),
  hostnames: atomicList("Its names.", objectName("A host name."), { maxItems: 16 }),
});

const variable = object("An environment variable of the server's container.", {
  name: text("Name of the variable.", {
    minLength: 1,
    maxLength: 253,
    form: {
      pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
      message: "must be the name of a variable, such as DITTOFS_LOGGING_LEVEL",
    },
  }),
  value: text("Its value. A secret does not belong here.", { maxLength: 4096 }),
});

/** Where the pod runs and what it carries besides the server. */
export const pod = object(
  "Where the server's pod runs and what it carries. A change restarts the server once.",
  {
    labels: labels("Labels of the pod besides the operator's own."),
    annotations: annotations("Annotations of the pod."),
    nodeSelector: labels("Labels that the node must have."),
    affinity: preserve<Affinity>("core/v1 Affinity. Kubernetes checks it when the pod's template is written.", {
      maxProperties: 3,
    }).exactOptional(),
    tolerations: atomicList("Taints of nodes that the pod bears.", toleration, { maxItems: 32 }).exactOptional(),
    priorityClassName: objectName("PriorityClass of the pod.").exactOptional(),
    runtimeClassName: objectName("RuntimeClass of the pod.").exactOptional(),
    schedulerName: objectName("Scheduler that places the pod. Left out, the cluster's own.").exactOptional(),
    serviceAccountName: objectName(
      "ServiceAccount of the pod, for image pull secrets or policies that go by it; the pod gets no token. Left out, default.",
    ).exactOptional(),
    hostAliases: listMap("Names that the pod resolves without DNS.", ["ip"], hostAlias, {
      maxItems: 32,
    }).exactOptional(),
    env: listMap(
      "Environment variables. One that the server reads as a setting wins over its configuration file.",
      ["name"],
      variable,
      {
        maxItems: 64,
        rules: [
          {
            rule: `self.all(variable, !(variable.name in [${RESERVED_VARIABLES.map(celString).join(", ")}]))`,
            message: `${RESERVED_VARIABLES.join(", ")} are the operator's own: use the fields that name Secrets, and resources.limits.memory`,
          },
        ],
      },
    ).exactOptional(),
    ...podContents,
  },
  { rules: podContentRules },
).exactOptional();

const probe = (what: string, left: string) =>
  object(`${what} Left out, ${left}.`, {
    initialDelaySeconds: int32("Seconds before the first try.", { min: 0, max: 3_600 }).exactOptional(),
    periodSeconds: int32("Seconds between two tries.", { min: 1, max: 3_600 }).exactOptional(),
    timeoutSeconds: int32("Seconds that an answer may take.", { min: 1, max: 3_600 }).exactOptional(),
    failureThreshold: int32("Failed tries in a row that count.", { min: 1, max: 10_000 }).exactOptional(),
  }).exactOptional();

/** How Kubernetes asks the server whether it lives. */
export const probes = object("How Kubernetes asks the server. What is left out keeps its default, field by field.", {
  startup: probe(
    "Until the server answers for the first time.",
    "every second for ten minutes, because one unreachable remote store delays a start by three",
  ),
  readiness: probe("Whether clients are sent to it.", "every two seconds"),
  liveness: probe("Whether it has to be started again.", "every ten seconds"),
}).exactOptional();
