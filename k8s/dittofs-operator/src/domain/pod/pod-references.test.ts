import assert from "node:assert/strict";
import { test } from "node:test";
import { aServer } from "../testing/a-server.ts";
import { podReferences, podSecretNames, referenceFindings } from "./pod-references.ts";

const server = aServer({
  imagePullSecrets: [{ name: "registry" }],
  pod: {
    priorityClassName: "storage",
    runtimeClassName: "gvisor",
    serviceAccountName: "files",
    envFrom: [{ secretRef: { name: "proxy" } }, { configMapRef: { name: "maybe", optional: true } }],
    volumes: [
      { name: "a", configMap: { name: "motd" } },
      { name: "b", secret: { secretName: "certificates" } },
      { name: "c", persistentVolumeClaim: { claimName: "archive" } },
      {
        name: "d",
        projected: { sources: [{ secret: { name: "certificates" } }, { configMap: { name: "x", optional: true } }] },
      },
    ],
    initContainers: [
      { name: "i", env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "a" } } }] },
    ],
    sidecars: [{ name: "s", envFrom: [{ secretRef: { name: "proxy" } }], env: "nonsense" }],
  },
});

test("every object without which the pod would not start is found once, with the field that names it", () => {
  assert.deepEqual(
    podReferences(server).map(({ kind, name, field }) => `${kind} ${name}: ${field}`),
    [
      "Secret registry: imagePullSecrets",
      "PriorityClass storage: pod.priorityClassName",
      "RuntimeClass gvisor: pod.runtimeClassName",
      "ServiceAccount files: pod.serviceAccountName",
      "Secret proxy: pod.sidecars[s].envFrom",
      "ConfigMap motd: pod.volumes[a]",
      "Secret certificates: pod.volumes[d]",
      "PersistentVolumeClaim archive: pod.volumes[c]",
      "ConfigMap settings: pod.initContainers[i].env",
    ],
  );
  assert.deepEqual(podSecretNames(server), ["registry", "proxy", "certificates"]);
});

test("a server that names nothing has none, so that it costs no request", () => {
  assert.deepEqual(podReferences(aServer()), []);
});

test("what nobody has checked yet is no reference, and harms nothing", () => {
  const volumes = [
    { name: "a", configMap: { name: 7 } },
    { name: "b", projected: { sources: "none" } },
    { name: "c", projected: { sources: [null, "text"] } },
    { name: "d", secret: null },
  ];
  assert.deepEqual(podReferences(aServer({ pod: { volumes } })), []);
});

test("a missing object is named with its field and what to do", () => {
  const [finding] = referenceFindings([{ kind: "PriorityClass", name: "storage", field: "pod.priorityClassName" }]);
  assert.deepEqual(finding, {
    condition: "ConfigReady",
    reason: "ReferenceNotFound",
    message:
      "spec.pod.priorityClassName: PriorityClass storage does not exist. Create it, or correct the name. A pod that runs is left alone meanwhile.",
  });
});
