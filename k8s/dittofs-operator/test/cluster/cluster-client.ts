import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { AdminConnection } from "./admin-connection.ts";
import { apiPaths } from "./api-paths.ts";
import { condition } from "./condition.ts";
import { hangMs } from "./hang.ts";
import { type ObjectEvent, objectEvents } from "./object-events.ts";
import { type KindRef, type ObjectRef, refOf } from "./object-ref.ts";
import { type ObjectRequests, objectRequests } from "./object-requests.ts";
import { stateOf } from "./state-of.ts";

/** What is waited for, in words for the message when it does not come, and how to see it. */
export type StateCheck = {
  readonly what: string;
  readonly holds: (object: KubernetesObject) => boolean;
  readonly timeoutMs?: number;
};

/** What tests and the demo do to the cluster, as its administrator. */
export type ClusterClient = ObjectRequests & {
  readonly connection: AdminConnection;
  /** Applies every document in its order, each kind once it is served; `namespace` is for objects that name none. */
  readonly applyYaml: (yaml: string, namespace?: string) => Promise<readonly KubernetesObject[]>;
  /** Watches the object until it exists and `holds`; rejects after the time (`hangMs`) and says how it was last. */
  readonly until: (ref: ObjectRef, check: StateCheck) => Promise<KubernetesObject>;
  readonly untilGone: (ref: ObjectRef) => Promise<void>;
  /** Everything of a kind as it changes, until the signal aborts. */
  readonly events: (kind: KindRef, signal: AbortSignal) => AsyncGenerator<ObjectEvent>;
};

type DefinedKind = {
  readonly group: string;
  readonly versions: readonly { readonly name: string }[];
  readonly names: { readonly plural: string };
};

export function clusterClient(connection: AdminConnection): ClusterClient {
  const paths = apiPaths(connection);
  const requests = objectRequests(connection, paths);

  const until: ClusterClient["until"] = async (ref, { what, holds, timeoutMs = hangMs }) => {
    const isAsWanted = (object?: KubernetesObject): boolean => object !== undefined && holds(object);
    const object = await stateOf({ connection, paths, ref }, { what, holds: isAsWanted, timeoutMs });
    return object as KubernetesObject; // undefined is not as wanted
  };

  const untilServed = async (definition: KubernetesObject): Promise<void> => {
    await until(refOf(definition), isEstablished);
    const { group, versions, names } = definition["spec"] as DefinedKind; // the API server has taken it
    await paths.untilServed(`/apis/${group}/${versions[0]?.name}`, names.plural);
  };

  const applyYaml: ClusterClient["applyYaml"] = async (yaml, namespace) => {
    const applied: KubernetesObject[] = [];
    for (const document of parseAllDocuments(yaml)) {
      if (document.errors[0] !== undefined) throw document.errors[0];
      const object = document.toJS() as KubernetesObject | null; // the API server checks it; an empty document is null
      if (object === null) continue;
      const metadata = { ...(namespace !== undefined && { namespace }), ...object.metadata };
      applied.push(await requests.apply({ ...object, metadata }));
      if (object.kind === "CustomResourceDefinition") await untilServed(object);
    }
    return applied;
  };

  return {
    ...requests,
    connection,
    applyYaml,
    until,
    untilGone: async (ref) => {
      const holds = (object?: KubernetesObject): boolean => object === undefined;
      await stateOf({ connection, paths, ref }, { what: "gone", holds, timeoutMs: hangMs });
    },
    events: async function* (kind, signal) {
      yield* objectEvents(connection, { path: await paths.collection(kind), query: "", kind }, signal);
    },
  };
}

const isEstablished: StateCheck = {
  what: "established",
  holds: (object) => condition(object, "Established")?.status === "True",
};
