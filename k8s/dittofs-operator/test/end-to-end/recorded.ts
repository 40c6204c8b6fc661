import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { ClusterClient } from "../cluster/cluster-client.ts";
import { namespace } from "./installed-lab.ts";

/** Everything that the objects of a kind have been in a namespace, the tests' unless one is named, in order, since the recording began. */
export type Recording = {
  /** Every state of the object of that name. */
  readonly states: (name: string) => readonly KubernetesObject[];
  readonly stop: () => void;
};

/** Begins to watch; resolves when the present state is recorded. */
export async function recorded(
  cluster: ClusterClient,
  kind: { readonly apiVersion: string; readonly kind: string; readonly namespace?: string },
): Promise<Recording> {
  const objects: KubernetesObject[] = [];
  const end = new AbortController();
  const { promise: synced, resolve } = Promise.withResolvers<void>();
  const record = async (): Promise<void> => {
    for await (const event of cluster.events(kind, end.signal)) {
      if (event.type === "synced") resolve();
      if (event.type === "present" && event.object.metadata.namespace === (kind.namespace ?? namespace))
        objects.push(event.object);
    }
  };
  void record();
  await synced;
  return {
    states: (name) => objects.filter(({ metadata }) => metadata.name === name),
    stop: () => end.abort(),
  };
}
