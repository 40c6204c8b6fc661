import type { KubernetesObject } from "../runtime/kubernetes-api.ts";
import type { ClusterStores, Watched } from "./cluster-stores.ts";
import { type ServerKey, serverKeyOf, serverKeysOfChild } from "./server-key.ts";

/** Which servers have to be looked at because an object of a watched kind came, changed or went. */
export function serversToLookAt(
  store: Watched["store"],
  change: { readonly before: KubernetesObject | undefined; readonly after: KubernetesObject | undefined },
  stores: Pick<ClusterStores, "dittoServers">,
): ReadonlySet<ServerKey> {
  const objects = [change.before, change.after].filter((object) => object !== undefined);
  switch (store) {
    case "dittoServers":
      return new Set(objects.map(serverKeyOf));
    case "secretNames":
      return new Set(
        objects.flatMap(({ metadata }) =>
          stores.dittoServers.byIndex("secret", `${metadata.namespace ?? ""}/${metadata.name}`).map(serverKeyOf),
        ),
      );
    // Rare, and a look costs no request: which servers wait for a class needs no index.
    case "storageClasses":
      return new Set(stores.dittoServers.all().map(serverKeyOf));
    case "statefulSets":
    case "configMaps":
    case "secrets":
    case "services":
    case "networkPolicies":
    case "ingresses":
    case "perconaPGClusters":
    case "serviceMonitors":
    case "pods":
    case "claims":
      return new Set(objects.flatMap(serverKeysOfChild));
    default:
      return store satisfies never;
  }
}
