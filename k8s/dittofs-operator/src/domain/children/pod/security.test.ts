import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../../testing/a-server.ts";
import { containerSecurityContext, podSecurityContext } from "./security.ts";

const hardened = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsUser: 65_532,
  runAsGroup: 65_532,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
  capabilities: { drop: ["ALL"] },
};

const containerRows = [
  { name: "nothing is said", changes: {}, wanted: hardened },
  {
    name: "one field is given, the others stay hardened",
    changes: { securityContext: { readOnlyRootFilesystem: false } },
    wanted: { ...hardened, readOnlyRootFilesystem: false },
  },
  {
    name: "a capability is added, all others stay dropped",
    changes: { securityContext: { capabilities: { add: ["NET_BIND_SERVICE"] } } },
    wanted: { ...hardened, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } },
  },
  {
    name: "the pod's context names a user, it holds for the container",
    changes: { podSecurityContext: { runAsUser: 1000, runAsGroup: 1000 } },
    wanted: without(["runAsUser", "runAsGroup"]),
  },
  {
    name: "both contexts name a user, the container's own wins",
    changes: { podSecurityContext: { runAsUser: 1000 }, securityContext: { runAsUser: 2000 } },
    wanted: { ...hardened, runAsUser: 2000 },
  },
  {
    name: "the pod's context allows root and has a profile, both hold for the container",
    changes: { podSecurityContext: { runAsNonRoot: false, seccompProfile: { type: "Unconfined" } } },
    wanted: without(["runAsNonRoot", "seccompProfile"]),
  },
  {
    name: "the user is root, which the kubelet would not start as another",
    changes: { securityContext: { runAsUser: 0 } },
    wanted: { ...without(["runAsNonRoot"]), runAsUser: 0 },
  },
  {
    name: "the pod's user is root, likewise",
    changes: { podSecurityContext: { runAsUser: 0 } },
    wanted: without(["runAsNonRoot", "runAsUser"]),
  },
  {
    name: "the container's own user wins over a pod's that is root",
    changes: { podSecurityContext: { runAsUser: 0 }, securityContext: { runAsUser: 2000 } },
    wanted: { ...hardened, runAsUser: 2000 },
  },
  {
    name: "a capability asks for privileges that Kubernetes does not let be forbidden",
    changes: { securityContext: { capabilities: { add: ["CAP_SYS_ADMIN"] } } },
    wanted: {
      ...without(["allowPrivilegeEscalation"]),
      capabilities: { drop: ["ALL"], add: ["CAP_SYS_ADMIN"] },
    },
  },
  {
    name: "an empty list is given, it is left out as the API server would",
    changes: { securityContext: { capabilities: { add: [] } } },
    wanted: hardened,
  },
  {
    name: "nothing is to be dropped, there are no capabilities to speak of",
    changes: { securityContext: { capabilities: { drop: [] } } },
    wanted: without(["capabilities"]),
  },
] as const;

function without(fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(hardened).filter(([field]) => !fields.includes(field)));
}

for (const { name, changes, wanted } of containerRows) {
  test(`container: when ${name}`, () => assert.deepEqual(containerSecurityContext(aServer(changes)), wanted));
}

const podDefaults = { fsGroup: 65_532, fsGroupChangePolicy: "OnRootMismatch" };

const podRows = [
  { name: "nothing is said, volumes become the server's group", context: undefined, wanted: podDefaults },
  {
    name: "a kernel parameter is given, the group stays, without which volumes could not be written",
    context: { sysctls: [{ name: "net.core.somaxconn", value: "1024" }] },
    wanted: { ...podDefaults, sysctls: [{ name: "net.core.somaxconn", value: "1024" }] },
  },
  { name: "another group is given, it wins", context: { fsGroup: 1000 }, wanted: { ...podDefaults, fsGroup: 1000 } },
  { name: "an empty list is given, it is left out", context: { supplementalGroups: [] }, wanted: podDefaults },
] as const;

for (const { name, context, wanted } of podRows) {
  test(`pod: when ${name}`, () => {
    const server = aServer(context && { podSecurityContext: context });
    assert.deepEqual(podSecurityContext(server), wanted);
  });
}
