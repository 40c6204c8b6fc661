import { connect } from "node:net";
import type { Clock } from "../runtime/clock.ts";

const timeoutMs = 1000;

/** Whether something accepts TCP connections at an address; a doubt is a no. */
export function accepts(clock: Clock, at: { host: string; port: number }, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const socket = connect(at);
    const end = (isAccepted: boolean) => (): void => {
      cancelTimeout();
      signal.removeEventListener("abort", no);
      socket.destroy();
      resolve(isAccepted);
    };
    const no = end(false);
    const cancelTimeout = clock.after(timeoutMs, no);
    signal.addEventListener("abort", no, { once: true });
    socket.once("connect", end(true)).on("error", no);
  });
}
