import { setTimeout as wait } from "node:timers/promises";
import { systemNetwork } from "../../double/runtime/network.ts";
import { hangMs } from "../cluster/hang.ts";

const attemptMs = 1000;
const retryMs = 20;

/**
 * Waits until a TCP connection can be made and answers how long that took. The operator and the API server know of a pod that is ready a moment
 * before kube-proxy sends clients there.
 */
export async function untilReached({ host, port }: { readonly host: string; readonly port: number }): Promise<number> {
  const startMs = performance.now();
  while (!(await systemNetwork().dial(host, port, attemptMs))) {
    if (performance.now() - startMs > hangMs) throw new Error(`${host}:${port} is not reached`);
    await wait(retryMs);
  }
  return Math.round(performance.now() - startMs);
}
