import assert from "node:assert/strict";
import { test } from "node:test";
import type { DittoServerSpec } from "../api/ditto-server.ts";
import { plan } from "./plan.ts";
import { aServer } from "./testing/a-server.ts";
import { aServingWorld } from "./testing/a-world.ts";

function contexts(platform: "kubernetes" | "openshift", spec: Partial<DittoServerSpec> = {}) {
  const world = aServingWorld({ server: aServer(spec), platform });
  const set = plan(world, (kind) => `a generated ${kind} of at least 32 bytes`).children.find(
    (child) => child.kind === "StatefulSet",
  );
  const { securityContext: pod, containers = [] } = set?.spec?.template.spec ?? {};
  const { runAsUser, runAsGroup, runAsNonRoot, readOnlyRootFilesystem } = containers[0]?.securityContext ?? {};
  return { fsGroup: pod?.fsGroup, runAsUser, runAsGroup, runAsNonRoot, readOnlyRootFilesystem };
}

const hardened = { runAsNonRoot: true, readOnlyRootFilesystem: true };

test("elsewhere the ids are those of the image", () => {
  assert.deepEqual(contexts("kubernetes"), { fsGroup: 65_532, runAsUser: 65_532, runAsGroup: 65_532, ...hardened });
});

test("on OpenShift the namespace gives the ids, and everything else stays hardened", () => {
  assert.deepEqual(contexts("openshift"), {
    fsGroup: undefined,
    runAsUser: undefined,
    runAsGroup: undefined,
    ...hardened,
  });
});

test("ids that the spec names are the user's business there too", () => {
  const named = { securityContext: { runAsUser: 7, runAsGroup: 8 }, podSecurityContext: { fsGroup: 9 } };
  assert.deepEqual(contexts("openshift", named), { fsGroup: 9, runAsUser: 7, runAsGroup: 8, ...hardened });
});
