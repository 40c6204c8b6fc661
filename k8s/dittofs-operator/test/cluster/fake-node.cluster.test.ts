import assert from "node:assert/strict";
import { get } from "node:http";
import { after, test } from "node:test";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { condition } from "./condition.ts";
import { enterLab } from "./enter-lab.ts";
import { FakeNode, fakeNodeLab } from "./fake-node/fake-node.ts";
import { hangMs } from "./hang.ts";

const lab = await enterLab("light", fakeNodeLab);
const { cluster } = lab;
const node = new FakeNode(lab);
after(() => node.stop());

const namespace = "default";
const pod = (name: string) => ({ apiVersion: "v1", kind: "Pod", namespace, name: `${name}-0` });
const set = (name: string) => ({ apiVersion: "apps/v1", kind: "StatefulSet", namespace, name });
const isReady = (object: KubernetesObject): boolean => condition(object, "Ready")?.status === "True";
const addressOf = (object: KubernetesObject): string => (object["status"] as { podIP: string }).podIP; // of a ready pod
const counts = (object: KubernetesObject) => {
  const { readyReplicas, updatedReplicas, observedGeneration } = object["status"] as Record<string, number>; // of a StatefulSet
  return { readyReplicas, updatedReplicas, observedGeneration };
};

const manifest = (name: string): string => `
apiVersion: v1
kind: Secret
metadata: {name: ${name}}
stringData: {jwt: a-secret-that-is-long-enough-for-the-server, password: the-admins-password}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data:
  config.yaml: |
    database: {sqlite: {path: /data/controlplane/controlplane.db}}
    controlplane: {host: 0.0.0.0, port: 8080}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: ${name}}
spec:
  serviceName: ${name}
  selector: {matchLabels: {instance: ${name}}}
  template:
    metadata: {labels: {instance: ${name}}}
    spec:
      containers:
        - name: dittofs
          image: localhost/dittofs/double:1
          args: [start, --foreground, --config, /config/config.yaml]
          env:
            - {name: DITTOFS_CONTROLPLANE_SECRET, valueFrom: {secretKeyRef: {name: ${name}, key: jwt}}}
            - {name: DITTOFS_ADMIN_INITIAL_PASSWORD, valueFrom: {secretKeyRef: {name: ${name}, key: password}}}
          volumeMounts:
            - {name: config, mountPath: /config}
            - {name: controlplane, mountPath: /data/controlplane}
      volumes: [{name: config, configMap: {name: ${name}}}]
  volumeClaimTemplates:
    - metadata: {name: controlplane}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

function health(address: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  get({ host: address, port: 8080, path: "/health", agent: false }, (response) => {
    resolve(response.resume().statusCode ?? 0);
  }).on("error", reject);
  return promise;
}

test("a StatefulSet gets its pod, whose server answers at the pod's address; claims are bound and the status says so", async () => {
  await cluster.applyYaml(manifest("files"), namespace);
  const ready = await cluster.until(pod("files"), { what: "ready", holds: isReady });
  assert.equal(await health(addressOf(ready)), 200);
  await cluster.until(set("files"), { what: "ready", holds: (object) => counts(object).readyReplicas === 1 });
  const claim = await cluster.get({ ...pod("files"), kind: "PersistentVolumeClaim", name: "controlplane-files-0" });
  assert.match(JSON.stringify(claim?.["status"]), /"phase":"Bound".*"capacity":\{"storage":"1Gi"\}/);
  assert.equal(node.revisions(namespace, "files").length, 1);
});

test("a changed template makes another pod at another address, with the data of the first", async () => {
  const first = await cluster.until(pod("files"), { what: "ready", holds: isReady });
  const accounts = node.double(namespace, "files")?.state.database.users;
  assert.equal(accounts?.length, 1);
  await cluster.patch(set("files"), { spec: { template: { metadata: { annotations: { rollout: "2" } } } } });
  const isOther = (object: KubernetesObject): boolean => isReady(object) && object.metadata.uid !== first.metadata.uid;
  const second = await cluster.until(pod("files"), { what: "another that is ready", holds: isOther });
  assert.notEqual(addressOf(second), addressOf(first));
  assert.equal(node.revisions(namespace, "files").length, 2);
  assert.equal(node.restarts(namespace, "files"), 1);
  assert.deepEqual(node.double(namespace, "files")?.state.database.users, accounts);
  await assert.rejects(health(addressOf(first)));
  const isDone = (object: KubernetesObject): boolean =>
    counts(object).updatedReplicas === 1 && counts(object).readyReplicas === 1;
  await cluster.until(set("files"), { what: "rolled out", holds: isDone });
});

test("a server that crashes comes back in the same pod, at the same address", async () => {
  const before = await cluster.until(pod("files"), { what: "ready", holds: isReady });
  await node.crash(namespace, "files");
  const restarts = (object: KubernetesObject): boolean =>
    isReady(object) && /"restartCount":1/.test(JSON.stringify(object));
  const restarted = await cluster.until(pod("files"), { what: "restarted", holds: restarts });
  assert.equal(restarted.metadata.uid, before.metadata.uid);
  assert.equal(addressOf(restarted), addressOf(before));
  assert.equal(await health(addressOf(restarted)), 200);
});

test("a pod that somebody ends counts as a restart, and one that is no longer wanted does not", async () => {
  const { metadata } = await cluster.until(pod("files"), { what: "ready", holds: isReady });
  await cluster.delete(pod("files"));
  const isOther = (object: KubernetesObject): boolean => isReady(object) && object.metadata.uid !== metadata.uid;
  await cluster.until(pod("files"), { what: "another that is ready", holds: isOther });
  assert.equal(node.restarts(namespace, "files"), 2);
  await cluster.patch(set("files"), { spec: { replicas: 0 } });
  await cluster.untilGone(pod("files"));
  await cluster.patch(set("files"), { spec: { replicas: 1 } });
  await cluster.until(pod("files"), { what: "ready", holds: isReady });
  assert.equal(node.restarts(namespace, "files"), 2);
});

test("a pod whose Secret is missing waits with the kubelet's reason, and starts when the Secret comes", async () => {
  const [secret, ...others] = manifest("late").split("\n---\n");
  await cluster.applyYaml(others.join("\n---\n"), namespace);
  const waits = (object: KubernetesObject): boolean => JSON.stringify(object).includes('secret \\"late\\" not found');
  const waiting = await cluster.until(pod("late"), { what: "waiting for its Secret", holds: waits });
  assert.match(JSON.stringify(waiting), /CreateContainerConfigError/);
  await cluster.applyYaml(secret ?? "", namespace);
  await cluster.until(pod("late"), { what: "ready", holds: isReady });
});

test("a deleted StatefulSet leaves its claim and no pod, server or address", async () => {
  const { metadata, status } = await cluster.until(pod("files"), { what: "ready", holds: isReady });
  await cluster.delete(set("files"));
  await cluster.untilGone({ ...pod("files"), name: metadata.name });
  const { podIP } = status as { podIP: string }; // of a ready pod
  while (await health(podIP).catch(() => undefined));
  assert.ok(await cluster.get({ ...pod("files"), kind: "PersistentVolumeClaim", name: "controlplane-files-0" }));
});

test("a hundred servers start side by side, each with an address of its own", { timeout: hangMs }, async (t) => {
  const names = Array.from({ length: 100 }, (_, index) => `many-${index}`);
  const startMs = performance.now();
  await Promise.all(names.map((name) => cluster.applyYaml(manifest(name), namespace)));
  await Promise.all(names.map((name) => cluster.until(pod(name), { what: "ready", holds: isReady })));
  const elapsedMs = performance.now() - startMs;
  t.diagnostic(`${Math.round(elapsedMs)} ms`);
  assert.equal(new Set(names.map((name) => node.double(namespace, name)?.url)).size, 100);
});
