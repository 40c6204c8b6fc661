import type { Clock } from "../clock.ts";
import type { ManualClock } from "../manual-clock.ts";

/** A process that can be stopped (time goes on without it) or suspended with its machine (its monotonic clock stands still). */
export class SimulatedProcess implements Clock {
  readonly #world: ManualClock;
  readonly #overdue: (() => void)[] = [];
  #pausedSinceMs: number | undefined;
  #isSuspended = false;
  #suspendedMs = 0;
  #wallSkewMs = 0;
  isDead = false;

  constructor(world: ManualClock) {
    this.#world = world;
  }

  get isRunning(): boolean {
    return this.#pausedSinceMs === undefined && !this.isDead;
  }

  wallMs(): number {
    return this.#world.wallMs() + this.#wallSkewMs;
  }

  monotonicMs(): number {
    return this.#world.monotonicMs() - this.#suspendedMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const dueMs = this.monotonicMs() + Math.max(0, delayMs);
    let isCancelled = false;
    const fire = (): void => {
      if (isCancelled || this.isDead) return;
      if (this.#pausedSinceMs !== undefined) this.#overdue.push(fire);
      else if (this.monotonicMs() < dueMs) this.#world.after(dueMs - this.monotonicMs(), fire);
      else callback();
    };
    const cancel = this.#world.after(delayMs, fire);
    return () => {
      isCancelled = true;
      cancel();
    };
  }

  /** SIGSTOP. */
  stop(): void {
    this.#pausedSinceMs ??= this.#world.monotonicMs();
  }

  /** The machine sleeps. */
  suspend(): void {
    if (this.#pausedSinceMs === undefined) this.#isSuspended = true;
    this.stop();
  }

  /** SIGCONT, or the machine wakes; `beforeAnything` runs before the first overdue timer or answer. */
  wake(beforeAnything: () => void): void {
    if (this.#pausedSinceMs === undefined) return;
    if (this.#isSuspended) this.#suspendedMs += this.#world.monotonicMs() - this.#pausedSinceMs;
    this.#isSuspended = false;
    this.#pausedSinceMs = undefined;
    beforeAnything();
    for (const fire of this.#overdue.splice(0)) fire();
  }

  /** Somebody or NTP sets the date. */
  jumpWall(byMs: number): void {
    this.#wallSkewMs += byMs;
  }

  /** Ends when the process runs; for answers that arrive while it does not. */
  untilRunning(): Promise<void> {
    if (this.isRunning) return Promise.resolve();
    return new Promise((resolve) => void this.#overdue.push(resolve));
  }
}
