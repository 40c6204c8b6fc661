import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { AdminConnection } from "./admin-connection.ts";
import type { ApiPaths } from "./api-paths.ts";
import { objectEvents } from "./object-events.ts";
import { type ObjectRef, refText } from "./object-ref.ts";

type Target = { readonly connection: AdminConnection; readonly paths: ApiPaths; readonly ref: ObjectRef };
type Check = {
  /** What is waited for, for the message when it does not come. */
  readonly what: string;
  /** Asked for each state of the object; `undefined`: it does not exist. */
  readonly holds: (object: KubernetesObject | undefined) => boolean;
  readonly timeoutMs: number;
};

/** Watches one object until the check holds, and answers its state then. Rejects after the time with the last state in the message. */
export async function stateOf({ connection, paths, ref }: Target, check: Check): Promise<KubernetesObject | undefined> {
  const { what, holds, timeoutMs } = check;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMs);
  let object: KubernetesObject | undefined;
  try {
    const path = await paths.collection(ref, ref.namespace ?? "default");
    const query = `fieldSelector=metadata.name%3D${ref.name}`;
    for await (const event of objectEvents(connection, { path, query, kind: {} }, stop.signal)) {
      if (event.type === "synced" && object !== undefined) continue;
      object = event.type === "present" ? event.object : undefined;
      if (holds(object)) return object;
    }
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  throw new Error(`${refText(ref)}: not ${what} after ${timeoutMs} ms; it is ${stateText(object)}`);
}

function stateText(object: KubernetesObject | undefined): string {
  if (object === undefined) return "not there";
  const { resourceVersion, generation, deletionTimestamp, finalizers } = object.metadata;
  const metadata = { resourceVersion, generation, deletionTimestamp, finalizers };
  return JSON.stringify({ metadata, status: object["status"] }).slice(0, 4000);
}
