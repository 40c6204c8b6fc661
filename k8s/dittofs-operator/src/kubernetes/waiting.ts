import type { Clock } from "../runtime/clock.ts";

/** Resolves after a time, or sooner when the signal is aborted; leaves no timer and no listener behind. */
export async function waiting(clock: Clock, durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (durationMs <= 0 || signal?.aborted === true) return;
  await new Promise<void>((resolve) => {
    const stop = (): void => {
      cancel();
      resolve();
    };
    const cancel = clock.after(durationMs, () => {
      signal?.removeEventListener("abort", stop);
      resolve();
    });
    signal?.addEventListener("abort", stop, { once: true });
  });
}
