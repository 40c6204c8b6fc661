import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim, Pod } from "kubernetes-types/core/v1";
import type { DittoServerStatus } from "../src/api/status.ts";
import type { KubernetesObject } from "../src/runtime/kubernetes-api.ts";
import { sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { isReady } from "./acceptance/until-ready.ts";
import type { AuditMark } from "./cluster/audit-log.ts";
import { requestCounts } from "./cluster/audited-requests.ts";
import { bundled } from "./cluster/bundled.ts";
import { condition } from "./cluster/condition.ts";
import { enterLab } from "./cluster/enter-lab.ts";
import { installOperator, operatorUser } from "./cluster/install-operator.ts";
import { type OperatorProcess, startOperator } from "./cluster/operator-process.ts";
import { makeServerImage } from "./cluster/server-image.ts";

const lab = await enterLab("full");
const { cluster } = lab;
const folder = join(lab.directory, "growth");
await Promise.all([installOperator(cluster), bundled("operator", folder), makeServerImage(folder)]);
const start = async (): Promise<OperatorProcess> =>
  await startOperator(lab, {
    command: [process.execPath, join(folder, "operator.mjs")],
    // One that was killed leaves its Lease behind, which its successor would wait for.
    args: ["--leader-election", "off"],
  });
let operator = await start();
after(async () => await operator.stop());

const namespace = "default";
const claimRef = (name: string) => ({ apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name });
const setRef = (name: string) => ({ apiVersion: "apps/v1", kind: "StatefulSet", namespace, name });
const podRef = (name: string) => ({ apiVersion: "v1", kind: "Pod", namespace, name: `${name}-0` });

async function pod(name: string): Promise<Pod> {
  return (await cluster.get(podRef(name))) as unknown as Pod; // of that kind
}

const untilReady = async (name: string): Promise<KubernetesObject> =>
  await cluster.until(serverRef(name), { what: "Ready", holds: isReady });

const untilStorage = async (name: string, reason: string): Promise<string> => {
  const holds = (server: KubernetesObject): boolean => {
    const found = condition(server, "StorageReady");
    return found?.reason === reason && found.observedGeneration === server.metadata.generation;
  };
  const server = await cluster.until(serverRef(name), { what: `StorageReady/${reason}`, holds });
  return condition(server, "StorageReady")?.message ?? "";
};

/** Sizes of templates, claims and volumes, and in which pod the server runs. */
async function sizes(name: string): Promise<Readonly<Record<string, string>>> {
  const set = (await cluster.get(setRef(name))) as unknown as StatefulSet; // of that kind
  const templates = set.spec?.volumeClaimTemplates ?? [];
  const each = templates.map(async ({ metadata, spec }) => {
    const claim = (await cluster.get(claimRef(`${metadata?.name}-${name}-0`))) as unknown as PersistentVolumeClaim; // of that kind
    const requested = claim.spec?.resources?.requests?.["storage"];
    const said = `${spec?.resources?.requests?.["storage"]} ${requested} ${claim.status?.capacity?.["storage"]}`;
    return [metadata?.name ?? "", said] as const;
  });
  return Object.fromEntries(await Promise.all(each));
}

const untilTemplates = async (name: string, wanted: Readonly<Record<string, string>>): Promise<void> => {
  const holds = (object: KubernetesObject): boolean => {
    const set = object as unknown as StatefulSet; // of that kind
    const sizesOf = (set.spec?.volumeClaimTemplates ?? []).map(
      ({ metadata, spec }) => [metadata?.name, spec?.resources?.requests?.["storage"]] as const,
    );
    const isAdopting = set.status?.observedGeneration !== set.metadata?.generation || set.status?.readyReplicas !== 1;
    return !isAdopting && Object.entries(wanted).every(([each, size]) => Object.fromEntries(sizesOf)[each] === size);
  };
  await cluster.until(setRef(name), { what: `of templates ${JSON.stringify(wanted)}`, holds });
};

const settled = async (name: string, wanted: Readonly<Record<string, string>>): Promise<void> => {
  await untilTemplates(name, wanted);
  await untilReady(name);
};

test("each volume grows under the same pod, which never restarts", async (t) => {
  await cluster.apply(sampleServer("grow"));
  await untilReady("grow");
  const before = await pod("grow");
  const mark = await lab.audit.mark();
  const storage = { metadataSize: "6Gi", contentSize: "30Gi", controlPlaneSize: "2Gi" };
  await cluster.patch(serverRef("grow"), { spec: { storage } });
  await settled("grow", { metadata: "6Gi", content: "30Gi", controlplane: "2Gi" });
  assert.deepEqual(await sizes("grow"), {
    metadata: "6Gi 6Gi 6Gi",
    content: "30Gi 30Gi 30Gi",
    controlplane: "2Gi 2Gi 2Gi",
  });
  const after = await pod("grow");
  assert.equal(after.metadata?.uid, before.metadata?.uid);
  assert.equal(after.status?.containerStatuses?.[0]?.restartCount, 0);
  const { volumes = [] } = (await untilReady("grow"))["status"] as DittoServerStatus; // the operator's
  assert.deepEqual(
    volumes.map(({ name, requested, capacity, phase }) => `${name} ${requested} ${capacity} ${phase}`),
    ["content 30Gi 30Gi Bound", "controlplane 2Gi 2Gi Bound", "metadata 6Gi 6Gi Bound"],
  );
  const requests = (await lab.audit.requests(mark, await lab.audit.mark())).filter(({ user }) => user === operatorUser);
  const counts = requestCounts(requests);
  t.diagnostic(JSON.stringify(counts));
  assert.equal(counts["patch persistentvolumeclaims"], 3);
  assert.equal(counts["delete statefulsets"], 1);
});

test("a volume that is added is mounted by one restart, and what was there stays", async () => {
  const before = await pod("grow");
  const kept = await cluster.get(claimRef("content-grow-0"));
  const marked = join(lab.directory, "volumes", kept?.metadata.uid ?? "", "written-before");
  writeFileSync(marked, "data");
  await cluster.patch(serverRef("grow"), { spec: { storage: { cacheSize: "1Gi" } } });
  const isAnother = ({ metadata }: KubernetesObject): boolean => metadata.uid !== before.metadata?.uid;
  await cluster.until(podRef("grow"), { what: "another", holds: isAnother });
  await settled("grow", { cache: "1Gi", content: "30Gi" });
  const mounts = (await pod("grow")).spec?.containers[0]?.volumeMounts?.map(({ mountPath }) => mountPath) ?? [];
  assert.ok(mounts.includes("/data/store/cache"), mounts.join());
  const now = await cluster.get(claimRef("content-grow-0"));
  assert.equal(now?.metadata.uid, kept?.metadata.uid);
  assert.equal(readFileSync(marked, "utf8"), "data");
  assert.equal((await pod("grow")).status?.containerStatuses?.[0]?.restartCount, 0);
});

test("killed at each write of a growth, the next process brings it to its end under the same pod", async (t) => {
  const before = await pod("grow");
  const killedAt: string[] = [];
  for (let write = 1; ; write += 1) {
    const size = `${30 + write}Gi`;
    const mark = await lab.audit.mark();
    await cluster.patch(serverRef("grow"), { spec: { storage: { contentSize: size } } });
    const writes = await writesUntil(mark, write);
    if (writes === undefined) break;
    await operator.stop("SIGKILL");
    killedAt.push(writes.at(-1) ?? "");
    operator = await start();
    await settled("grow", { content: size });
  }
  t.diagnostic(`killed at ${killedAt.join(", ")}`);
  assert.ok(killedAt.length >= 4, "a claim, the StatefulSet's end and its return, and the status");
  assert.equal((await pod("grow")).metadata?.uid, before.metadata?.uid);
});

/** The operator's writes since the mark, as soon as there are so many; undefined when it has come to rest with fewer. */
async function writesUntil(mark: AuditMark, count: number): Promise<readonly string[] | undefined> {
  const quietMs = 1500;
  for (let [known, changedMs] = [0, performance.now()]; performance.now() - changedMs < quietMs; ) {
    const requests = await lab.audit.requests(mark, await lab.audit.mark());
    const writes = requests.filter(({ user, verb, resource }) => {
      return user === operatorUser && resource !== "events" && ["create", "patch", "delete"].includes(verb);
    });
    if (writes.length >= count) return writes.map(({ verb, resource }) => `${verb} ${resource}`);
    if (writes.length > known) [known, changedMs] = [writes.length, performance.now()];
  }
  return undefined;
}

test("a class that allows no growth is named with its claim, and everything else goes on", async () => {
  await cluster.apply(sampleServer("fixed", { storage: { contentSize: "1Gi", storageClassName: "fixed" } }));
  await untilReady("fixed");
  const before = await pod("fixed");
  await cluster.patch(serverRef("fixed"), { spec: { storage: { contentSize: "2Gi" }, logging: { level: "DEBUG" } } });
  const message = await untilStorage("fixed", "ExpansionUnsupported");
  assert.match(message, /content-fixed-0 cannot grow from 1Gi to 2Gi: its StorageClass fixed has no allowVolume/);
  const isAnother = ({ metadata }: KubernetesObject): boolean => metadata.uid !== before.metadata?.uid;
  await cluster.until(podRef("fixed"), { what: "another, of the other log level", holds: isAnother });
  await cluster.patch(
    { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name: "fixed" },
    { allowVolumeExpansion: true },
  );
  await settled("fixed", { content: "2Gi" });
});

test("a class that does not exist keeps everything that makes a claim from being made, until it appears", async () => {
  await cluster.apply(sampleServer("later", { storage: { contentSize: "1Gi", storageClassName: "later" } }));
  const message = await untilStorage("later", "StorageClassNotFound");
  assert.match(message, /StorageClass later of .* does not exist\. .*\(fixed, standard\)/);
  assert.equal(await cluster.get(setRef("later")), undefined);
  await cluster.apply({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "later" },
    provisioner: "lab/local",
  });
  await untilReady("later");
});

