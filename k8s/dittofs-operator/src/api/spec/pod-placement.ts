import type { Affinity } from "kubernetes-types/core/v1";
import {
  atomicList,
  int32,
  listMap,
  map,
  object,
  objectName,
  oneOf,
  preserve,
  type Rule,
  text,
} from "../schema/vocabulary.ts";
import { address } from "./addresses.ts";
import { podContentRules, podContents } from "./pod-contents.ts";

const keyRules: readonly Rule[] = [
  {
    rule: 'self.all(key, key.size() <= 253 && key.matches("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?$"))',
    message: "every key must be a qualified name, such as example.com/team",
  },
];

const labelValue = text("Value of the label.", {
  maxLength: 63,
  form: { pattern: "^([a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?)?$", message: "must be a label value" },
});

const qualifiedKey = (description: string) => text(description, { maxLength: 253 }).exactOptional();

const toleration = object("core/v1 Toleration.", {
  key: qualifiedKey("Key of the taint. Left out, every key."),
  operator: oneOf("Whether the value counts.", ["Exists", "Equal"]).exactOptional(),
  value: text("Value of the taint.", { maxLength: 63 }).exactOptional(),
  effect: oneOf("Effect of the taint. Left out, every effect.", [
    "NoSchedule",
    "PreferNoSchedule",
    "NoExecute",
  ]).exactOptional(),
  tolerationSeconds: int32("How long NoExecute is borne.", { min: 0, max: 2_147_483_647 }).exactOptional(),
});

const hostAlias = object("Names for an address, in the pod's /etc/hosts.", {
  ip: address("The address."),
  hostnames: atomicList("Its names.", objectName("A host name."), { maxItems: 16 }),
});

const ownVariables = ["DITTOFS_CONTROLPLANE_SECRET", "DITTOFS_ADMIN_INITIAL_PASSWORD", "GOMEMLIMIT"];

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
    labels: map("Labels of the pod besides the operator's own.", labelValue, {
      maxProperties: 32,
      rules: keyRules,
    }).exactOptional(),
    annotations: map("Annotations of the pod.", text("Value of the annotation.", { maxLength: 4096 }), {
      maxProperties: 64,
      rules: keyRules,
    }).exactOptional(),
    nodeSelector: map("Labels that the node must have.", labelValue, {
      maxProperties: 32,
      rules: keyRules,
    }).exactOptional(),
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
            rule: `self.all(variable, !(variable.name in [${ownVariables.map((name) => `"${name}"`).join(", ")}]))`,
            message: `${ownVariables.join(", ")} are the operator's own: use identity.jwt.secretRef, identity.admin.passwordSecretRef and resources.limits.memory`,
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
