import { atomicList, bool, type Form, int64, listMap, object, oneOf, type Rule, text } from "../schema/vocabulary.ts";

// Spelled out instead of taken in whole, so that a misspelt field is refused when the DittoServer is applied and not when
// its StatefulSet is. The fields are those of core/v1 in Kubernetes 1.36 that mean something for a Linux pod.

const id = (description: string) => int64(description, { min: 0, max: 2_147_483_647 }).exactOptional();
const word = (description: string) => text(description, { maxLength: 253 }).exactOptional();
const capability = text("A Linux capability without CAP_.", { minLength: 1, maxLength: 64 });

const profile = (what: string, name: Form) =>
  object(
    `${what} profile.`,
    {
      type: oneOf("Kind of profile.", ["RuntimeDefault", "Localhost", "Unconfined"]),
      localhostProfile: text("Profile on the node. Only for the type Localhost.", {
        minLength: 1,
        maxLength: 253,
        form: name,
      }).exactOptional(),
    },
    {
      rules: [
        {
          rule: '(self.type == "Localhost") == has(self.localhostProfile)',
          message: "localhostProfile belongs to the type Localhost and to no other: set both, or leave it out",
          fieldPath: ".localhostProfile",
        },
      ],
    },
  ).exactOptional();

/** Under the kubelet's own directory. */
const seccompName: Form = {
  pattern: String.raw`^([^/.]|[.][^/.]|[.][.][^/])[^/]*(/([^/.]|[.][^/.]|[.][.][^/])[^/]*)*$`,
  message: "must be a relative path without . and .., such as profiles/dittofs.json",
};

const appArmorName: Form = {
  pattern: String.raw`^\S(.*\S)?$`,
  message: "must be the name of a loaded profile, without spaces around it",
};

const asRoot = (context: string): string => `(has(self.${context}) && has(self.${context}.runAsUser))`;

/** The container's own context wins over the pod's, field by field. */
export const rootRule: Rule = {
  rule: `(${asRoot("securityContext")} ? self.securityContext.runAsUser : ${asRoot("podSecurityContext")} ? self.podSecurityContext.runAsUser : 1) != 0 || !(has(self.securityContext) && has(self.securityContext.runAsNonRoot) ? self.securityContext.runAsNonRoot : has(self.podSecurityContext) && has(self.podSecurityContext.runAsNonRoot) && self.podSecurityContext.runAsNonRoot)`,
  message:
    "runAsNonRoot true keeps a server with runAsUser 0 from starting: give another user, or set runAsNonRoot to false",
  fieldPath: ".securityContext",
};

const identityFields = {
  runAsUser: id("User id of the process."),
  runAsGroup: id("Group id of the process."),
  runAsNonRoot: bool("True refuses to run as uid 0.").exactOptional(),
  seccompProfile: profile("Seccomp", seccompName),
  appArmorProfile: profile("AppArmor", appArmorName),
  seLinuxOptions: object("SELinux label.", {
    level: word("SELinux level."),
    role: word("SELinux role."),
    type: word("SELinux type."),
    user: word("SELinux user."),
  }).exactOptional(),
};

/** core/v1 SecurityContext of the server's container. */
export const securityContext = object(
  "Container security context, merged field by field over the hardened default.",
  {
    ...identityFields,
    allowPrivilegeEscalation: bool("True lets a process gain more privileges than its parent.").exactOptional(),
    capabilities: object("Linux capabilities.", {
      add: atomicList("Capabilities given.", capability, { maxItems: 64 }).exactOptional(),
      drop: atomicList("Capabilities taken away.", capability, { maxItems: 64 }).exactOptional(),
    }).exactOptional(),
    privileged: bool("True gives the container the node's privileges.").exactOptional(),
    procMount: oneOf("How /proc is mounted.", ["Default", "Unmasked"], {
      rules: [
        {
          rule: 'self != "Unmasked"',
          message: "Unmasked needs a user namespace, which the server's pod does not have: leave procMount out",
        },
      ],
    }).exactOptional(),
    readOnlyRootFilesystem: bool("True mounts the root filesystem read-only.").exactOptional(),
  },
  {
    rules: [
      {
        rule: '!has(self.allowPrivilegeEscalation) || self.allowPrivilegeEscalation || !((has(self.privileged) && self.privileged) || (has(self.capabilities) && has(self.capabilities.add) && "CAP_SYS_ADMIN" in self.capabilities.add))',
        message:
          "allowPrivilegeEscalation cannot be false with privileged or CAP_SYS_ADMIN: leave it out, or take those away",
        fieldPath: ".allowPrivilegeEscalation",
      },
    ],
  },
);

/** core/v1 PodSecurityContext of the server's pod. */
export const podSecurityContext = object("Pod security context, merged field by field over the hardened default.", {
  ...identityFields,
  fsGroup: id("Group that owns the volumes."),
  fsGroupChangePolicy: oneOf("When the ownership of a volume is changed.", [
    "OnRootMismatch",
    "Always",
  ]).exactOptional(),
  supplementalGroups: atomicList("Further groups of the process.", int64("Group id.", { min: 0, max: 2_147_483_647 }), {
    maxItems: 64,
  }).exactOptional(),
  supplementalGroupsPolicy: oneOf("Whether the image's own group memberships count.", [
    "Merge",
    "Strict",
  ]).exactOptional(),
  seLinuxChangePolicy: oneOf("How the SELinux label is put on volumes.", ["MountOption", "Recursive"]).exactOptional(),
  sysctls: listMap(
    "Kernel parameters of the pod.",
    ["name"],
    object("One kernel parameter.", {
      name: text("Name of the parameter.", {
        minLength: 1,
        maxLength: 253,
        form: {
          pattern: String.raw`^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`,
          message: "must be the name of a kernel parameter, such as net.core.somaxconn",
        },
      }),
      value: text("Value of the parameter.", { maxLength: 253 }),
    }),
    { maxItems: 32 },
  ).exactOptional(),
});
