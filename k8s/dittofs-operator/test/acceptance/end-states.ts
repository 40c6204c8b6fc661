import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { OperatedLab } from "./operated-lab.ts";
import { dittoServer } from "./sample-server.ts";

/** All that there is of one server, by kind and name, without what differs each time that it is made. */
export type EndState = Readonly<Record<string, unknown>>;

const kinds = [
  dittoServer,
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  ...["ConfigMap", "Secret", "Service", "PersistentVolumeClaim", "Pod"].map((kind) => ({ apiVersion: "v1", kind })),
];

export async function endStates(
  { cluster, node }: OperatedLab,
  names: readonly string[],
): Promise<ReadonlyMap<string, EndState>> {
  const { namespace } = dittoServer;
  const objects = (await Promise.all(kinds.map((kind) => cluster.list(kind, { namespace })))).flat();
  const stateOf = (name: string): EndState => {
    const own = objects.filter((object) => isOf(object, name)).map((object) => [keyOf(object, name), object] as const);
    const double = node.double(namespace, name);
    const dittofs = double && { DittoFS: servedBy(double.state.database) };
    return constant({ ...Object.fromEntries(own), ...dittofs }, name);
  };
  return new Map(names.map((name) => [name, stateOf(name)]));
}

function isOf({ kind, metadata }: KubernetesObject, name: string): boolean {
  return kind === dittoServer.kind ? metadata.name === name : metadata.labels?.["instance"] === name;
}

function keyOf({ kind, metadata }: KubernetesObject, name: string): string {
  return `${kind} ${metadata.name.replace(name, "NAME")}`;
}

type Tables = NonNullable<ReturnType<OperatedLab["node"]["double"]>>["state"]["database"];

function servedBy({ shares, metadataStores, blockStores, adapters }: Tables): unknown {
  return {
    shares: shares.map(({ name, enabled, readOnly, defaultPermission }) => ({
      name,
      enabled,
      readOnly,
      defaultPermission,
    })),
    stores: [...metadataStores, ...blockStores].map(({ name, type, config }) => ({ name, type, config })),
    adapters: adapters.map(({ type, enabled, port }) => ({ type, enabled, port })),
  };
}

const changing = new Set([
  "uid",
  "resourceVersion",
  "creationTimestamp",
  "managedFields",
  "lastTransitionTime",
  "startTime",
  "startedAt",
  "process",
  "clusterIP",
  "clusterIPs",
  "nodePort",
  "imageID",
]);

/** Names, addresses and digests become words, and of credentials only the length stays. */
function constant(state: object, name: string): EndState {
  const text = JSON.stringify(state, function (key, value: unknown) {
    if (changing.has(key)) return undefined;
    const parent = this as Partial<KubernetesObject>; // JSON.stringify's rule: the object that holds the key
    if (key === "data" && parent.kind === "Secret") return lengths(value);
    if (typeof value !== "string") return value;
    return value
      .replaceAll(name, "NAME")
      .replaceAll(/\b\d+\.\d+\.\d+\.\d+\b/g, "ADDRESS")
      .replaceAll(/\b[0-9a-f]{10,64}\b/g, "DIGEST");
  });
  return JSON.parse(text) as EndState; // what was just written
}

function lengths(data: unknown): unknown {
  return Object.fromEntries(Object.entries(data as object).map(([key, value]) => [key, String(value).length])); // of a Secret
}
