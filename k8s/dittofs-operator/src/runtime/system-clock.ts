import { uptime } from "node:os";
import type { Clock } from "./clock.ts";

/** Above this many milliseconds `setTimeout` does not wait at all: it fires after 1 ms and prints a TimeoutOverflowWarning. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

type SetTimer = (delayMs: number, callback: () => void) => () => void;

/** The machine's own time. Together with the process's timers this is the only real clock in the program. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
  after: (delayMs, callback) => afterInSteps(nodeTimer, { delayMs, callback }),
};

/** One wait of any length out of timers that are each at most `LONGEST_TIMER_MS`. The answer cancels it. */
export function afterInSteps(
  setTimer: SetTimer,
  wait: { readonly delayMs: number; readonly callback: () => void },
): () => void {
  let cancelStep: (() => void) | undefined;
  const startStep = (remainingMs: number): void => {
    const stepMs = Math.min(remainingMs, LONGEST_TIMER_MS);
    cancelStep = setTimer(stepMs, () => (remainingMs > stepMs ? startStep(remainingMs - stepMs) : wait.callback()));
  };
  startStep(Math.max(0, wait.delayMs));
  return () => cancelStep?.();
}

function nodeTimer(delayMs: number, callback: () => void): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
