import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { AdminConnection, ApiAnswer } from "./admin-connection.ts";
import type { ApiPaths } from "./api-paths.ts";
import { ClusterError } from "./cluster-error.ts";
import { type KindRef, type ObjectRef, refOf } from "./object-ref.ts";

type Scope = { readonly namespace?: string; readonly labelSelector?: string };

/** Single requests for objects, as the cluster's administrator. What is refused rejects with a ClusterError. */
export type ObjectRequests = {
  readonly get: (ref: ObjectRef) => Promise<KubernetesObject | undefined>;
  readonly list: (kind: KindRef, scope?: Scope) => Promise<readonly KubernetesObject[]>;
  /** Server-side apply with force, strict validation and the field manager "lab". */
  readonly apply: (object: KubernetesObject) => Promise<KubernetesObject>;
  readonly create: (object: KubernetesObject) => Promise<KubernetesObject>;
  /** JSON merge patch, also of the status. */
  readonly patch: (ref: ObjectRef, patch: unknown, subresource?: "status") => Promise<KubernetesObject>;
  /** In the background, and fine when it is gone already. */
  readonly delete: (ref: ObjectRef) => Promise<void>;
};

const applyQuery = "fieldManager=lab&force=true&fieldValidation=Strict";

export function objectRequests(connection: AdminConnection, paths: ApiPaths): ObjectRequests {
  const write = async (method: string, path: string, body: unknown, type?: string): Promise<KubernetesObject> => {
    const answer = await connection.send(method, path, body, type);
    if (answer.status >= 300) throw new ClusterError(`${method} ${path}`, answer);
    return answer.body as KubernetesObject; // a successful write answers the object
  };

  const read = async (path: string): Promise<ApiAnswer> => {
    const answer = await connection.send("GET", path);
    if (answer.status !== 200 && answer.status !== 404) throw new ClusterError(`GET ${path}`, answer);
    return answer;
  };

  return {
    get: async (ref) => {
      const { status, body } = await read(await paths.object(ref));
      return status === 404 ? undefined : (body as KubernetesObject); // a successful GET answers the object
    },
    list: async (kind, { namespace, labelSelector } = {}) => {
      const query = labelSelector === undefined ? "" : `?labelSelector=${encodeURIComponent(labelSelector)}`;
      const { body } = await read((await paths.collection(kind, namespace)) + query);
      const { items } = body as { items: KubernetesObject[] }; // a GET of a collection that is served answers a list
      return items.map((item) => ({ ...kind, ...item }));
    },
    apply: async (object) =>
      write("PATCH", `${await paths.object(refOf(object))}?${applyQuery}`, object, "application/apply-patch+yaml"),
    create: async (object) =>
      write("POST", await paths.collection(object, object.metadata.namespace ?? "default"), object),
    patch: async (ref, patch, subresource) => {
      const of = subresource === undefined ? "" : `/${subresource}`;
      return write("PATCH", (await paths.object(ref)) + of, patch, "application/merge-patch+json");
    },
    delete: async (ref) => {
      const path = await paths.object(ref);
      const answer = await connection.send("DELETE", path, { propagationPolicy: "Background" });
      if (answer.status >= 300 && answer.status !== 404) throw new ClusterError(`DELETE ${path}`, answer);
    },
  };
}
