import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { dittoServer, sampleServer } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";

/** By this API the operator knows OpenShift; what is in it does not matter here. */
const securityApi = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: securitycontextconstraints.security.openshift.io
  annotations: {api-approved.kubernetes.io: "unapproved, for a test"}
spec:
  group: security.openshift.io
  scope: Cluster
  names: {kind: SecurityContextConstraints, plural: securitycontextconstraints, singular: securitycontextconstraints}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;

const lab = await enterOperatedLab();
await lab.cluster.applyYaml(securityApi);
const operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await lab.node.stop();
});

test("where OpenShift's API is served, pods name no user or group but those of the spec, and stay restricted", async () => {
  await operator.untilActing();
  await lab.cluster.apply(sampleServer("plain"));
  await lab.cluster.apply(sampleServer("named", { podSecurityContext: { fsGroup: 2000 } }));
  await untilReady(lab.cluster, ["plain", "named"]);
  for (const [name, fsGroup] of [
    ["plain", undefined],
    ["named", 2000],
  ] as const) {
    const object = await lab.cluster.get({ ...dittoServer, apiVersion: "apps/v1", kind: "StatefulSet", name });
    const statefulSet = object as StatefulSet | undefined; // of its kind
    const { securityContext: ofPod, containers = [] } = statefulSet?.spec?.template.spec ?? {};
    assert.equal(containers.length, 1);
    assert.equal(ofPod?.fsGroup, fsGroup, name);
    assert.equal(ofPod?.runAsUser, undefined, name);
    for (const { securityContext } of containers) {
      const { runAsUser, runAsGroup, runAsNonRoot, allowPrivilegeEscalation } = securityContext ?? {};
      assert.deepEqual(
        { runAsUser, runAsGroup, runAsNonRoot, allowPrivilegeEscalation },
        { runAsUser: undefined, runAsGroup: undefined, runAsNonRoot: true, allowPrivilegeEscalation: false },
        name,
      );
    }
  }
});
