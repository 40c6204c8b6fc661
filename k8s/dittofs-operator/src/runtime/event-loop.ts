import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";

const TICK_MS = 500;
/** Renewals of a Lease and probes suffer from here on. */
const WORTH_TELLING_MS = 1_000;
/** A process that stands still for so long serves nobody; starting it again is better. */
const DEAD_AFTER_MS = 10_000;
/** How far back `longestLagMs` looks. */
const WINDOW_TICKS = 120;

/** How late timers fire: what one thread was busy with, or a process that was stopped. */
export type EventLoop = {
  /** How late the last tick was, or the next one is already. */
  lagMs(): number;
  /** The longest lag of the last minute. */
  longestLagMs(): number;
  stop(): void;
};

/** Watches the event loop by a timer twice a second, and tells stalls in the log: they explain most lost leaderships. */
export function watchEventLoop(clock: Clock, log: Log): EventLoop {
  const lagsMs: number[] = [];
  let dueMs = 0;
  let cancel = (): void => {};
  const overdueMs = (): number => Math.max(0, clock.monotonicMs() - dueMs);
  const startTick = (): void => {
    dueMs = clock.monotonicMs() + TICK_MS;
    cancel = clock.after(TICK_MS, () => {
      const lagMs = overdueMs();
      lagsMs.push(lagMs);
      if (lagsMs.length > WINDOW_TICKS) lagsMs.shift();
      if (lagMs > WORTH_TELLING_MS) log.warn("the process stood still", { lagMs: Math.round(lagMs) });
      startTick();
    });
  };
  startTick();
  return {
    lagMs: () => Math.max(overdueMs(), lagsMs.at(-1) ?? 0),
    longestLagMs: () => Math.max(overdueMs(), ...lagsMs),
    stop: () => cancel(),
  };
}

/** What a liveness probe should hear of the event loop; empty when it turns. */
export function loopDefects(loop: Pick<EventLoop, "lagMs">): readonly string[] {
  const lagMs = loop.lagMs();
  return lagMs > DEAD_AFTER_MS ? [`the process stood still for ${Math.round(lagMs / 1_000)} s`] : [];
}
