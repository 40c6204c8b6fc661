import type { Clock } from '../src/runtime/clock.ts';

const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clock. */
export function systemClock(): Clock {
  return {
    wallMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    after: (delayMs, callback) => startTimer(delayMs, callback),
  };
}

function startTimer(delayMs: number, callback: () => void): () => void {
  const due = performance.now() + delayMs;
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const remainingMs = due - performance.now();
    timer = remainingMs > longestTimerMs ? setTimeout(arm, longestTimerMs) : setTimeout(callback, Math.max(0, remainingMs));
  };
  arm();
  return () => clearTimeout(timer);
}
