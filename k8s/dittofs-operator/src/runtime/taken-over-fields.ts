import type { KubernetesObject, ManagedFieldsEntry } from "./kubernetes-api.ts";

/**
 * Who owns which field once what another operator set by updates counts as applied by us: only then does an apply without a
 * field remove it. The other operator is whoever set the owner reference by which the object is ours; what users and other
 * controllers set stays theirs. Undefined when there is nothing to take over, or we have applied the object before.
 */
export function takenOverFields(
  { metadata }: KubernetesObject,
  fieldManager: string,
): readonly ManagedFieldsEntry[] | undefined {
  const { managedFields = [], ownerReferences = [] } = metadata;
  const isOurs = ({ manager, operation }: ManagedFieldsEntry): boolean =>
    manager === fieldManager && operation === "Apply";
  const owner = ownerReferences.find(({ controller }) => controller === true);
  if (owner === undefined || managedFields.some(isOurs)) return undefined;
  const setOwner = managedFields.findIndex(
    ({ operation, subresource = "", fieldsV1 }) =>
      operation === "Update" &&
      subresource === "" &&
      fieldsV1?.["f:metadata"]?.["f:ownerReferences"]?.[`k:{"uid":"${owner.uid}"}`] !== undefined,
  );
  if (setOwner < 0) return undefined;
  return managedFields.map((entry, at) =>
    at === setOwner ? { ...entry, manager: fieldManager, operation: "Apply" } : entry,
  );
}
