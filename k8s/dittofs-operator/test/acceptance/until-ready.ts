import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { condition } from "../cluster/condition.ts";
import { hangMs } from "../cluster/hang.ts";
import { dittoServer } from "./sample-server.ts";

export function isReady(server: KubernetesObject): boolean {
  const { generation } = server.metadata;
  const ready = condition(server, "Ready");
  return ready?.status === "True" && ready.observedGeneration === generation;
}

/** Waits until every server of these names is Ready for its generation; tells which are not when the time is over. */
export async function untilReady(cluster: ClusterClient, names: readonly string[]): Promise<void> {
  const missing = new Map(names.map((name) => [name, "not there"]));
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), hangMs);
  try {
    for await (const event of cluster.events(dittoServer, end.signal)) {
      if (event.type !== "present" || !names.includes(event.object.metadata.name)) continue;
      if (isReady(event.object)) missing.delete(event.object.metadata.name);
      else missing.set(event.object.metadata.name, condition(event.object, "Ready")?.message ?? "no status");
      if (missing.size === 0) return;
    }
  } finally {
    clearTimeout(timer);
    end.abort();
  }
  const some = [...missing].slice(0, 5).map(([name, why]) => `${name}: ${why}`);
  throw new Error(`${missing.size} of ${names.length} servers are not Ready after ${hangMs} ms: ${some.join("; ")}`);
}
