import { setTimeout as wait } from "node:timers/promises";
import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import type { AdminConnection } from "./admin-connection.ts";

/** What is known of a collection, as it changes: `synced` after everything that was there at first (and again after a break). */
export type ObjectEvent =
  | { readonly type: "present" | "gone"; readonly object: KubernetesObject }
  | { readonly type: "synced" };

type WatchLine = { readonly type: string; readonly object: KubernetesObject };
type List = { readonly metadata: { readonly resourceVersion: string }; readonly items: readonly KubernetesObject[] };

const reconnectMs = 100;

/**
 * Lists, watches, and lists again when the watch ends or the API server is away, until the signal aborts. What disappeared meanwhile
 * is told as gone. Objects of lists get the `apiVersion` and `kind` that lists leave out.
 */
export async function* objectEvents(
  connection: AdminConnection,
  { path, query, kind }: { readonly path: string; readonly query: string; readonly kind: object },
  signal: AbortSignal,
): AsyncGenerator<ObjectEvent> {
  const known = new Map<string, KubernetesObject>();
  while (!signal.aborted) {
    try {
      const { status, body } = await connection.send("GET", `${path}?${query}`);
      if (status !== 200) throw new Error(`GET ${path}: ${status}`);
      const { metadata, items } = body as List; // the API server answers a list here
      yield* listed(
        known,
        items.map((item) => ({ ...kind, ...item })),
      );
      const from = `${path}?${query}&watch=true&resourceVersion=${metadata.resourceVersion}`;
      for await (const line of connection.lines(from, signal)) {
        const { type, object } = line as WatchLine; // the API server answers watch events here
        if (type === "ERROR") break;
        if (type === "DELETED") known.delete(object.metadata.uid ?? "");
        else known.set(object.metadata.uid ?? "", object);
        yield { type: type === "DELETED" ? "gone" : "present", object };
      }
    } catch {
      // The API server is away or the stream broke: it is asked again until the signal aborts.
    }
    if (!signal.aborted) await wait(reconnectMs, undefined, { signal }).catch(() => undefined);
  }
}

function* listed(known: Map<string, KubernetesObject>, items: readonly KubernetesObject[]): Generator<ObjectEvent> {
  const uids = new Set(items.map(({ metadata }) => metadata.uid));
  for (const [uid, object] of known) {
    if (uids.has(uid)) continue;
    known.delete(uid);
    yield { type: "gone", object };
  }
  for (const object of items) {
    known.set(object.metadata.uid ?? "", object);
    yield { type: "present", object };
  }
  yield { type: "synced" };
}
