import type { DittoServer } from "../api/ditto-server.ts";

export type Labels = Readonly<Record<string, string>>;

type Named = { readonly metadata: Pick<DittoServer["metadata"], "name"> };

/** Which part of a server an object belongs to. */
export type Component =
  | "server"
  | "config"
  | "credentials"
  | "api"
  | "nfs"
  | "smb"
  | "database"
  | "metrics"
  | "network-policy"
  | "volume";

/** Label selector of everything that the operator made; the caches ask for nothing else. */
export const managedSelector = "app.kubernetes.io/managed-by=dittofs-operator";

/** Label selector of the claims of every server's volumes: the StatefulSet controller puts its set's selector on them. */
export const volumeSelector = "app=dittofs-server";

/** What the pods of all servers have. */
export const everyServerLabels: Labels = { app: "dittofs-server" };

/** What selects one server's pod. A StatefulSet's selector cannot change, so neither can these. */
export function selectorLabels({ metadata }: Named): Labels {
  return { ...everyServerLabels, instance: metadata.name };
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
export function childLabels(server: Named, component: Component): Labels {
  return {
    ...selectorLabels(server),
    "app.kubernetes.io/name": "dittofs",
    "app.kubernetes.io/instance": server.metadata.name,
    "app.kubernetes.io/managed-by": "dittofs-operator",
    "app.kubernetes.io/component": component,
  };
}

/**
 * Whether an object carries the marks of the server of this name, whoever owns it. One of two pairs is enough: somebody may have taken a
 * label away, and a password without an owner is known by its labels alone.
 */
export function isManaged(labels: Labels, serverName: string): boolean {
  const isRecommended =
    labels["app.kubernetes.io/managed-by"] === "dittofs-operator" &&
    labels["app.kubernetes.io/instance"] === serverName;
  return isRecommended || (labels["app"] === everyServerLabels["app"] && labels["instance"] === serverName);
}
