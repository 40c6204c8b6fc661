import { FIELD_MANAGER } from "../../api/group.ts";
import { aStorageClass } from "../../domain/testing/a-world.ts";
import type {
  ApiAnswer,
  ApiFailure,
  DeleteOptions,
  KubernetesApi,
  KubernetesObject,
  ListPage,
  ObjectKey,
  Resource,
} from "../../runtime/kubernetes-api.ts";
import type { StoreFeed } from "../../runtime/store-feed.ts";
import { applied } from "../../runtime/testing/an-apply.ts";
import { type ClusterStores, createClusterStores, watched } from "../cluster-stores.ts";

/** Thrown in place of the answer to a write: the process died. */
export class Crash extends Error {}

const failure = (code: ApiFailure["code"], message: string = code): { ok: false; failure: ApiFailure } => ({
  ok: false,
  failure: { code, message, causes: [], mayHaveHappened: false },
});

/**
 * An API server of one page: objects, guarded apply, finalizers, deletes that wait for finalizers, and stores that see
 * everything at once. What matters to the real one beyond that is proved against the real one.
 */
export class FakeCluster implements KubernetesApi {
  readonly objects = new Map<string, KubernetesObject>();
  /** Every write that was carried out, such as `apply ConfigMap/files-config`. */
  readonly writes: string[] = [];
  stores: ClusterStores = createClusterStores();
  /** Dies right after this many writes, before or after the write counts. */
  crashAt: { readonly write: number; readonly phase: "before" | "after" } | undefined;
  refuse: ((kind: string, name: string) => ApiFailure["code"] | undefined) | undefined;
  #feeds: readonly { readonly feed: StoreFeed; readonly kind: string; readonly selector: string | undefined }[] = [];
  #version = 100;
  #pods = 0;

  constructor() {
    this.restartOperator();
    this.putStorageClass("standard", { isDefault: true });
  }

