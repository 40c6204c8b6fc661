import type { Service } from "kubernetes-types/core/v1";
import type { Ingress, NetworkPolicy } from "kubernetes-types/networking/v1";
import { wantedChildren } from "./children/all-children.ts";
import { credentials, userCredentials } from "./children/credentials.ts";
import { heededConfig } from "./config-file/config-file.ts";
import { controlPlaneDatabase } from "./database/control-plane-database.ts";
import { databaseClaimLookMs } from "./database/database-claims.ts";
import { databaseDigest, databaseFindings } from "./database/database-findings.ts";
import { hasUnsentPassword } from "./database/unsent-password.ts";
import type { Finding } from "./finding.ts";
import { kerberosEnd } from "./kerberos-end.ts";
import { loadBalancerDueMs } from "./load-balancer-patience.ts";
import { perconaPatienceLeftMs } from "./percona/percona-finding.ts";
import { referenceFindings } from "./pod/pod-references.ts";
import { type PodRestart, podRestart } from "./pod/pod-restart.ts";
import { rolloutDigest } from "./rollout.ts";
import { encryptionKeys } from "./secrets/encryption-keys.ts";
import { envFromDigests } from "./secrets/env-from-digests.ts";
import type { Fresh } from "./secrets/generated-secrets.ts";
import { operatorSecretFindings } from "./secrets/operator-secrets.ts";
import { rotation } from "./secrets/rotation.ts";
import { secretDigests } from "./secrets/secret-digests.ts";
import { secretFindings } from "./secrets/secret-findings.ts";
import type { ServiceMonitor } from "./service-monitor.ts";
import { hasUntoldStartSettings } from "./untold-start-settings.ts";
import { volumeFindings } from "./volumes/volume-findings.ts";
import { type VolumeGrowth, volumeGrowth } from "./volumes/volume-growth.ts";
import { type WantedVolume, wantedVolumes } from "./volumes/wanted-volumes.ts";
import type { WantedChild } from "./wanted-child.ts";
import { withoutFixedIds } from "./without-fixed-ids.ts";
import type { World } from "./world.ts";

/** Everything that should be, decided from one World. */
export type Plan = {
  /** In the order in which they are written; each may rely on the ones before it. */
  readonly children: readonly WantedChild[];
  /** Children of ours that exist and are no longer wanted. */
  readonly removals: readonly Removal[];
  /** What keeps a part from being planned; conditions show it. */
  readonly findings: readonly Finding[];
  readonly volumes: readonly WantedVolume[];
  readonly growth: VolumeGrowth;
  readonly podRestart: PodRestart | undefined;
  /** Absent while something that the process reads at start is missing: then the running pod stays as it is. */
  readonly rolloutDigest: string | undefined;
  /** When this pass has to be made again although nothing changes; absent when only a change matters. */
  readonly lookAgainMs: number | undefined;
};

export type Removal = {
  readonly kind: "Service" | "NetworkPolicy" | "Ingress" | "ServiceMonitor";
  readonly name: string;
  readonly uid: string;
};

/** Decides everything that should be. `fresh` makes a new credential and is called only where none exists. */
export function plan(world: World, fresh: Fresh): Plan {
  const { server, children } = world;
  // One that is going away is no more what it was: the next is made from the spec.
  const liveStatefulSet = children.statefulSets.find(({ metadata }) => metadata?.deletionTimestamp === undefined);
  const volumes = wantedVolumes(world);
  const growth = volumeGrowth({ volumes, liveStatefulSet, pod: world.pod });
  const storage = volumeFindings({ ...world, volumes });
  const generating = { server, live: children.secrets, fresh, rotation: rotation(world) };
  const secrets = credentials(generating);
  const database = controlPlaneDatabase(server, world.secrets, world.databaseClaims);
  const encryption = encryptionKeys({ server, seen: world.secrets, live: children.secrets });
  const rollout = rolloutDigest({
    configFile: heededConfig(server),
    secretDigests: new Map([
      ...secretDigests({ server, seen: world.secrets, credentials: secrets }),
      ...envFromDigests(server, world.secrets),
      ...databaseDigest(database),
      ...encryption.digests,
    ]),
  });
  const ending = kerberosEnd({ ...world, live: liveStatefulSet });
  // A new StatefulSet would make claims that nobody can fill; one that lives has its pod, and goes on.
  const cannotMakeClaims = liveStatefulSet === undefined && storage.some(isWithoutClass);
  const isHeld = cannotMakeClaims || world.absentReferences.length > 0 || isUntold(world);
  const wanted = wantedChildren({
    world,
    credentials: [...secrets, ...encryption.secrets],
    userCredentials: userCredentials(generating),
    podServer: ending?.server ?? server,
    rollout: isHeld ? undefined : (ending?.rollout ?? rollout),
    database,
    liveStatefulSet,
    claimsOnReplacement: growth.claimsOnReplacement,
  });
  return {
    children: wanted.map((child) => fitting(child, world)),
    removals: removals(world, wanted),
    findings: [
      ...secretFindings(server, world.secrets),
      ...encryption.findings,
      ...operatorSecretFindings(server, world.secrets),
      ...databaseFindings(world, database),
      ...referenceFindings(world.absentReferences),
      ...storage,
    ],
    volumes,
    growth,
    podRestart: podRestart({ ...world, growth }),
    rolloutDigest: rollout,
    lookAgainMs: lookAgainMs(world),
  };
}

function isWithoutClass({ reason }: Finding): boolean {
  return reason === "StorageClassNotFound";
}

function lookAgainMs(world: World): number | undefined {
  const delays = [loadBalancerDueMs(world), perconaPatienceLeftMs(world), databaseClaimLookMs(world)];
  const due = delays.filter((each) => each !== undefined && each > 0).map(Number);
  return due.length === 0 ? undefined : Math.min(...due);
}

/** Whether the server has yet to be told what the next process starts with. */
function isUntold(world: World): boolean {
  return hasUnsentPassword(world) || hasUntoldStartSettings(world);
}

function fitting(child: WantedChild, { server, platform }: World): WantedChild {
  return platform === "openshift" && child.kind === "StatefulSet" ? withoutFixedIds(server, child) : child;
}

/**
 * Ways to the server and policies of ours that the spec wants no more. Volumes, credentials and the StatefulSet are never removed here, nor
 * what has our labels and no owner: somebody may have copied one of ours.
 */
function removals({ children, server }: World, wanted: readonly WantedChild[]): readonly Removal[] {
  const isWanted = new Set(wanted.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  const of = (kind: Removal["kind"], live: readonly (Service | NetworkPolicy | Ingress | ServiceMonitor)[]) =>
    live
      .filter(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uid === server.metadata.uid))
      .map(({ metadata }) => ({ kind, name: metadata?.name ?? "", uid: metadata?.uid ?? "" }))
      .filter(({ name }) => !isWanted.has(`${kind}/${name}`));
  return [
    ...of("Service", children.services),
    ...of("NetworkPolicy", children.networkPolicies),
    ...of("Ingress", children.ingresses),
    ...of("ServiceMonitor", children.serviceMonitors),
  ];
}
