import type { Platform } from "../domain/world.ts";
import type { Clock } from "../runtime/clock.ts";
import type { KubernetesApi } from "../runtime/kubernetes-api.ts";
import type { Log } from "../runtime/log.ts";
import { wait } from "./provision/wait.ts";

type Inputs = {
  readonly api: Pick<KubernetesApi, "servesGroup">;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
};

const pauseMs = 2_000;

/** What kind of cluster this is; asked once, because it does not change under a process. Waits until that is known. */
export async function readPlatform({ api, clock, log, signal }: Inputs): Promise<Platform> {
  for (;;) {
    const answer = await api.servesGroup("security.openshift.io", signal);
    if (answer.ok) return answer.value ? "openshift" : "kubernetes";
    // Every account may look, unless somebody has taken that away.
    if (answer.failure.code === "forbidden" || signal.aborted) return "kubernetes";
    log.error("cannot find out what kind of cluster this is, trying on", { reason: answer.failure.message });
    await wait(clock, pauseMs, signal);
  }
}
