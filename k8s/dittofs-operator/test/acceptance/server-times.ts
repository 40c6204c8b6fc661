import { setTimeout as wait } from "node:timers/promises";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { hangMs } from "../cluster/hang.ts";
import type { KindRef } from "../cluster/object-ref.ts";
import { dittoServer } from "./sample-server.ts";
import { isReady } from "./until-ready.ts";

/** When things were first seen, in milliseconds of `performance.now()`, by the name of the server. */
export type ServerTimes = {
  readonly statefulSet: ReadonlyMap<string, number>;
  readonly ready: ReadonlyMap<string, number>;
  /** Waits until all of them have been Ready; without a watch of its own, so that it disturbs less than `untilReady`. */
  readonly untilReady: (names: readonly string[]) => Promise<void>;
};

const lookMs = 20;

/** Follows the cluster until the signal aborts. Resolves once it sees everything that is there. */
export async function serverTimes(cluster: ClusterClient, signal: AbortSignal): Promise<ServerTimes> {
  const follow = async (kind: KindRef, holds: (object: KubernetesObject) => boolean) => {
    const times = new Map<string, number>();
    const synced = Promise.withResolvers<void>();
    const following = async (): Promise<void> => {
      for await (const event of cluster.events(kind, signal)) {
        if (event.type === "synced") synced.resolve();
        else if (event.type === "present" && holds(event.object) && !times.has(event.object.metadata.name))
          times.set(event.object.metadata.name, performance.now());
      }
    };
    following().catch(synced.reject);
    await synced.promise;
    return times;
  };
  const [statefulSet, ready] = await Promise.all([
    follow({ apiVersion: "apps/v1", kind: "StatefulSet" }, () => true),
    follow(dittoServer, isReady),
  ]);
  const untilReady: ServerTimes["untilReady"] = async (names) => {
    const deadlineMs = performance.now() + hangMs;
    while (!names.every((name) => ready.has(name))) {
      if (performance.now() > deadlineMs) throw new Error(`${ready.size} servers were Ready after ${hangMs} ms`);
      await wait(lookMs);
    }
  };
  return { statefulSet, ready, untilReady };
}
