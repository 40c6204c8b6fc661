import type { DittoServer } from "../../api/ditto-server.ts";
import { API_VERSION, KIND } from "../../api/group.ts";
import { type Component, childLabels } from "../labels.ts";
import type { WantedMeta, WantedOwner } from "../wanted-child.ts";

type ChildDescription = {
  readonly name: string;
  readonly component: Component;
  readonly annotations?: Readonly<Record<string, string>>;
  /** The user's; the operator's own win, because objects are found by them. */
  readonly labels?: Readonly<Record<string, string>>;
};

/** The metadata of a child that goes with its DittoServer. */
export function childMeta(server: DittoServer, child: ChildDescription): WantedMeta {
  return { ...unownedMeta(server, child), ownerReferences: [owner(server)] };
}

/** The metadata of a child that outlives its DittoServer unless the deletion policy is Delete. */
export function retainableMeta(server: DittoServer, child: ChildDescription): WantedMeta {
  return server.spec.deletionPolicy === "Delete" ? childMeta(server, child) : unownedMeta(server, child);
}

/** The metadata of a child that outlives its DittoServer. */
export function unownedMeta(
  server: DittoServer,
  { name, component, annotations = {}, labels = {} }: ChildDescription,
): WantedMeta {
  return {
    name,
    namespace: server.metadata.namespace,
    labels: { ...labels, ...childLabels(server, component) },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

function owner({ metadata }: DittoServer): WantedOwner {
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
