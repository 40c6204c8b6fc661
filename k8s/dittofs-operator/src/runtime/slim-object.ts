import type { KubernetesObject, ObjectMeta } from "./kubernetes-api.ts";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

/**
 * The object without what no decision needs: other managers' field sets (a third of a typical object) and kubectl's copy
 * of an earlier manifest. Everything else stays, also fields that this program does not know.
 */
export function slimObject(object: KubernetesObject, fieldManager: string): KubernetesObject {
  const { managedFields, annotations, ...metadata } = object.metadata;
  const ours = managedFields?.filter((entry) => entry.manager === fieldManager);
  const { [LAST_APPLIED]: _, ...kept } = annotations ?? {};
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(annotations !== undefined && { annotations: kept }),
      ...(ours !== undefined && { managedFields: ours }),
    },
  };
}

/** Of an object that is watched as metadata only: who it is, which version, its labels, and whether it is going away. */
export function slimMetadata({ apiVersion, kind, metadata }: KubernetesObject): KubernetesObject {
  const { name, namespace, uid, resourceVersion, labels, deletionTimestamp } = metadata;
  const slim: { -readonly [Field in keyof ObjectMeta]: ObjectMeta[Field] } = { name };
  if (namespace !== undefined) slim.namespace = namespace;
  if (uid !== undefined) slim.uid = uid;
  if (resourceVersion !== undefined) slim.resourceVersion = resourceVersion;
  if (labels !== undefined) slim.labels = labels;
  if (deletionTimestamp !== undefined) slim.deletionTimestamp = deletionTimestamp;
  return { apiVersion, kind, metadata: slim };
}
