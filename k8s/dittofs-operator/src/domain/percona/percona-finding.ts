import type { Finding } from "../finding.ts";
import type { World } from "../world.ts";
import { perconaNames } from "./percona-cluster-names.ts";

/** Percona's operator notes a state within seconds; a cluster without one after this has nobody who works on it. */
export const perconaPatienceMs = 60_000;

type Inputs = Pick<World, "server" | "secrets" | "children" | "servedKinds" | "nowMs">;

/** Why the database of Percona's cannot be used yet. `problem` is what its Secret lacks. */
export function perconaFinding(world: Inputs, problem: string): Finding {
  const { server, children, servedKinds } = world;
  const { cluster = "", userSecret = "" } = perconaNames(server) ?? {};
  const not = (reason: Finding["reason"], message: string): Finding => ({
    condition: "DatabaseReady",
    reason,
    message,
  });
  if (server.spec.percona?.clusterName !== undefined)
    return not(
      "CredentialsMissing",
      `PerconaPGCluster ${cluster} must have the user dittofs, with Secret ${userSecret}: ${problem}`,
    );
  if (!servedKinds.has("PerconaPGCluster"))
    return not(
      "PerconaNotInstalled",
      "The cluster does not know the kind PerconaPGCluster (pgv2.percona.com). Install Percona's operator for PostgreSQL; the rest follows by itself.",
    );
  const live = children.perconaPGClusters.find(({ metadata }) => metadata?.name === cluster);
  const state = live?.status?.state ?? "";
  if (state === "ready") return not("CredentialsMissing", problem);
  if (live !== undefined && state === "" && perconaPatienceLeftMs(world) === 0)
    return not(
      "PerconaNotWatched",
      `Nobody works on PerconaPGCluster ${cluster}. Percona's operator watches only its own namespace unless it is told otherwise: install it in ${server.metadata.namespace}, or for all namespaces.`,
    );
  return not(
    "PerconaNotReady",
    `PerconaPGCluster ${cluster} is ${state === "" ? "being made" : state}. If it stays so: kubectl describe pg ${cluster}.`,
  );
}

/** How long a cluster without a state may go on so; undefined when there is none. */
export function perconaPatienceLeftMs({
  server,
  children,
  nowMs,
}: Pick<World, "server" | "children" | "nowMs">): number | undefined {
  const name = perconaNames(server)?.cluster;
  const live = children.perconaPGClusters.find(({ metadata }) => metadata?.name === name);
  if (live === undefined || (live.status?.state ?? "") !== "") return undefined;
  const createdMs = Date.parse(live.metadata?.creationTimestamp ?? "");
  return Number.isNaN(createdMs) ? perconaPatienceMs : Math.max(0, createdMs + perconaPatienceMs - nowMs);
}
