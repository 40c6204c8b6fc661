import type {
  ApiAnswer,
  JsonPatchOperation,
  KubernetesApi,
  KubernetesObject,
  ObjectMeta,
  Resource,
} from "./kubernetes-api.ts";

export type FinalizerInputs = {
  readonly api: Pick<KubernetesApi, "patch">;
  readonly resource: Resource;
  readonly store: { recordWrite(object: KubernetesObject): void };
  /** The object as it was last seen. */
  readonly metadata: ObjectMeta;
  readonly finalizer: string;
  readonly fieldManager: string;
  readonly signal: AbortSignal;
};

/**
 * Adds a finalizer to an object that is not being deleted. The patch tests the whole list, so that a finalizer which
 * somebody else sets in the same moment is never lost: the answer is then a failure, and the next pass tries again.
 */
export async function addFinalizer(inputs: FinalizerInputs): Promise<ApiAnswer<KubernetesObject>> {
  const { metadata, finalizer } = inputs;
  return await patchFinalizers(inputs, [...(metadata.finalizers ?? []), finalizer]);
}

/** Removes it again. Call it only when the clean-up has succeeded: after that nothing holds the object any more. */
export async function removeFinalizer(inputs: FinalizerInputs): Promise<ApiAnswer<KubernetesObject>> {
  const { metadata, finalizer } = inputs;
  return await patchFinalizers(
    inputs,
    (metadata.finalizers ?? []).filter((each) => each !== finalizer),
  );
}

async function patchFinalizers(
  inputs: FinalizerInputs,
  wanted: readonly string[],
): Promise<ApiAnswer<KubernetesObject>> {
  const { api, resource, store, metadata, fieldManager, signal } = inputs;
  const key =
    metadata.namespace === undefined ? { name: metadata.name } : { namespace: metadata.namespace, name: metadata.name };
  const answer = await api.patch(resource, key, operations(metadata, wanted), { fieldManager, signal });
  if (answer.ok) store.recordWrite(answer.value);
  return answer;
}

function operations(
  { uid, resourceVersion, finalizers }: ObjectMeta,
  wanted: readonly string[],
): readonly JsonPatchOperation[] {
  const path = "/metadata/finalizers";
  const isSameObject: JsonPatchOperation = { op: "test", path: "/metadata/uid", value: uid };
  if (finalizers !== undefined) {
    return [isSameObject, { op: "test", path, value: finalizers }, { op: "replace", path, value: wanted }];
  }
  // That a list is absent cannot be tested (RFC 6902), so the version stands in for it.
  return [
    isSameObject,
    { op: "test", path: "/metadata/resourceVersion", value: resourceVersion },
    { op: "add", path, value: wanted },
  ];
}
