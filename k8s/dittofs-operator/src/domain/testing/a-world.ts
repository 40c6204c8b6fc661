import type { PersistentVolumeClaim, Pod, Service } from "kubernetes-types/core/v1";
import type { StorageClass } from "kubernetes-types/storage/v1";
import type { ChildOutcome } from "../child-outcome.ts";
import { noDatabaseClaims } from "../database/database-claims.ts";
import type { DittoFsAnswered } from "../dittofs-seen.ts";
import { claimName } from "../names.ts";
import type { Pass } from "../pass.ts";
import { type Plan, plan } from "../plan.ts";
import { dataVolumes } from "../volumes/volumes.ts";
import type { Wanted } from "../wanted-child.ts";
import type { Children, World } from "../world.ts";
import { aServer } from "./a-server.ts";
import { plannedChildren, usableSecrets } from "./planned-children.ts";

const nowMs = Date.parse("2026-01-01T00:10:00Z");

/** A pod as a kubelet reports it once the server answers. */
export function aReadyPod(): Pod {
  return {
    metadata: { name: "files-0", namespace: "default", uid: "pod-1" },
    status: {
      phase: "Running",
      podIP: "10.244.0.9",
      hostIP: "10.251.0.11",
      conditions: [{ type: "Ready", status: "True" }],
    },
  };
}

/** What the server says when everything is as the spec asks. */
export function anAnswer(changes: Partial<DittoFsAnswered> = {}): DittoFsAnswered {
  return {
    kind: "answered",
    generation: 1,
    outcomes: [],
    adapters: [
      { type: "nfs", port: 12_049, isServing: true, message: "" },
      { type: "smb", port: 12_445, isServing: true, message: "" },
    ],
    shares: [{ name: "/export", isServing: true, message: "" }],
    appliedPasswords: {},
    appliedMetadataStores: {},
    ownStores: [],
    appliedGrants: {},
    appliedStores: {},
    deadStores: [],
    appliedSnapshotPolicies: [],
    appliedProviders: {},
    appliedMappings: [],
    keptUsers: [],
    waitingShares: [],
    journals: {},
    ...changes,
  };
}

/** A world in which the server of `aServer()` runs and every child is as it was planned. */
export function aServingWorld(changes: Partial<World> = {}): World {
  const server = changes.server ?? aServer({ shares: [{ name: "/export", defaultPermission: "read-write" }] });
  return {
    server,
    children: liveChildren(server),
    pod: aReadyPod(),
    claims: dataVolumes.flatMap((volume) => {
      const size = volume.size(server);
      return size === undefined ? [] : [aBoundClaim(claimName(server, volume.name), size)];
    }),
    storageClasses: [aStorageClass("standard", { isDefault: true })],
    secrets: usableSecrets(server),
    databaseClaims: noDatabaseClaims,
    absentReferences: [],
    servedKinds: new Set(["ServiceMonitor", "PerconaPGCluster"]),
    operatorNamespace: "dittofs-system",
    platform: "kubernetes",
    dittofs: anAnswer(),
    operatorImage: "dittofs-operator:test",
    nowMs,
    ...changes,
  };
}

export function aBoundClaim(name: string, size = "1Gi", className = "standard"): PersistentVolumeClaim {
  return {
    metadata: { name, namespace: "default", uid: `uid-${name}`, resourceVersion: "7" },
    spec: { storageClassName: className, resources: { requests: { storage: size } } },
    status: { phase: "Bound", capacity: { storage: size } },
  };
}

type ClassOptions = { readonly isDefault?: boolean; readonly canGrow?: boolean; readonly waitsForPod?: boolean };

export function aStorageClass(name: string, options: ClassOptions = {}): StorageClass {
  const { isDefault = false, canGrow = true, waitsForPod = false } = options;
  return {
    metadata: { name, annotations: { "storageclass.kubernetes.io/is-default-class": String(isDefault) } },
    provisioner: "example.com/disks",
    allowVolumeExpansion: canGrow,
    volumeBindingMode: waitsForPod ? "WaitForFirstConsumer" : "Immediate",
  };
}

/** The planned children as live objects: Services with addresses, the StatefulSet rolled out. */
function liveChildren(server: World["server"]): Children {
  const wanted = plannedChildren(server);
  const of = <Kind extends (typeof wanted)[number]["kind"]>(kind: Kind) =>
    wanted.filter((child): child is Extract<(typeof wanted)[number], { kind: Kind }> => child.kind === kind);
  const status = {
    observedGeneration: 1,
    replicas: 1,
    readyReplicas: 1,
    availableReplicas: 1,
    currentRevision: "a",
    updateRevision: "a",
  };
  return {
    statefulSets: of("StatefulSet").map((child) => ({
      ...child,
      metadata: { ...child.metadata, uid: "set-1", generation: 1 },
      status,
    })) as unknown as Children["statefulSets"], // readonly lists of wanted children are never written to
    configMaps: of("ConfigMap") as unknown as Children["configMaps"], // likewise
    secrets: of("Secret") as unknown as Children["secrets"], // likewise
    services: of("Service").map(aLiveService),
    networkPolicies: of("NetworkPolicy") as unknown as Children["networkPolicies"], // likewise
    ingresses: of("Ingress") as unknown as Children["ingresses"], // likewise
    perconaPGClusters: of("PerconaPGCluster"),
    serviceMonitors: of("ServiceMonitor"),
  };
}

function aLiveService(child: Wanted<"Service", Service>): Service {
  const isBalanced = child.spec?.type === "LoadBalancer";
  return {
    ...child,
    metadata: { ...child.metadata, uid: `uid-${child.metadata.name}`, creationTimestamp: "2026-01-01T00:00:00Z" },
    spec: {
      ...child.spec,
      ports: (child.spec?.ports ?? []).map((port) => ({ ...port, ...(isBalanced && { nodePort: 30_049 }) })),
    },
    ...(isBalanced && { status: { loadBalancer: { ingress: [{ ip: "10.252.0.7" }] } } }),
  } as unknown as Service; // the wanted metadata is readonly, a live one is not
}

/** The pass of a world in which every write that the plan asks for came out as `outcomes` says. */
export function aPass(world: World, outcomes: readonly ChildOutcome[] = [], changes: Partial<Plan> = {}): Pass {
  return {
    world,
    plan: { ...plan(world, (kind) => `a generated ${kind} of at least 32 bytes`), ...changes },
    outcomes,
  };
}
