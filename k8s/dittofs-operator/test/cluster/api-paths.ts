import { setTimeout as wait } from "node:timers/promises";
import type { AdminConnection } from "./admin-connection.ts";
import { hangMs } from "./hang.ts";
import type { KindRef, ObjectRef } from "./object-ref.ts";

/** Where the API serves a kind, as its discovery says it; kinds that are installed later are found too. */
export type ApiPaths = {
  collection(kind: KindRef, namespace?: string): Promise<string>;
  object(ref: ObjectRef): Promise<string>;
  /**
   * Waits until a new kind can be used. After it is established it is not found for a moment, then answers 429 while its storage is
   * made, and is named by discovery at last.
   */
  untilServed(groupPath: string, plural: string): Promise<void>;
};

const retryMs = 20;

type Served = { readonly name: string; readonly kind: string; readonly namespaced: boolean };

export function apiPaths(connection: AdminConnection): ApiPaths {
  const groups = new Map<string, readonly Served[]>();

  const discovered = async (path: string): Promise<readonly Served[]> => {
    const { status, body } = await connection.send("GET", path);
    return status === 200 ? (body as { resources: Served[] }).resources : []; // an APIResourceList
  };

  const served = async ({ apiVersion, kind }: KindRef): Promise<Served> => {
    const find = (): Served | undefined =>
      groups.get(apiVersion)?.find((each) => each.kind === kind && !each.name.includes("/"));
    if (find() === undefined) groups.set(apiVersion, await discovered(groupPath(apiVersion)));
    const resource = find();
    if (resource === undefined) throw new Error(`the API server does not serve ${apiVersion} ${kind}`);
    return resource;
  };

  const untilServed = async (path: string, plural: string): Promise<void> => {
    const deadlineMs = Date.now() + hangMs;
    const isServed = async (): Promise<boolean> =>
      (await connection.send("GET", `${path}/${plural}?limit=1`)).status === 200 &&
      (await discovered(path)).some(({ name }) => name === plural);
    while (!(await isServed())) {
      if (Date.now() > deadlineMs) throw new Error(`${path}/${plural} is not served after ${hangMs} ms`);
      await wait(retryMs);
    }
  };

  const collection = async (kind: KindRef, namespace?: string): Promise<string> => {
    const { name, namespaced } = await served(kind);
    const scope = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : "";
    return `${groupPath(kind.apiVersion)}${scope}/${name}`;
  };

  const object = async (ref: ObjectRef): Promise<string> =>
    `${await collection(ref, ref.namespace ?? "default")}/${ref.name}`;
  return { collection, object, untilServed };
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
