import { Agent } from "node:https";
import type { Clock } from "../runtime/clock.ts";
import type {
  ApiAnswer,
  ApplyOptions,
  DeleteOptions,
  JsonPatchOperation,
  KubernetesApi,
  KubernetesObject,
  ListPage,
  ListQuery,
  ObjectKey,
  Resource,
  WatchQuery,
  WatchStream,
  WriteOptions,
} from "../runtime/kubernetes-api.ts";
import { apiFailure, noAnswer, withoutQuotedValues } from "./api-failure.ts";
import { apiPath } from "./api-path.ts";
import { type Answered, exchange, openStream } from "./exchange.ts";
import { kubernetesObject, listPage, typeMetaOf } from "./kubernetes-object.ts";
import { parsedBody } from "./parsed-body.ts";
import type { RestClientOptions } from "./rest-client-options.ts";
import { type Call, Sender } from "./sender.ts";
import { watchStream } from "./watch-stream.ts";

const DEADLINE_MS = 15_000;
const LIST_DEADLINE_MS = 60_000;
/** Until the headers of a watch are there: a server under load lets it wait. */
const WATCH_DEADLINE_MS = 30_000;
/** Passes wait on few requests at a time; more sockets would only move the queue into the API server. */
const MOST_SOCKETS = 8;
/** etcd takes objects of 1.5 MB. */
const MOST_OBJECT_BYTES = 8 * 1024 * 1024;
const MOST_LIST_BYTES = 128 * 1024 * 1024;

const json = "application/json";
const jsonPatch = "application/json-patch+json";
/** JSON is YAML; this is the type's name since before JSON had one of its own. */
const applyPatch = "application/apply-patch+yaml";
const metadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
const metadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

type Asked = Pick<Call, "method" | "path" | "signal"> & Partial<Call>;

/**
 * The Kubernetes API over HTTP/1.1 with kept connections. Each client has sockets of its own: the Lease gets one client,
 * so that no slow list stands before a renewal. Watches have a socket each.
 */
export function createKubernetesApi(options: RestClientOptions): KubernetesApi {
  return new RestClient(options);
}

class RestClient implements KubernetesApi {
  readonly #calls = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  readonly #watches = new Agent({ keepAlive: false });
  readonly #sender: Sender;
  readonly #clock: Clock;
  readonly #deadlineMs: number;

  constructor(options: RestClientOptions) {
    this.#sender = new Sender(options);
    this.#clock = options.clock;
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  }

  async get(resource: Resource, key: ObjectKey, signal?: AbortSignal): Promise<ApiAnswer<KubernetesObject>> {
    return await this.#object(resource, { method: "GET", path: apiPath(resource, key), signal });
  }

