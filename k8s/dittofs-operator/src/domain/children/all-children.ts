import type { StatefulSet } from "kubernetes-types/apps/v1";
import type { Secret } from "kubernetes-types/core/v1";
import type { ControlPlaneDatabase } from "../database/control-plane-database.ts";
import type { Wanted, WantedChild } from "../wanted-child.ts";
import type { World } from "../world.ts";
import { adapterServices } from "./adapter-services.ts";
import { apiIngress } from "./api-ingress.ts";
import { apiService } from "./api-service.ts";
import { auxiliaryService } from "./auxiliary-service.ts";
import { baselineNetworkPolicy } from "./baseline-network-policy.ts";
import { configMap } from "./config-map.ts";
import { headlessService } from "./headless-service.ts";
import { metricsService } from "./metrics-service.ts";
import { perconaCluster } from "./percona-cluster.ts";
import { serviceMonitor } from "./service-monitor.ts";
import { statefulSet } from "./stateful-set.ts";

export type ChildrenInputs = {
  readonly world: Pick<World, "server" | "secrets" | "servedKinds" | "operatorNamespace" | "operatorImage">;
  /** Made before the rest, because the rollout digest covers them. */
  readonly credentials: readonly Wanted<"Secret", Secret>[];
  /** Made after the StatefulSet, as all that may fail without keeping the server from starting. */
  readonly userCredentials: readonly Wanted<"Secret", Secret>[];
  /** As which the pod is made. */
  readonly podServer?: World["server"];
  /** Undefined while something is missing that the server reads at its start: then a live StatefulSet stays as it is. */
  readonly rollout: string | undefined;
  readonly database: ControlPlaneDatabase;
  readonly liveStatefulSet: StatefulSet | undefined;
  /** Before it is replaced the StatefulSet lets go of its claims. */
  readonly claimsOnReplacement?: "Retain" | undefined;
};

/** Everything that one server consists of, in the order in which one would explain it. */
export function wantedChildren(inputs: ChildrenInputs): readonly WantedChild[] {
  const { world, rollout, database, liveStatefulSet } = inputs;
  const { server, operatorImage } = world;
  const { podServer = server } = inputs;
  const { claimsOnReplacement = server.spec.deletionPolicy } = inputs;
  return [
    ...inputs.credentials,
    ...(database.kind === "postgres" && database.copy !== undefined ? [database.copy] : []),
    ...(world.servedKinds.has("PerconaPGCluster") ? perconaCluster(server) : []),
    configMap(server, podServer),
    headlessService(server),
    apiService(server),
    ...adapterServices(server),
    ...auxiliaryService(server),
    ...baselineNetworkPolicy(world),
    ...(rollout === undefined
      ? []
      : [
          statefulSet({
            server: podServer,
            rollout,
            database: database.kind === "postgres" ? database.environment : [],
            operatorImage,
            live: liveStatefulSet,
            claimsOnDeletion: claimsOnReplacement,
          }),
        ]),
    ...apiIngress(server),
    ...metricsService(server),
    ...(world.servedKinds.has("ServiceMonitor") ? serviceMonitor(world) : []),
    ...inputs.userCredentials,
  ];
}
