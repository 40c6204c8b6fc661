import type { KubernetesObject } from "../../src/runtime/kubernetes-api.ts";
import { condition } from "../../test/cluster/condition.ts";
import { type Conditions, conditionTurns } from "./condition-turns.ts";
import { DemoFailure } from "./demo-failure.ts";
import { serverName, serverRef, serverStatus } from "./demo-server.ts";
import type { Stage } from "./stage.ts";
import type { Story } from "./story.ts";

/** From when on, and for which generation of the spec, the server shall be Ready. */
export type Awaited = { readonly sinceMs: number; readonly generation: number; readonly before?: Conditions };

/** Tells every condition as it turns until the server is Ready for that generation; throws when the time is over. */
export async function followServer(stage: Stage, story: Story, awaited: Awaited): Promise<KubernetesObject> {
  const { cluster, namespace, readyTimeoutMs } = stage;
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), readyTimeoutMs);
  let conditions: Conditions = awaited.before ?? [];
  try {
    for await (const event of cluster.events(serverRef(stage), end.signal)) {
      if (event.type !== "present" || event.object.metadata.name !== serverName) continue;
      if (event.object.metadata.namespace !== namespace) continue;
      const seen = serverStatus(event.object).conditions ?? [];
      for (const turn of conditionTurns(conditions, seen)) story.turned(performance.now() - awaited.sinceMs, turn);
      conditions = seen;
      if (isReadyFor(event.object, awaited.generation)) return event.object;
    }
  } finally {
    clearTimeout(timer);
    end.abort();
  }
  const ready = conditions.find(({ type }) => type === "Ready");
  const why = ready === undefined ? "the operator has said nothing" : `${ready.reason}: ${ready.message}`;
  throw new DemoFailure(`${serverName} is not Ready after ${readyTimeoutMs / 1000} s: ${why}`);
}

function isReadyFor(server: KubernetesObject, generation: number): boolean {
  const ready = condition(server, "Ready");
  return ready?.status === "True" && (ready.observedGeneration ?? 0) >= generation;
}