  async list(resource: Resource, query: ListQuery, signal?: AbortSignal): Promise<ApiAnswer<ListPage>> {
    const answer = await this.#call(resource, {
      method: "GET",
      path: apiPath(resource, query, listParameters(query)),
      accept: query.shape === "metadata" ? metadataList : json,
      acceptsGzip: true,
      deadlineMs: LIST_DEADLINE_MS,
      mostBytes: MOST_LIST_BYTES,
      signal,
    });
    return answer.ok ? parsedBody(answer.value.body, (value) => listPage(value, typeMetaOf(resource))) : answer;
  }

  async watch(resource: Resource, query: WatchQuery, signal?: AbortSignal): Promise<ApiAnswer<WatchStream>> {
    const answer = await this.#call(resource, {
      method: "GET",
      path: apiPath(resource, query, watchParameters(query)),
      accept: query.shape === "metadata" ? metadataOnly : json,
      deadlineMs: WATCH_DEADLINE_MS,
      agent: this.#watches,
      signal,
    });
    if (!answer.ok) return answer;
    const { stream } = answer.value;
    if (stream === undefined) {
      return { ok: false, failure: noAnswer("unreachable", "the answer to a watch is no stream", false) };
    }
    return { ok: true, value: watchStream(stream, this.#clock, typeMetaOf(resource)) };
  }

  async create(
    resource: Resource,
    object: KubernetesObject,
    { fieldManager, signal }: WriteOptions,
  ): Promise<ApiAnswer<KubernetesObject>> {
    const path = apiPath(resource, { namespace: object.metadata.namespace }, write(fieldManager));
    return await this.#object(resource, { method: "POST", path, body: object, contentType: json, signal });
  }

  async replace(
    resource: Resource,
    object: KubernetesObject,
    { fieldManager, signal }: WriteOptions,
  ): Promise<ApiAnswer<KubernetesObject>> {
    const path = apiPath(resource, object.metadata, write(fieldManager));
    return await this.#object(resource, { method: "PUT", path, body: object, contentType: json, signal });
  }

  async apply(
    resource: Resource,
    object: KubernetesObject,
    { fieldManager, force, subresource, signal }: ApplyOptions,
  ): Promise<ApiAnswer<KubernetesObject>> {
    const { namespace, name } = object.metadata;
    const query = { ...write(fieldManager), force: String(force) };
    const path = apiPath(resource, { namespace, name, subresource }, query);
    return await this.#object(resource, { method: "PATCH", path, body: object, contentType: applyPatch, signal });
  }

  async patch(
    resource: Resource,
    key: ObjectKey,
    operations: readonly JsonPatchOperation[],
    { fieldManager, subresource, signal }: WriteOptions & { readonly subresource?: "status" },
  ): Promise<ApiAnswer<KubernetesObject>> {
    const path = apiPath(resource, { ...key, subresource }, write(fieldManager));
    return await this.#object(resource, { method: "PATCH", path, body: operations, contentType: jsonPatch, signal });
  }

  async delete(
    resource: Resource,
    key: ObjectKey,
    { uid, resourceVersion, propagation, signal }: DeleteOptions,
  ): Promise<ApiAnswer<"deleted">> {
    const preconditions = {
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
    };
    const body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: propagation, preconditions };
    const answer = await this.#call(resource, { method: "DELETE", path: apiPath(resource, key), body, signal });
    return answer.ok ? { ok: true, value: "deleted" } : answer;
  }

  async servesGroup(group: string, signal?: AbortSignal): Promise<ApiAnswer<boolean>> {
    const answer = await this.#call(undefined, { method: "GET", path: `/apis/${encodeURIComponent(group)}`, signal });
    if (answer.ok) return { ok: true, value: true };
    return answer.failure.code === "notFound" ? { ok: true, value: false } : answer;
  }

  async #object(resource: Resource, asked: Asked): Promise<ApiAnswer<KubernetesObject>> {
    const answer = await this.#call(resource, asked);
    if (!answer.ok) return answer;
    return parsedBody(answer.value.body, (value) => kubernetesObject(value, typeMetaOf(resource)));
  }

  async #call(resource: Resource | undefined, asked: Asked): Promise<ApiAnswer<Answered>> {
    const call = { deadlineMs: this.#deadlineMs, mostBytes: MOST_OBJECT_BYTES, agent: this.#calls, ...asked };
    const answer = await this.#sender.send(call, call.agent === this.#watches ? openStream : exchange);
    if (!answer.ok && answer.failure.code === "timeout" && asked.signal?.aborted !== true) this.#closeIdle();
    if (!answer.ok || answer.value.status < 300) return answer;
    const { status, body, headers } = answer.value;
    const failure = apiFailure(status, body, headers["retry-after"]);
    const isSecret = resource?.group === "" && resource.plural === "secrets";
    return { ok: false, failure: isSecret ? withoutQuotedValues(failure) : failure };
  }

  /** Where one connection has gone deaf (the peer is gone and did not say so) the idle ones have too. */
  #closeIdle(): void {
    for (const sockets of Object.values(this.#calls.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }
}

/** Strict: a field that the API server does not know is our mistake, not something to drop silently. */
function write(fieldManager: string) {
  return { fieldManager, fieldValidation: "Strict" };
}

function listParameters({ labelSelector, fieldSelector, limit, continueToken, resourceVersion }: ListQuery) {
  return {
    labelSelector,
    fieldSelector,
    limit: limit === undefined ? undefined : String(limit),
    continue: continueToken,
    resourceVersion,
  };
}

function watchParameters({ labelSelector, fieldSelector, resourceVersion, timeoutSeconds }: WatchQuery) {
  return {
    labelSelector,
    fieldSelector,
    resourceVersion,
    watch: "true",
    allowWatchBookmarks: "true",
    timeoutSeconds: String(timeoutSeconds),
  };
}
