import assert from "node:assert/strict";
import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { PersistentVolumeClaim } from "kubernetes-types/core/v1";
import type { DittoServerSpec } from "../../api/ditto-server.ts";
import type { DittoServerStatus } from "../../api/status.ts";
import { aServer } from "../../domain/testing/a-server.ts";
import type { KubernetesObject } from "../../runtime/kubernetes-api.ts";
import { anOperator, startPod, storedServer } from "./an-operator.ts";
import { FakeCluster } from "./fake-cluster.ts";
import { playKubernetes } from "./play-kubernetes.ts";

export type Storage = NonNullable<DittoServerSpec["storage"]>;

export const accessMode = "ReadWriteOnce" as const;
export const before: Storage = { accessMode, metadataSize: "1Gi", contentSize: "1Gi" };
export const larger: Storage = { accessMode, metadataSize: "2Gi", contentSize: "3Gi", controlPlaneSize: "4Gi" };
export const withCache: Storage = { ...before, cacheSize: "1Gi" };
export const largest = { metadata: "2Gi/2Gi", content: "3Gi/3Gi", controlplane: "4Gi/4Gi" };

export async function running(policy: "Retain" | "Delete" = "Retain", storage = before): Promise<FakeCluster> {
  const cluster = new FakeCluster();
  cluster.putStorageClass("fixed", { canGrow: false });
  cluster.put(storedServer(aServer({ storage, deletionPolicy: policy })));
  await anOperator(cluster).pass();
  startPod(cluster);
  await settle(cluster);
  return cluster;
}

/** Passes of one operator process, and Kubernetes' part between them, until neither has anything left to do. */
export async function settle(cluster: FakeCluster): Promise<readonly string[]> {
  const operator = anOperator(cluster);
  for (let round = 0; round < 8; round += 1) {
    await operator.pass();
    await operator.clock.advance(2_000);
    playKubernetes(cluster);
  }
  return operator.events;
}

export function ask(
  cluster: FakeCluster,
  storage: Storage,
  generation = 2,
  beside: Partial<DittoServerSpec> = {},
): void {
  const server = cluster.find("DittoServer", "files");
  assert.ok(server !== undefined);
  const spec = { ...(server["spec"] as DittoServerSpec), storage, ...beside }; // a DittoServer's
  cluster.put({ ...server, metadata: { ...server.metadata, generation }, spec });
}

export const requested = (claim: PersistentVolumeClaim): string => claim.spec?.resources?.requests?.["storage"] ?? "";

/** By volume: the size of its template and of its claim. */
export function sizes(cluster: FakeCluster): Readonly<Record<string, string>> {
  const statefulSet = cluster.find("StatefulSet", "files") as unknown as StatefulSet | undefined; // of that kind
  const templates = statefulSet?.spec?.volumeClaimTemplates ?? [];
  return Object.fromEntries(
    templates.map((template) => {
      const name = template.metadata?.name ?? "";
      const claim = cluster.find("PersistentVolumeClaim", `${name}-files-0`) as unknown as PersistentVolumeClaim; // of that kind
      return [name, `${requested(template)}/${requested(claim)}`];
    }),
  );
}

export const storage = (cluster: FakeCluster): string => reason(cluster, "StorageReady");

export function reason(cluster: FakeCluster, of: string): string {
  const { conditions = [] } = (cluster.find("DittoServer", "files")?.["status"] ?? {}) as DittoServerStatus; // the operator's
  return conditions.find(({ type }) => type === of)?.reason ?? "";
}

export const uidOf = (cluster: FakeCluster, kind: string, name: string): string | undefined =>
  cluster.find(kind, name)?.metadata.uid;
export const writesOf = (cluster: FakeCluster, from: number): readonly string[] =>
  cluster.writes.slice(from).filter((write) => !write.includes("status"));

export function contentUid(cluster: FakeCluster): string | undefined {
  return uidOf(cluster, "PersistentVolumeClaim", "content-files-0");
}

/** Ends between the deletion of the StatefulSet and Kubernetes letting go of the pod. */
export async function untilReplacing(cluster: FakeCluster, operator = anOperator(cluster)): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    await operator.pass();
    if (cluster.find("StatefulSet", "files")?.metadata.deletionTimestamp !== undefined) return;
    await operator.clock.advance(2_000);
    playKubernetes(cluster);
  }
  assert.fail("the StatefulSet is not replaced");
}

export function removeClass(cluster: FakeCluster, name: string): void {
  const object: KubernetesObject | undefined = [...cluster.objects.values()].find(
    ({ kind, metadata }) => kind === "StorageClass" && metadata.name === name,
  );
  if (object !== undefined) cluster.remove("StorageClass", object.metadata);
}

export function contentClaim(cluster: FakeCluster): KubernetesObject {
  const claim = cluster.find("PersistentVolumeClaim", "content-files-0");
  assert.ok(claim !== undefined);
  return claim;
}
