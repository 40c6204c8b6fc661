import { Agent } from "node:https";
import type { Clock } from "../runtime/clock.ts";
import type { Instruments } from "../runtime/instruments.ts";
import type {
  ApiAnswer,
  ApiFailure,
  KubernetesApi,
  KubernetesObject,
  ListQuery,
  Resource,
  WatchQuery,
} from "../runtime/kubernetes-api.ts";
import { apiFailure, noAnswer } from "./api-failure.ts";
import { apiPath } from "./api-path.ts";
import type { Connection } from "./connection.ts";
import { type Answered, exchange, openStream } from "./exchange.ts";
import { kubernetesObject, listPage } from "./kubernetes-object.ts";
import { createSender, type Call } from "./sender.ts";
import { watchStream } from "./watch-stream.ts";

export type RestClientOptions = {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly instruments: Instruments;
  readonly userAgent: string;
  /** For each call that is no list and no watch. The Lease's client has less patience than the others. */
  readonly deadlineMs?: number;
};

const defaultDeadlineMs = 15_000;
const listDeadlineMs = 60_000;
/** Passes wait on few requests at a time; more sockets would only move the queue into the API server. */
const mostSockets = 8;

const json = "application/json";
const metadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
const metadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

/**
 * The Kubernetes API over HTTP/1.1 with kept connections. Each client has sockets of its own: the Lease gets one client,
 * so that no slow list stands before a renewal. Watches have a socket each.
 */
export function createKubernetesApi(options: RestClientOptions): KubernetesApi {
  const calls = new Agent({ keepAlive: true, maxSockets: mostSockets });
  const watches = new Agent({ keepAlive: false });
  const sender = createSender(options);
  const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;

  async function call(
    asked: Omit<Call, "agent" | "deadlineMs"> & { readonly deadlineMs?: number },
  ): Promise<ApiAnswer<Answered>> {
    const answer = await sender({ deadlineMs, ...asked, agent: calls }, exchange);
    if (!answer.ok || answer.value.status < 300) return answer;
    const { status, body, headers } = answer.value;
    return { ok: false, failure: apiFailure(status, body, headers["retry-after"]) };
  }

  async function object(
    resource: Resource,
    asked: Omit<Call, "agent" | "deadlineMs">,
  ): Promise<ApiAnswer<KubernetesObject>> {
    const answer = await call(asked);
    return answer.ok ? parsed(answer.value.body, (value) => kubernetesObject(value, typeMeta(resource))) : answer;
  }

  return {
    get: async (resource, key, signal) =>
      await object(resource, { method: "GET", path: apiPath(resource, key), signal }),

    list: async (resource, query, signal) => {
      const accept = query.shape === "metadata" ? metadataList : json;
      const answer = await call({
        method: "GET",
        path: apiPath(resource, query, listParameters(query)),
        accept,
        deadlineMs: listDeadlineMs,
        acceptsGzip: true,
        signal,
      });
      return answer.ok ? parsed(answer.value.body, (value) => listPage(value, typeMeta(resource))) : answer;
    },

    watch: async (resource, query, signal) => {
      const accept = query.shape === "metadata" ? metadataOnly : json;
      const answer = await sender(
        {
          method: "GET",
          path: apiPath(resource, query, watchParameters(query)),
          accept,
          deadlineMs,
          agent: watches,
          signal,
        },
        openStream,
      );
      if (!answer.ok) return answer;
      const { status, headers, message } = answer.value;
      if (status < 300) return { ok: true, value: watchStream(message, options.clock, typeMeta(resource)) };
      message.destroy();
      return { ok: false, failure: apiFailure(status, "", headers["retry-after"]) };
    },

    create: async (resource, wanted, { fieldManager, signal }) =>
      await object(resource, {
        method: "POST",
        path: apiPath(resource, { namespace: wanted.metadata.namespace }, write(fieldManager)),
        body: wanted,
        contentType: json,
        signal,
      }),

    replace: async (resource, wanted, { fieldManager, signal }) =>
      await object(resource, {
        method: "PUT",
        path: apiPath(resource, wanted.metadata, write(fieldManager)),
        body: wanted,
        contentType: json,
        signal,
      }),

    apply: async (resource, wanted, { fieldManager, force, subresource, signal }) => {
      const { namespace, name } = wanted.metadata;
      const path = apiPath(
        resource,
        { namespace, name, subresource },
        { ...write(fieldManager), force: String(force) },
      );
      return await object(resource, {
        method: "PATCH",
        path,
        body: wanted,
        contentType: "application/apply-patch+yaml",
        signal,
      });
    },

    patch: async (resource, key, operations, { fieldManager, signal }) =>
      await object(resource, {
        method: "PATCH",
        path: apiPath(resource, key, write(fieldManager)),
        body: operations,
        contentType: "application/json-patch+json",
        signal,
      }),

    delete: async (resource, key, { uid, resourceVersion, propagation, signal }) => {
      const preconditions = {
        ...(uid !== undefined && { uid }),
        ...(resourceVersion !== undefined && { resourceVersion }),
      };
      const body = { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: propagation, preconditions };
      const answer = await call({ method: "DELETE", path: apiPath(resource, key), body, contentType: json, signal });
      return answer.ok ? { ok: true, value: "deleted" } : answer;
    },
  };
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

function typeMeta({ group, version, kind }: Resource): Pick<KubernetesObject, "apiVersion" | "kind"> {
  return { apiVersion: group === "" ? version : `${group}/${version}`, kind };
}

/** An answer that is not what the API promises (a proxy's page, a cut body) is as good as none. */
function parsed<T>(body: string, parse: (value: unknown) => T): ApiAnswer<T> {
  try {
    return { ok: true, value: parse(JSON.parse(body)) };
  } catch (error) {
    const failure: ApiFailure = noAnswer(
      "unreachable",
      `the answer is not what the Kubernetes API promises: ${error instanceof Error ? error.message : ""}`,
      true,
    );
    return { ok: false, failure };
  }
}
