import type { DittoServer } from "../api/ditto-server.ts";
import { API_VERSION, KIND } from "../api/group.ts";
import { isManaged } from "../domain/labels.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";

export type Ownership =
  | "ours"
  /** Of a DittoServer of the same name that is gone: garbage collection takes it. */
  | "previous"
  | "foreign";

/**
 * Whose an object with a child's name is. Own before touch: without our owner reference only an object with our labels
 * and no other controller is ours, which is how generated Secrets outlive their server and are found again.
 */
export function ownership(object: KubernetesObject, server: DittoServer): Ownership {
  const controller = object.metadata.ownerReferences?.find((each) => each.controller === true);
  if (controller === undefined)
    return isManaged(object.metadata.labels ?? {}, server.metadata.name) ? "ours" : "foreign";
  if (controller.uid === server.metadata.uid) return "ours";
  const isOfSameName =
    controller.apiVersion === API_VERSION && controller.kind === KIND && controller.name === server.metadata.name;
  return isOfSameName ? "previous" : "foreign";
}
