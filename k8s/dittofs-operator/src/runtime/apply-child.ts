import { childDifference } from "./child-difference.ts";
import { isSameJson } from "./is-same-json.ts";
import type { ApiFailure, KubernetesApi, KubernetesObject, Resource } from "./kubernetes-api.ts";
import { keyOf } from "./object-key.ts";
import { takenOverFields } from "./taken-over-fields.ts";

export type ApplyChildInputs = {
  readonly api: Pick<KubernetesApi, "apply" | "get" | "patch">;
  readonly resource: Resource;
  readonly store: { recordWrite(object: KubernetesObject): void };
  /** The body: exactly the fields that we mean to own. */
  readonly wanted: KubernetesObject;
  /** The object as the store knows it, already known to be ours; absent when the store has none. */
  readonly live: KubernetesObject | undefined;
  /** `previous`: of an owner of the same name that is gone. */
  readonly whose: (object: KubernetesObject) => "ours" | "previous" | "foreign";
  readonly fieldManager: string;
  /** Comes before a child that another operator made is marked as known: a process that ends in between begins again. */
  readonly beforeTakingOver?: () => Promise<void>;
  readonly signal: AbortSignal;
};

export type ApplyOutcome =
  | { readonly kind: "unchanged" }
  /** `paths` name the fields that made the write necessary, never their values. */
  | { readonly kind: "applied"; readonly created: boolean; readonly paths: readonly string[] }
  /** The name is taken; nothing was touched. `holder` names the owner for people. */
  | { readonly kind: "nameConflict"; readonly holder: string }
  /** The object of that name is on its way out; the next try may find it gone. */
  | { readonly kind: "beingRemoved" }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

/**
 * No object has this version: etcd's first revision is the empty store. An apply that carries it creates a missing object
 * and answers `conflict` for one that exists, untouched. So a name that is taken costs nothing in the usual case, and no
 * race can make us overwrite a stranger's object. (Version 0 would not do: built-in kinds take it for "any".)
 */
const onlyIfAbsent = "1";

/** Makes one child as it is wanted: own before touch, and no write when nothing differs. */
export async function applyChild(inputs: ApplyChildInputs): Promise<ApplyOutcome> {
  const { live } = inputs;
  if (live !== undefined) return await update(inputs, live);
  const answer = await write(inputs, { resourceVersion: onlyIfAbsent });
  if (answer.ok) return { kind: "applied", created: true, paths: [] };
  if (answer.failure.code !== "conflict") return { kind: "failed", failure: answer.failure };
  return await lookAtHolder(inputs, answer.failure);
}

async function lookAtHolder(inputs: ApplyChildInputs, conflict: ApiFailure): Promise<ApplyOutcome> {
  const holder = await inputs.api.get(inputs.resource, keyOf(inputs.wanted), inputs.signal);
  if (!holder.ok) return { kind: "failed", failure: holder.failure.code === "notFound" ? conflict : holder.failure };
  if (holder.value.metadata.deletionTimestamp !== undefined) return { kind: "beingRemoved" };
  switch (inputs.whose(holder.value)) {
    case "ours":
      return await bringBack(inputs, holder.value, conflict);
    case "previous":
      return { kind: "beingRemoved" };
    case "foreign":
      return { kind: "nameConflict", holder: holderText(holder.value) };
  }
}

/**
 * A child of ours that the store does not know: it is behind, or the child lacks the labels by which it is watched, because
 * somebody removed them or another operator made it. The wanted child was planned without knowing this one (a new password
 * in place of the one in use), so nothing but the labels, and who owns its fields, is mended here; the next pass plans with it.
 */
async function bringBack(
  inputs: ApplyChildInputs,
  found: KubernetesObject,
  conflict: ApiFailure,
): Promise<ApplyOutcome> {
  const { api, resource, store, wanted, fieldManager, signal } = inputs;
  const labels = { ...found.metadata.labels, ...wanted.metadata.labels };
  const managedFields = takenOverFields(found, fieldManager);
  if (isSameJson(labels, found.metadata.labels ?? {})) {
    store.recordWrite(found);
    return { kind: "failed", failure: conflict };
  }
  if (managedFields !== undefined) await inputs.beforeTakingOver?.();
  const operations = [
    { op: "test", path: "/metadata/uid", value: found.metadata.uid },
    { op: "test", path: "/metadata/resourceVersion", value: found.metadata.resourceVersion },
    { op: "add", path: "/metadata/labels", value: labels },
    ...(managedFields === undefined
      ? []
      : [{ op: "replace", path: "/metadata/managedFields", value: managedFields } as const]),
  ] as const;
  const answer = await api.patch(resource, keyOf(found), operations, { fieldManager, signal });
  if (answer.ok) store.recordWrite(answer.value);
  return { kind: "failed", failure: answer.ok ? conflict : answer.failure };
}

async function update(inputs: ApplyChildInputs, live: KubernetesObject): Promise<ApplyOutcome> {
  if (live.metadata.deletionTimestamp !== undefined) return { kind: "beingRemoved" };
  const difference = childDifference({ wanted: inputs.wanted, live, fieldManager: inputs.fieldManager });
  if (difference.kind === "same") return { kind: "unchanged" };
  // With its uid in the body the apply never lands on a later object of this name, nor brings a deleted one back.
  const answer = await write(inputs, live.metadata.uid === undefined ? {} : { uid: live.metadata.uid });
  if (!answer.ok) return { kind: "failed", failure: asConflict(answer.failure) };
  // An apply that changes nothing leaves the version as it is.
  if (answer.value.metadata.resourceVersion === live.metadata.resourceVersion) return { kind: "unchanged" };
  return { kind: "applied", created: false, paths: difference.paths };
}

async function write(
  { api, resource, store, wanted, fieldManager, signal }: ApplyChildInputs,
  guard: Readonly<Record<string, string>>,
) {
  const body = { ...wanted, metadata: { ...wanted.metadata, ...guard } };
  const answer = await api.apply(resource, body, { fieldManager, force: true, signal });
  if (answer.ok) store.recordWrite(answer.value);
  return answer;
}

/** Another uid under the name answers 422 with this cause (kube-apiserver 1.36), a missing object 409: both mean "look again". */
function asConflict(failure: ApiFailure): ApiFailure {
  const isOtherUid = failure.code === "invalid" && failure.causes.some(({ field }) => field === "metadata.uid");
  return isOtherUid ? { ...failure, code: "conflict" } : failure;
}

function holderText({ metadata }: KubernetesObject): string {
  const owner =
    metadata.ownerReferences?.find(({ controller }) => controller === true) ?? metadata.ownerReferences?.[0];
  return owner === undefined ? "nobody" : `${owner.kind} ${owner.name}`;
}