  /** A new process: empty stores, filled by a list. */
  restartOperator(): void {
    this.stores = createClusterStores();
    this.#feeds = watched.map(({ store, resource, labelSelector }) => ({
      feed: this.stores[store].feed(undefined),
      kind: resource.kind,
      selector: labelSelector,
    }));
    this.crashAt = undefined;
    for (const object of this.objects.values()) this.#tell(object);
  }

  /** What somebody other than the operator does. */
  put(object: KubernetesObject): KubernetesObject {
    const before = this.objects.get(idOf(object.kind, object.metadata));
    const stored = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: object.metadata.uid ?? before?.metadata.uid ?? `uid-${this.#version}`,
        resourceVersion: String(++this.#version),
      },
    };
    this.objects.set(idOf(object.kind, object.metadata), stored);
    this.#tell(stored);
    return stored;
  }

  putStorageClass(name: string, options: Parameters<typeof aStorageClass>[1] = {}): void {
    const storageClass = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", ...aStorageClass(name, options) };
    this.put(storageClass as unknown as KubernetesObject); // plain JSON
  }

  nextPodUid(): string {
    return `pod-${(this.#pods += 1)}`;
  }

  remove(kind: string, key: ObjectKey): void {
    const object = this.objects.get(idOf(kind, key));
    if (object === undefined) return;
    this.objects.delete(idOf(kind, key));
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.#version) } };
    for (const { feed, kind: fed } of this.#feeds) if (fed === kind) feed.remove(last);
  }

  find(kind: string, name: string): KubernetesObject | undefined {
    return this.objects.get(idOf(kind, { namespace: "default", name }));
  }

  async get(resource: Resource, key: ObjectKey): Promise<ApiAnswer<KubernetesObject>> {
    const object = this.objects.get(idOf(resource.kind, key));
    return await Promise.resolve(object === undefined ? failure("notFound") : { ok: true, value: object });
  }

  async apply(
    resource: Resource,
    object: KubernetesObject,
    { subresource }: { subresource?: "status" },
  ): Promise<ApiAnswer<KubernetesObject>> {
    const live = this.objects.get(idOf(resource.kind, object.metadata));
    return await this.#write(`apply ${subresource === undefined ? "" : "status of "}`, object, () => {
      const { resourceVersion, uid } = object.metadata;
      if (live !== undefined && resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion)
        return failure("conflict");
      if (uid !== undefined && uid !== live?.metadata.uid) return failure("conflict");
      if (subresource === "status")
        return live === undefined ? failure("notFound") : this.put({ ...live, status: object["status"] });
      // A guard is a precondition and becomes nobody's field.
      const { uid: _, resourceVersion: __, ...named } = object.metadata;
      const body = applied({ ...object, metadata: named }, FIELD_MANAGER);
      const { uid: ___, resourceVersion: ____, ...metadata } = body.metadata;
      // Of a claim the operator applies one field; the rest is the StatefulSet controller's.
      if (live?.kind === "PersistentVolumeClaim")
        return this.put({ ...live, spec: { ...(live["spec"] as object), ...(object["spec"] as object) } }); // of claims
      return this.put({ ...live, ...body, metadata: { ...live?.metadata, ...metadata } });
    });
  }

  async patch(
    resource: Resource,
    key: ObjectKey,
    operations: readonly { op: string; path: string; value?: unknown }[],
  ): Promise<ApiAnswer<KubernetesObject>> {
    const live = this.objects.get(idOf(resource.kind, key));
    return await this.#write("patch ", { kind: resource.kind, metadata: key }, () => {
      if (live === undefined) return failure("notFound");
      const finalizers = operations.at(-1)?.value as readonly string[]; // the operator patches nothing but finalizers
      const isEmpty = finalizers.length === 0 && live.metadata.deletionTimestamp !== undefined;
      const changed = this.put({ ...live, metadata: { ...live.metadata, finalizers } });
      if (isEmpty) this.remove(resource.kind, key);
      return changed;
    });
  }

  async delete(
    resource: Resource,
    key: ObjectKey,
    { uid, resourceVersion, propagation }: DeleteOptions,
  ): Promise<ApiAnswer<"deleted">> {
    const live = this.objects.get(idOf(resource.kind, key));
    const answer = await this.#write("delete ", { kind: resource.kind, metadata: key }, () => {
      if (live === undefined) return failure("notFound");
      if (uid !== undefined && uid !== live.metadata.uid) return failure("conflict");
      if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion)
        return failure("conflict");
      const deletionTimestamp = "2026-01-01T00:00:00Z";
      if (propagation === "Orphan")
        return this.put({ ...live, metadata: { ...live.metadata, deletionTimestamp, finalizers: ["orphan"] } });
      this.remove(resource.kind, key);
      return live;
    });
    return answer.ok ? { ok: true, value: "deleted" } : answer;
  }

  async create(): Promise<ApiAnswer<KubernetesObject>> {
    return await Promise.reject(new Error("the operator creates by apply"));
  }
  async servesGroup(): Promise<ApiAnswer<boolean>> {
    return await Promise.resolve({ ok: true, value: false });
  }
  async replace(): Promise<ApiAnswer<KubernetesObject>> {
    return await Promise.reject(new Error("the operator replaces nothing"));
  }
  /** For what is in no store: all of a kind. */
  async list({ kind }: Resource): Promise<ApiAnswer<ListPage>> {
    const items = [...this.objects.values()].filter((object) => object.kind === kind);
    return await Promise.resolve({ ok: true, value: { items, resourceVersion: String(this.#version) } });
  }
  async watch(): Promise<never> {
    return await Promise.reject(new Error("the stores are fed without watches here"));
  }

  async #write(
    verb: string,
    { kind, metadata }: { readonly kind: string; readonly metadata: ObjectKey },
    change: () => KubernetesObject | { ok: false; failure: ApiFailure },
  ): Promise<ApiAnswer<KubernetesObject>> {
    const refused = this.refuse?.(kind, metadata.name);
    if (refused !== undefined) return await Promise.resolve(failure(refused, "refused by the test"));
    const isLast = this.writes.length + 1 === this.crashAt?.write;
    if (isLast && this.crashAt?.phase === "before") throw new Crash();
    const result = change();
    if ("ok" in result && result.ok === false) return result as { ok: false; failure: ApiFailure }; // a failure is no object
    this.writes.push(`${verb}${kind}/${metadata.name}`);
    if (isLast) throw new Crash();
    return { ok: true, value: result as KubernetesObject }; // no failure, so the object
  }

  #tell(object: KubernetesObject): void {
    for (const { feed, kind, selector } of this.#feeds) {
      const [label = "", value] = selector?.split("=") ?? [];
      const isSelected = selector === undefined || object.metadata.labels?.[label] === value;
      if (kind === object.kind && isSelected) feed.put(object);
    }
  }
}

function idOf(kind: string, { namespace, name }: ObjectKey): string {
  return `${kind}/${namespace ?? ""}/${name}`;
}
