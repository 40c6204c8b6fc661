import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../../../api/ditto-server.ts";
import { aServer } from "../../testing/a-server.ts";
import { initContainers, sidecars } from "./user-containers.ts";

type Row = {
  readonly because: string;
  readonly own: object | null | undefined;
  readonly pod?: DittoServerSpec["podSecurityContext"];
  readonly after: object;
};

const restricted = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
  capabilities: { drop: ["ALL"] },
};

const rows: readonly Row[] = [
  { because: "a container that says nothing passes a restricted namespace", own: undefined, after: restricted },
  { because: "null is nothing", own: null, after: restricted },
  {
    because: "what it says itself stands, field by field",
    own: { runAsUser: 101, capabilities: { add: ["NET_BIND_SERVICE"] } },
    after: { ...restricted, runAsUser: 101, capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } },
  },
  {
    because: "one that is to run as root is not told not to, because it would never start",
    own: { runAsUser: 0 },
    after: { ...restricted, runAsUser: 0, runAsNonRoot: undefined },
  },
  {
    because: "Kubernetes refuses privileges together with a ban on escalation",
    own: { privileged: true },
    after: { ...restricted, privileged: true, allowPrivilegeEscalation: undefined },
  },
  {
    because: "what the pod's context says of all containers is not overridden by a default",
    own: undefined,
    pod: { seccompProfile: { type: "Unconfined" }, runAsNonRoot: false },
    after: { ...restricted, seccompProfile: undefined, runAsNonRoot: undefined },
  },
];

for (const { because, own, pod, after } of rows) {
  test(because, () => {
    const container = { name: "mine", image: "mine:1", ...(own !== undefined && { securityContext: own }) };
    const server = aServer({
      pod: { sidecars: [container], initContainers: [container] },
      ...(pod !== undefined && { podSecurityContext: pod }),
    });
    const expected = [{ name: "mine", image: "mine:1", securityContext: after }];
    assert.deepEqual(JSON.stringify(sorted(sidecars(server))), JSON.stringify(sorted(expected)));
    assert.deepEqual(initContainers(server), sidecars(server));
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([field, each]) => [field, sorted(each)] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
