import type { Clock } from "../clock.ts";
import type { ManualClock } from "../manual-clock.ts";

/** A process that can be stopped (time goes on without it), suspended with its machine (its monotonic clock stands still) or held with it (its uptime too). */
export class SimulatedProcess implements Clock {
  readonly #world: ManualClock;
  readonly #overdue: (() => void)[] = [];
  #pausedSinceMs: number | undefined;
  /** The clocks that do not count the present pause. */
  #standing: "none" | "monotonic" | "monotonicAndUptime" = "none";
  #monotonicLagMs = 0;
  #uptimeLagMs = 0;
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
    return this.#world.monotonicMs() - this.#monotonicLagMs;
  }

  uptimeMs(): number {
    return this.#world.uptimeMs() - this.#uptimeLagMs;
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
    if (this.#pausedSinceMs === undefined) this.#standing = "monotonic";
    this.stop();
  }

  /** The hypervisor holds the machine, as for a snapshot. */
  hold(): void {
    if (this.#pausedSinceMs === undefined) this.#standing = "monotonicAndUptime";
    this.stop();
  }

  /** SIGCONT, or the machine wakes; `beforeAnything` runs before the first overdue timer or answer. */
  wake(beforeAnything: () => void): void {
    if (this.#pausedSinceMs === undefined) return;
    const pausedMs = this.#world.monotonicMs() - this.#pausedSinceMs;
    if (this.#standing !== "none") this.#monotonicLagMs += pausedMs;
    if (this.#standing === "monotonicAndUptime") this.#uptimeLagMs += pausedMs;
    this.#standing = "none";
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
