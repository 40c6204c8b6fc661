/** A Kubernetes object as it came over the wire: plain JSON, unknown fields kept, never a class and never a Date. */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly [field: string]: unknown;
};

export type ObjectMeta = {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
};

export type OwnerReference = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
};

export type ManagedFieldsEntry = {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly fieldsV1?: FieldsV1;
};

/** The set of fields one manager owns (`f:name`, `k:{...}`, `v:...`, `i:n`, `.`): structured-merge-diff's serialised field set. */
export type FieldsV1 = { readonly [element: string]: FieldsV1 };

/** One kind of object and where the API serves it. */
export type Resource = {
  /** "" is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly isNamespaced: boolean;
};

/** A name within a kind; `namespace` is absent for cluster-wide kinds. */
export type ObjectKey = { readonly namespace?: string; readonly name: string };

/** What the API server, or the way to it, can answer besides success. `code` is for decisions, `message` for people only. */
export type ApiFailure = {
  readonly code:
    | "notFound"
    | "alreadyExists"
    | "conflict"
    | "expired"
    | "invalid"
    | "badRequest"
    | "unauthorized"
    | "forbidden"
    | "namespaceTerminating"
    | "tooManyRequests"
    | "serverError"
    | "timeout"
    | "unreachable";
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** The server's own sentence, cut to 1,000 characters; or what went wrong on the way. */
  readonly message: string;
  /** Fields that the server names (`details.causes`), at most 20. */
  readonly causes: readonly { readonly field: string; readonly message: string }[];
  /** From the Retry-After header. */
  readonly retryAfterMs?: number;
  /** True when the request may have been carried out although no answer came. */
  readonly mayHaveHappened: boolean;
};

export type ApiAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ApiFailure };

export type ListQuery = {
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly limit?: number;
  readonly continueToken?: string;
  readonly resourceVersion?: string;
  /** "metadata" asks for PartialObjectMetadata: no contents ever leave the API server. */
  readonly shape: "full" | "metadata";
};

export type ListPage = {
  readonly items: readonly KubernetesObject[];
  readonly resourceVersion: string;
  readonly continueToken?: string;
};

export type WatchQuery = {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly resourceVersion: string;
  readonly timeoutSeconds: number;
  readonly shape: "full" | "metadata";
};

/** A watch as the server speaks: `failure` is an ERROR event within the stream, `end` a stream that ended or broke. */
export type WatchEvent =
  | { readonly type: "added" | "modified" | "deleted"; readonly object: KubernetesObject }
  | { readonly type: "bookmark"; readonly resourceVersion: string }
  | { readonly type: "failure"; readonly failure: ApiFailure };

export type WatchStream = {
  /** Ends when the server ends the stream; throws nothing, a broken stream ends with a `failure` event of code `unreachable`. */
  readonly events: AsyncIterable<WatchEvent>;
  /** `monotonicMs` of the last byte received; for the watchdog. */
  lastByteMs(): number;
  close(): void;
};

export type WriteOptions = { readonly fieldManager: string; readonly signal?: AbortSignal };
export type ApplyOptions = WriteOptions & {
  readonly force: boolean;
  readonly subresource?: "status";
};

export type DeleteOptions = {
  /** Both are sent when given; a mismatch answers `conflict`. */
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly propagation: "Background" | "Foreground" | "Orphan";
  readonly signal?: AbortSignal;
};

/**
 * The Kubernetes API as this runtime needs it. Every call is bounded in time, follows its signal and answers a value;
 * it throws only what is a defect in this program.
 */
export interface KubernetesApi {
  get(resource: Resource, key: ObjectKey, signal?: AbortSignal): Promise<ApiAnswer<KubernetesObject>>;
  list(resource: Resource, query: ListQuery, signal?: AbortSignal): Promise<ApiAnswer<ListPage>>;
  watch(resource: Resource, query: WatchQuery, signal?: AbortSignal): Promise<ApiAnswer<WatchStream>>;
  create(resource: Resource, object: KubernetesObject, options: WriteOptions): Promise<ApiAnswer<KubernetesObject>>;
  /** PUT with the object's resourceVersion. */
  replace(resource: Resource, object: KubernetesObject, options: WriteOptions): Promise<ApiAnswer<KubernetesObject>>;
  /** Server-side apply (KEP-555) with strict field validation. */
  apply(resource: Resource, object: KubernetesObject, options: ApplyOptions): Promise<ApiAnswer<KubernetesObject>>;
  /** JSON patch (RFC 6902); a failed `test` operation answers `invalid`. */
  patch(
    resource: Resource,
    key: ObjectKey,
    operations: readonly JsonPatchOperation[],
    options: WriteOptions & { readonly subresource?: "status" },
  ): Promise<ApiAnswer<KubernetesObject>>;
  /** Whether the API server has any resource of that group. */
  servesGroup(group: string, signal?: AbortSignal): Promise<ApiAnswer<boolean>>;
  delete(resource: Resource, key: ObjectKey, options: DeleteOptions): Promise<ApiAnswer<"deleted">>;
}

export type JsonPatchOperation =
  | { readonly op: "test" | "add" | "replace"; readonly path: string; readonly value: unknown }
  | { readonly op: "remove"; readonly path: string };
