import type { ConditionType, ConditionVerdict } from "../api/conditions.ts";
import type { DittoServerStatus } from "../api/status.ts";
import { available } from "./conditions/available.ts";
import { configReady } from "./conditions/config-ready.ts";
import { databaseReady } from "./conditions/database-ready.ts";
import { degraded } from "./conditions/degraded.ts";
import { deleting } from "./conditions/deleting.ts";
import { progressing } from "./conditions/progressing.ts";
import { provisioned } from "./conditions/provisioned.ts";
import { reachable } from "./conditions/reachable.ts";
import { ready } from "./conditions/ready.ts";
import { storageReady } from "./conditions/storage-ready.ts";
import type { DittoFsAnswered } from "./dittofs-seen.ts";
import { endpoints } from "./endpoints.ts";
import { mergedConditions } from "./merged-conditions.ts";
import type { Pass } from "./pass.ts";
import { perconaNames } from "./percona/percona-cluster-names.ts";
import { isPodOutdated } from "./pod/is-pod-outdated.ts";
import { podState } from "./pod/pod-state.ts";
import { shareStates } from "./share-states.ts";
import { volumeStates } from "./volumes/volume-states.ts";
import { warnings } from "./warnings/warnings.ts";

/** The whole status of a server, computed anew from one pass; only transition times come from the status before. */
export function status(pass: Pass): DittoServerStatus {
  const { world, plan } = pass;
  const { server } = world;
  const verdicts = conditionVerdicts(pass);
  const warned = warnings(world);
  const isServing = verdicts.Available.status === "True" && verdicts.Provisioned.status === "True";
  return {
    observedGeneration: server.metadata.generation,
    phase: phase(pass, verdicts),
    version: imageVersion(server.spec.image),
    ...replicas(world),
    ...configHash(pass),
    endpoints: endpoints({ server, ...world.children, nodeAddress: nodeAddress(pass), isServing }),
    ...perconaClusterName(server),
    volumes: volumeStates(plan.volumes),
    ...shareStates(world),
    ...applied(world),
    ...(warned.length > 0 && { warnings: warned }),
    conditions: mergedConditions({
      verdicts,
      before: server.status?.conditions ?? [],
      generation: server.metadata.generation,
      nowMs: world.nowMs,
    }),
  };
}

export function conditionVerdicts(pass: Pass): Readonly<Record<ConditionType, ConditionVerdict>> {
  const parts = {
    ConfigReady: configReady(pass),
    StorageReady: storageReady(pass),
    DatabaseReady: databaseReady(pass),
    Available: available(pass),
    Provisioned: provisioned(pass),
    Reachable: reachable(pass),
  };
  if (pass.world.server.metadata.deletionTimestamp !== undefined) {
    const ending = deleting(pass);
    return { Ready: ending, ...parts, Progressing: { ...ending, status: "True" }, Degraded: degraded(pass) };
  }
  const Ready = isPodOutdated(pass) ? rollingOut(ready(parts)) : ready(parts);
  return { Ready, ...parts, Progressing: progressing(pass, Ready.status === "True"), Degraded: degraded(pass) };
}

/**
 * Of what a StatefulSet was really given. The plan's own says nothing before that: while a credential cannot be stored,
 * because its name is taken or the server is paused, every pass makes a new one, and its digest would be a new status each time.
 */
function configHash({ world, plan, outcomes }: Pass): Pick<DittoServerStatus, "configHash"> {
  if (plan.rolloutDigest === undefined) return {};
  const given = outcomes.some(
    ({ kind, result }) => kind === "StatefulSet" && (result.kind === "applied" || result.kind === "unchanged"),
  );
  const digest = given ? plan.rolloutDigest : world.server.status?.configHash;
  return digest === undefined ? {} : { configHash: digest };
}

/** Ready is about this generation: what an outdated pod serves does not count, what it lacks does. */
function rollingOut(verdict: ConditionVerdict): ConditionVerdict {
  if (verdict.status !== "True") return verdict;
  return {
    status: "False",
    reason: "RollingOut",
    message: "The server's pod is being replaced by one of the present spec.",
  };
}

