import type { Clock } from "./clock.ts";

/** One moment on every clock of a machine. */
export type Instant = { readonly monotonicMs: number; readonly uptimeMs: number; readonly wallMs: number };

export function instantOf(clock: Clock): Instant {
  return { monotonicMs: clock.monotonicMs(), uptimeMs: clock.uptimeMs(), wallMs: clock.wallMs() };
}

/**
 * The longest time that may have passed, because each clock alone would make some long pause look short: the monotonic one stands still
 * while the machine sleeps, the uptime with it while a hypervisor holds the machine, and the date may be set back. A machine that is held
 * and wakes with a date set back cannot know it.
 */
export function longestElapsedMs(from: Instant, to: Instant): number {
  return Math.max(to.monotonicMs - from.monotonicMs, to.uptimeMs - from.uptimeMs, to.wallMs - from.wallMs);
}
