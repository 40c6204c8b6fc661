import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Pod } from "kubernetes-types/core/v1";
import type { StorageClass } from "kubernetes-types/storage/v1";
import { isBound, isSmaller, isTooSmall, requestedSize, type WantedVolume } from "./wanted-volumes.ts";

/**
 * What makes the volumes as large and as many as the spec asks. Kubernetes lets a claim grow and never a claim template
 * change, so that it takes three steps, each found from the cluster alone and each harmless when made twice:
 *
 *   claims smaller than wanted ──► told to grow                    (the disk grows under the running server)
 *   templates behind           ──► StatefulSet deleted as an orphan's parent, its pod runs on;
 *                                  the next pass finds none and makes it, and it takes the pod back
 *   pod without a new volume   ──► ended once, and made again with it
 */
export type VolumeGrowth = {
  readonly claims: readonly ClaimGrowth[];
  /** What the StatefulSet says of its claims when it goes: they must not go with one that is only replaced. */
  readonly claimsOnReplacement: "Retain" | undefined;
  readonly replacement: Replacement | undefined;
  readonly restart: Restart | undefined;
};

export type ClaimGrowth = {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly from: string;
  readonly to: string;
};

/** The StatefulSet as it was when it was found to be behind. */
export type Replacement = { readonly name: string; readonly uid: string; readonly generation: number };

export type Restart = { readonly podName: string; readonly podUid: string; readonly claimName: string };

export type VolumeGrowthInputs = {
  readonly volumes: readonly WantedVolume[];
  readonly liveStatefulSet: StatefulSet | undefined;
  readonly pod: Pod | undefined;
};

export function volumeGrowth({ volumes, liveStatefulSet, pod }: VolumeGrowthInputs): VolumeGrowth {
  const isBehind = liveStatefulSet !== undefined && volumes.some((volume) => isTemplateBehind(volume, liveStatefulSet));
  return {
    claims: volumes.flatMap(claimGrowth),
    claimsOnReplacement: isBehind ? "Retain" : undefined,
    replacement: isBehind && hasLetGoOfClaims(liveStatefulSet, volumes) ? replacement(liveStatefulSet) : undefined,
    restart: liveStatefulSet === undefined || isBehind ? undefined : restart(volumes, liveStatefulSet, pod),
  };
}

/** Kubernetes refuses it for a claim that is not bound, and for a class that does not allow it. */
export function canGrow({ storageClass }: WantedVolume): boolean {
  return storageClass?.allowVolumeExpansion === true;
}

function claimGrowth(volume: WantedVolume): readonly ClaimGrowth[] {
  const { claim, size } = volume;
  if (claim === undefined || !isTooSmall(volume) || !canGrow(volume)) return [];
  const { name = "", uid = "", resourceVersion = "", deletionTimestamp } = claim.metadata ?? {};
  return deletionTimestamp === undefined ? [{ name, uid, resourceVersion, from: requestedSize(claim), to: size }] : [];
}

/** A volume that cannot be made, or a claim that has not grown, is no reason to replace anything. */
function isTemplateBehind({ name, claim, size, storageClass }: WantedVolume, live: StatefulSet): boolean {
  const template = live.spec?.volumeClaimTemplates?.find(({ metadata }) => metadata?.name === name);
  if (template === undefined) return claim !== undefined || storageClass !== undefined;
  return isSmaller(requestedSize(template), size) && (claim === undefined || !isSmaller(requestedSize(claim), size));
}

/**
 * Under deletionPolicy Delete the claims are owned by the StatefulSet. Garbage collection that has not seen such an owner
 * reference yet does not take it off when it orphans, and then collects the claim with its data. So the references go
 * first, by the StatefulSet controller, and only a set that no claim refers to is deleted.
 */
function hasLetGoOfClaims({ metadata, spec, status }: StatefulSet, volumes: readonly WantedVolume[]): boolean {
  return (
    (spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted ?? "Retain") === "Retain" &&
    status?.observedGeneration === metadata?.generation &&
    !volumes.some(({ claim }) => claim?.metadata?.ownerReferences?.some(({ uid }) => uid === metadata?.uid) === true)
  );
}

function replacement({ metadata }: StatefulSet): Replacement {
  return { name: metadata?.name ?? "", uid: metadata?.uid ?? "", generation: metadata?.generation ?? 0 };
}

/**
 * The StatefulSet controller tries for ever to add a new volume to the pod that runs, which nothing can do
 * (kube-controller-manager 1.36, UpdateStatefulPod), and never comes to the point of replacing it.
 */
function restart(volumes: readonly WantedVolume[], live: StatefulSet, pod: Pod | undefined): Restart | undefined {
  const mounted = pod?.spec?.volumes?.map(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName);
  if (mounted === undefined || pod?.metadata?.deletionTimestamp !== undefined) return undefined;
  const templates = new Set(live.spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name));
  const lacking = volumes.find((volume) => templates.has(volume.name) && !mounted.includes(volume.claimName));
  if (lacking === undefined || !isUsableByPod(lacking)) return undefined;
  return { podName: pod?.metadata?.name ?? "", podUid: pod?.metadata?.uid ?? "", claimName: lacking.claimName };
}

/** A running server does not make way for a volume that may never come; some come only for a pod that waits for them. */
function isUsableByPod(volume: WantedVolume): boolean {
  return isBound(volume) || (volume.claim !== undefined && waitsForPod(volume.storageClass));
}

function waitsForPod(of: StorageClass | undefined): boolean {
  return of?.volumeBindingMode === "WaitForFirstConsumer";
}
