import type { DittoServer } from "../api/ditto-server.ts";
import type { KubernetesObject, ObjectKey } from "../runtime/kubernetes-api.ts";

/** Names one DittoServer in queues, indexes and logs: `namespace/name`. */
export type ServerKey = string;

export function serverKeyOf(server: KubernetesObject): ServerKey {
  return `${server.metadata.namespace ?? ""}/${server.metadata.name}`;
}

export function serverKey({ metadata: { namespace, name } }: DittoServer): ServerKey {
  return `${namespace}/${name}`;
}

/** The server that a child belongs to by its labels; none when somebody removed them. */
export function serverKeysOfChild(child: KubernetesObject): readonly ServerKey[] {
  // A claim has the second from its StatefulSet's selector, whoever wrote the template.
  const name = child.metadata.labels?.["app.kubernetes.io/instance"] ?? child.metadata.labels?.["instance"];
  return name === undefined ? [] : [`${child.metadata.namespace ?? ""}/${name}`];
}

export function objectKeyOf(key: ServerKey): Required<ObjectKey> {
  const slash = key.indexOf("/");
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
