import { DEFAULT_IMAGE } from "../default-image.ts";
import {
  celString,
  int32,
  intOrString,
  listMap,
  map,
  object,
  objectName,
  oneOf,
  type Rule,
  text,
} from "../schema/vocabulary.ts";
import { NAME_WITH_DOMAIN } from "./labels.ts";
import { podSecurityContext, securityContext } from "./security-context.ts";

/** What can be had in parts, and above what is reserved. */
const ownAmounts = ["cpu", "memory", "ephemeral-storage"].map(celString).join(", ");

const amountRules: readonly Rule[] = [
  {
    rule: `self.all(name, isQuantity(string(self[name])) && !string(self[name]).startsWith("-"))`,
    message: "every amount must be a quantity that is not negative, such as 500m, 1 or 2Gi",
  },
  {
    rule: `self.all(name, name in [${ownAmounts}] || name.matches("^hugepages-[1-9][0-9]*(Ki|Mi|Gi)$") || (name.matches(${celString(NAME_WITH_DOMAIN)}) && !name.contains("kubernetes.io/") && !name.startsWith("requests.")))`,
    message:
      "a resource is cpu, memory, ephemeral-storage, hugepages-SIZE or one with a domain, such as example.com/nic",
  },
];

const amounts = (description: string) =>
  map(description, intOrString("A Kubernetes quantity, such as 500m, 1 or 2Gi.", { maxLength: 32 }), {
    maxProperties: 8,
    rules: amountRules,
  }).exactOptional();

// One rule for each, because a rule over all names would cost more than the API server grants.
const requestBelowLimit = (name: "cpu" | "memory" | "ephemeral-storage"): Rule => ({
  rule: `!has(self.requests) || !has(self.limits) || !("${name}" in self.requests) || !("${name}" in self.limits) || quantity(string(self.requests["${name}"])).compareTo(quantity(string(self.limits["${name}"]))) <= 0`,
  message: `requests.${name} must not be above limits.${name}: raise the limit or lower the request`,
});

const besideHugePages: Rule = {
  rule: '!has(self.limits) || !self.limits.exists(name, name.startsWith("hugepages-")) || "cpu" in self.limits || "memory" in self.limits || (has(self.requests) && ("cpu" in self.requests || "memory" in self.requests))',
  message: "huge pages need an amount of cpu or memory beside them",
  fieldPath: ".limits",
};

// That the two are equal, as they must be, would cost more than the API server grants.
const limitOfRequest: Rule = {
  rule: `!has(self.requests) || self.requests.all(name, name in [${ownAmounts}] || (has(self.limits) && name in self.limits))`,
  message: "huge pages and resources with a domain are had as a whole: give limits what requests have",
  fieldPath: ".requests",
};

/** How the server's pod is made. */
export const podFields = {
  image: text(
    "Image of the DittoFS server. Name a version: a tag that moves would change the server at some later restart.",
    {
      minLength: 1,
      maxLength: 512,
      form: {
        pattern: "^[a-zA-Z0-9][-a-zA-Z0-9._:/@]*$",
        message: "must be an image reference, such as marmos91c/dittofs:v0.29.0",
      },
    },
  ).default(DEFAULT_IMAGE),
  imagePullPolicy: oneOf("When the kubelet pulls the image. Left out, Kubernetes decides by the tag.", [
    "Always",
    "IfNotPresent",
    "Never",
  ]).exactOptional(),
  imagePullSecrets: listMap(
    "Secrets with registry credentials for the image.",
    ["name"],
    object("A Secret of type kubernetes.io/dockerconfigjson.", { name: objectName("Name of the Secret.") }),
    { maxItems: 16 },
  ).exactOptional(),
  resources: object(
    "CPU and memory of the server's container. A memory limit also sets the Go runtime's soft limit (GOMEMLIMIT) below it; one under 512Mi is warned of, because a server that holds files needs more at its start.",
    {
      requests: amounts("What the scheduler reserves, by resource name."),
      limits: amounts("What the container may use at most, by resource name."),
    },
    {
      rules: [
        requestBelowLimit("cpu"),
        requestBelowLimit("memory"),
        requestBelowLimit("ephemeral-storage"),
        besideHugePages,
        limitOfRequest,
      ],
    },
  ).exactOptional(),
  terminationGracePeriodSeconds: int32(
    "Seconds that the pod gets to stop, at least 5 + 3 x config.shutdownTimeout + 10; that is also its value when left out.",
    { min: 18, max: 86_400 },
  ).exactOptional(),
  securityContext: securityContext.exactOptional(),
  podSecurityContext: podSecurityContext.exactOptional(),
};
