import type { DittoServer } from "../api/ditto-server.ts";
import type { KubernetesObject } from "../runtime/kubernetes-api.ts";

/**
 * A DittoServer as the API server delivers it. The CustomResourceDefinition has validated it and filled in the defaults,
 * on reading too; only the parts without which nothing can be said are looked at again here. Undefined: an object of
 * another shape, which a CustomResourceDefinition that is not ours would let in.
 */
export function asDittoServer(object: KubernetesObject): DittoServer | undefined {
  const { metadata } = object;
  const spec = object["spec"];
  const isComplete =
    metadata.namespace !== undefined &&
    metadata.uid !== undefined &&
    metadata.resourceVersion !== undefined &&
    metadata.generation !== undefined &&
    isRecord(spec) &&
    neededParts.every((part) => isRecord(spec[part]));
  return isComplete ? (object as unknown as DittoServer) : undefined; // the schema of the CustomResourceDefinition proves the rest
}

/** Parts that the schema always fills in and that every decision reads. */
const neededParts = ["nfs", "smb", "service", "database", "controlPlane", "identity", "config", "logging"];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
