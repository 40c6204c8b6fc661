import type { AdminConnection } from "./admin-connection.ts";
import type { KindRef, ObjectRef } from "./object-ref.ts";

/** Where the API serves a kind, as its discovery says it; kinds that are installed later are found too. */
export type ApiPaths = {
  collection(kind: KindRef, namespace?: string): Promise<string>;
  object(ref: ObjectRef): Promise<string>;
};

type Served = { readonly name: string; readonly kind: string; readonly namespaced: boolean };

export function apiPaths(connection: AdminConnection): ApiPaths {
  const groups = new Map<string, readonly Served[]>();

  const served = async ({ apiVersion, kind }: KindRef): Promise<Served> => {
    const find = (): Served | undefined =>
      groups.get(apiVersion)?.find((each) => each.kind === kind && !each.name.includes("/"));
    if (find() === undefined) {
      const { status, body } = await connection.send("GET", groupPath(apiVersion));
      if (status === 200) groups.set(apiVersion, (body as { resources: Served[] }).resources); // an APIResourceList
    }
    const resource = find();
    if (resource === undefined) throw new Error(`the API server does not serve ${apiVersion} ${kind}`);
    return resource;
  };

  const collection = async (kind: KindRef, namespace?: string): Promise<string> => {
    const { name, namespaced } = await served(kind);
    const scope = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    return `${groupPath(kind.apiVersion)}${scope}/${name}`;
  };

  const object = async (ref: ObjectRef): Promise<string> =>
    `${await collection(ref, ref.namespace ?? "default")}/${ref.name}`;
  return { collection, object };
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
