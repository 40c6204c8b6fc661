import { atomicList, bool, int64, listMap, object, oneOf, text } from "../schema/vocabulary.ts";

// Spelled out instead of taken in whole, so that a misspelt field is refused when the DittoServer is applied and not when
// its StatefulSet is. The fields are those of core/v1 in Kubernetes 1.36 that mean something for a Linux pod.

const id = (description: string) => int64(description, { min: 0, max: 2_147_483_647 }).exactOptional();
const word = (description: string) => text(description, { maxLength: 253 }).exactOptional();
const capability = text("A Linux capability without CAP_.", { minLength: 1, maxLength: 64 });

const profile = (what: string) =>
  object(`${what} profile.`, {
    type: oneOf("Kind of profile.", ["RuntimeDefault", "Localhost", "Unconfined"]),
    localhostProfile: word("Profile on the node. Only for the type Localhost."),
  }).exactOptional();

const identityFields = {
  runAsUser: id("User id of the process."),
  runAsGroup: id("Group id of the process."),
  runAsNonRoot: bool("True refuses to run as uid 0.").exactOptional(),
  seccompProfile: profile("Seccomp"),
  appArmorProfile: profile("AppArmor"),
  seLinuxOptions: object("SELinux label.", {
    level: word("SELinux level."),
    role: word("SELinux role."),
    type: word("SELinux type."),
    user: word("SELinux user."),
  }).exactOptional(),
};

/** core/v1 SecurityContext of the server's container. */
export const securityContext = object("Container security context, merged field by field over the hardened default.", {
  ...identityFields,
  allowPrivilegeEscalation: bool("True lets a process gain more privileges than its parent.").exactOptional(),
  capabilities: object("Linux capabilities.", {
    add: atomicList("Capabilities given.", capability, { maxItems: 64 }).exactOptional(),
    drop: atomicList("Capabilities taken away.", capability, { maxItems: 64 }).exactOptional(),
  }).exactOptional(),
  privileged: bool("True gives the container the node's privileges.").exactOptional(),
  procMount: oneOf("How /proc is mounted.", ["Default", "Unmasked"]).exactOptional(),
  readOnlyRootFilesystem: bool("True mounts the root filesystem read-only.").exactOptional(),
});

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
      name: text("Name of the parameter.", { minLength: 1, maxLength: 253 }),
      value: text("Value of the parameter.", { maxLength: 253 }),
    }),
    { maxItems: 32 },
  ).exactOptional(),
});
