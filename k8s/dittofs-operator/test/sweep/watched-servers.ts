import { setTimeout as wait } from "node:timers/promises";
import type { Pod } from "kubernetes-types/core/v1";
import type { DittoServer, DittoServerSpec } from "../../src/api/ditto-server.ts";
import { podState } from "../../src/domain/pod/pod-state.ts";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { OperatedLab } from "../acceptance/operated-lab.ts";
import { dittoServer } from "../acceptance/sample-server.ts";
import { condition } from "../cluster/condition.ts";
import { hangMs } from "../cluster/hang.ts";
import { type ServerState, serverState } from "./server-state.ts";

/** The servers of a lab and all that they consist of, as watches tell it: looking at them costs the API server nothing. */
export type WatchedServers = {
  readonly server: (name: string) => KubernetesObject | undefined;
  readonly state: (name: string) => ServerState;
  /** Waits until a new server has been told its spec, and all of it has come to rest. */
  readonly untilUp: (name: string) => Promise<boolean>;
  /** Waits until the operator has carried out this generation of the spec, as far as the server runs, and all has come to rest. */
  readonly untilSettled: (name: string, generation: number) => Promise<boolean>;
  /** Whether it came to that within the time. */
  readonly until: (holds: () => boolean, timeoutMs?: number) => Promise<boolean>;
};

const kinds = [
  dittoServer,
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "pgv2.percona.com/v2", kind: "PerconaPGCluster" },
  { apiVersion: "monitoring.coreos.com/v1", kind: "ServiceMonitor" },
  ...["NetworkPolicy", "Ingress"].map((kind) => ({ apiVersion: "networking.k8s.io/v1", kind })),
  ...["ConfigMap", "Secret", "Service", "PersistentVolumeClaim", "Pod"].map((kind) => ({ apiVersion: "v1", kind })),
];
const lookMs = 20;
const quietMs = 250;
const upQuietMs = 1000;
/** A server that does not start tells nothing more after such a time. */
const stuckMs = 3000;

/** Follows the lab until the signal aborts. Resolves once everything that is there is known. */
export async function watchedServers({ cluster, node }: OperatedLab, signal: AbortSignal): Promise<WatchedServers> {
  const objects = new Map<string, Map<string, KubernetesObject>>();
  const changedMs = new Map<string, number>();
  const follow = async (kind: (typeof kinds)[number], synced: () => void): Promise<void> => {
    for await (const event of cluster.events(kind, signal)) {
      if (event.type === "synced") {
        synced();
        continue;
      }
      const owner = serverOf(event.object);
      if (owner === undefined) continue;
      const own = objects.get(owner) ?? new Map<string, KubernetesObject>();
      objects.set(owner, own);
      const key = `${event.object.kind} ${event.object.metadata.name}`;
      if (event.type === "present") own.set(key, event.object);
      else own.delete(key);
      changedMs.set(owner, performance.now());
    }
  };
  await Promise.all(kinds.map(async (kind) => await new Promise<void>((synced) => void follow(kind, synced))));

  const server = (name: string) => objects.get(name)?.get(`${dittoServer.kind} ${name}`);
  const isAnswered = (name: string, generation: number): boolean => {
    const pod = objects.get(name)?.get(`Pod ${name}-0`) as Pod | undefined; // by its key
    return isActedOn(server(name), pod, generation);
  };
  const isQuiet = (name: string, forMs: number) => performance.now() - (changedMs.get(name) ?? 0) > forMs;
  const until: WatchedServers["until"] = async (holds, timeoutMs = hangMs) => {
    const deadlineMs = performance.now() + timeoutMs;
    while (!holds()) {
      if (performance.now() > deadlineMs) return false;
      await wait(lookMs);
    }
    return true;
  };
  return {
    server,
    until,
    state: (name) => serverState(objects.get(name) ?? new Map(), node.double(dittoServer.namespace, name)),
    untilUp: async (name) => await until(() => isAnswered(name, 1) && isQuiet(name, upQuietMs)),
    untilSettled: async (name, generation) => {
      const isStuck = () => !isRunning(server(name), generation) && isQuiet(name, stuckMs);
      return await until(() => (isAnswered(name, generation) && isQuiet(name, quietMs)) || isStuck());
    },
  };
}

function serverOf({ kind, metadata }: KubernetesObject): string | undefined {
  return kind === dittoServer.kind ? metadata.name : metadata.labels?.["instance"];
}

function isObserved(server: KubernetesObject | undefined, generation: number): server is KubernetesObject {
  return (server as DittoServer | undefined)?.status?.observedGeneration === generation; // the watch is of this kind
}

/** Of one that is not seen yet it is not known. */
function isRunning(server: KubernetesObject | undefined, generation: number): boolean {
  return !isObserved(server, generation) || condition(server, "Available")?.status === "True";
}

/** The operator has acted on the spec; a server that runs, and that it may tell of it, has been told, and is not being ended. */
function isActedOn(server: KubernetesObject | undefined, pod: Pod | undefined, generation: number): boolean {
  if (!isObserved(server, generation)) return false;
  const { paused, replicas } = server["spec"] as DittoServerSpec; // of a DittoServer
  if (paused || replicas === 0) return true;
  const provisioned = condition(server, "Provisioned");
  const isTold = provisioned?.observedGeneration === generation && provisioned.status !== "Unknown";
  const { applied, availableReplicas } = (server as DittoServer).status ?? {}; // the watch is of this kind
  const isOfThisPod = applied?.loadedShares?.process.startsWith(pod?.metadata?.uid ?? "none") ?? true;
  return isTold && isOfThisPod && availableReplicas === 1 && podState(pod).kind === "ready";
}