test("deletionPolicy Delete: claims survive the replacement of their StatefulSet, and go with the server", async () => {
  await cluster.apply(sampleServer("throwaway", { deletionPolicy: "Delete", storage: { contentSize: "1Gi" } }));
  await untilReady("throwaway");
  const before = await pod("throwaway");
  const claim = await cluster.get(claimRef("content-throwaway-0"));
  await cluster.patch(serverRef("throwaway"), { spec: { storage: { contentSize: "2Gi" } } });
  await settled("throwaway", { content: "2Gi" });
  const isOwned = ({ metadata }: KubernetesObject): boolean => (metadata.ownerReferences ?? []).length > 0;
  const owned = await cluster.until(claimRef("content-throwaway-0"), {
    what: "owned again",
    holds: isOwned,
  });
  assert.equal(owned.metadata.uid, claim?.metadata.uid);
  assert.equal((await pod("throwaway")).metadata?.uid, before.metadata?.uid);
  await cluster.delete(serverRef("throwaway"));
  await cluster.untilGone(serverRef("throwaway"));
  await cluster.untilGone(claimRef("content-throwaway-0"));
});

test("a server that is deleted while its StatefulSet is gone ends its pod, and under Delete its claims", async () => {
  await cluster.apply(sampleServer("orphan", { deletionPolicy: "Delete", storage: { contentSize: "1Gi" } }));
  await untilReady("orphan");
  await operator.stop("SIGKILL");
  const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/orphan`;
  await cluster.patch(setRef("orphan"), { spec: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" } } });
  const isFree = ({ metadata }: KubernetesObject): boolean => (metadata.ownerReferences ?? []).length === 0;
  await cluster.until(claimRef("content-orphan-0"), { what: "free", holds: isFree });
  await cluster.connection.send("DELETE", path, { propagationPolicy: "Orphan" });
  await cluster.untilGone(setRef("orphan"));
  await cluster.delete(serverRef("orphan"));
  operator = await start();
  await cluster.untilGone(serverRef("orphan"));
  assert.equal(await cluster.get(podRef("orphan")), undefined);
  await cluster.untilGone(claimRef("content-orphan-0"));
});
