import type { Clock } from "./clock.ts";

/** One moment on both clocks of a machine. */
export type Instant = { readonly monotonicMs: number; readonly wallMs: number };

export function instantOf(clock: Clock): Instant {
  return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() };
}

/**
 * The longest time that may have passed. The monotonic clock stands still while a virtual machine is suspended, and the
 * date may be set back; each alone would make a long pause look short.
 */
export function longestElapsedMs(from: Instant, to: Instant): number {
  return Math.max(to.monotonicMs - from.monotonicMs, to.wallMs - from.wallMs);
}