function phase(
  { world }: Pass,
  verdicts: Readonly<Record<ConditionType, ConditionVerdict>>,
): NonNullable<DittoServerStatus["phase"]> {
  if (world.server.metadata.deletionTimestamp !== undefined) return "Deleting";
  if (world.server.spec.replicas === 0) return "Stopped";
  if (verdicts.Degraded.status === "True") return "Degraded";
  return verdicts.Ready.status === "True" ? "Running" : "Pending";
}

function perconaClusterName(server: Pass["world"]["server"]): Pick<DittoServerStatus, "perconaClusterName"> {
  const names = perconaNames(server);
  return names === undefined ? {} : { perconaClusterName: names.cluster };
}

/** While the StatefulSet is made anew its pod runs on, and is counted here. */
function replicas({ children, pod }: Pass["world"]) {
  const isReady = podState(pod).kind === "ready" ? 1 : 0;
  const counted = { replicas: pod === undefined ? 0 : 1, readyReplicas: isReady, availableReplicas: isReady };
  const { replicas, readyReplicas = 0, availableReplicas = 0 } = children.statefulSets[0]?.status ?? counted;
  return { replicas, readyReplicas, availableReplicas };
}

/** Twice as many as the spec can name. */
const mostStores = 80;

/** What is known is kept while the server does not answer: without it every password would be set again, and no grant taken back. */
function applied({ server, dittofs }: Pass["world"]): Pick<DittoServerStatus, "applied"> {
  if (dittofs.kind !== "answered")
    return server.status?.applied === undefined ? {} : { applied: server.status.applied };
  const { appliedPasswords: userPasswords, appliedGrants: grants, appliedSnapshotPolicies: snapshotPolicies } = dittofs;
  const { appliedStores: remoteStores, appliedMetadataStores: metadataStores, loadedShares, shareRestart } = dittofs;
  const { appliedProviders: identityProviders, appliedMappings: identityMappings, journals, ownStores } = dittofs;
  const known = {
    ...(Object.keys(userPasswords).length > 0 && { userPasswords }),
    ...(Object.keys(grants).length > 0 && { grants }),
    ...(snapshotPolicies.length > 0 && { snapshotPolicies }),
    ...(Object.keys(metadataStores).length > 0 && { metadataStores }),
    ...notedShares(loadedShares),
    ...(ownStores.length > 0 && { stores: ownStores.slice(0, mostStores) }),
    ...(shareRestart !== undefined && { shareRestart }),
    ...(Object.keys(journals).length > 0 && { journals }),
    ...(Object.keys(remoteStores).length > 0 && { remoteStores }),
    ...(Object.keys(identityProviders).length > 0 && { identityProviders }),
    ...(identityMappings.length > 0 && { identityMappings }),
  };
  return Object.keys(known).length === 0 ? {} : { applied: known };
}

/**
 * What the process has loaded, without what is empty: a server-side apply that gives all entries of a map back leaves null in its place,
 * which the API server then refuses (1.36).
 */
export function notedShares(loaded: DittoFsAnswered["loadedShares"]) {
  if (loaded === undefined) return {};
  const { process, digests, settings, removedStores } = loaded;
  const known = {
    ...(Object.keys(digests).length > 0 && { digests }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(removedStores.length > 0 && { removedStores }),
  };
  return Object.keys(known).length === 0 ? {} : { loadedShares: { process, ...known } };
}

function nodeAddress({ world }: Pass): string | undefined {
  const state = podState(world.pod);
  return state.kind === "ready" ? state.nodeAddress : undefined;
}

/** No endpoint of the server tells its version: the image's tag is what there is. */
function imageVersion(image: string): string {
  const afterSlash = image.slice(image.lastIndexOf("/") + 1);
  const [withoutDigest = afterSlash] = afterSlash.split("@");
  const colon = withoutDigest.indexOf(":");
  return colon < 0 ? "" : withoutDigest.slice(colon + 1);
}
