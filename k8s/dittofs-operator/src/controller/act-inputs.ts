import type { DittoServer } from "../api/ditto-server.ts";
import type { ChildOutcome } from "../domain/child-outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { Children } from "../domain/world.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { ClusterStores } from "./cluster-stores.ts";

/** A plan, and what carries it out. */
export type ActInputs = {
  readonly server: DittoServer;
  readonly plan: Plan;
  readonly children: Children;
  readonly stores: ClusterStores;
  readonly api: KubernetesApi;
  /** What is awaited before the pod is ended; undefined: it may be ended now. */
  readonly drain: () => ChildOutcome["result"] | undefined;
  readonly signal: AbortSignal;
};
