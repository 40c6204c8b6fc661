import type { Clock } from "../../src/runtime/clock.ts";

export interface Job {
  readonly id: string;
  readonly kind: "gc" | "warm";
  readonly share: string;
  readonly startedAtMs: number;
  /** When it will be done, on the monotonic clock. */
  readonly doneMs: number;
  readonly details: Readonly<Record<string, unknown>>;
}

const jobMs = 50;

/** Garbage collections and warm-ups. They take a moment, and are forgotten when the process ends. */
export class Jobs {
  readonly #clock: Clock;
  readonly #jobs = new Map<string, Job>();
  readonly #counts = { gc: 0, warm: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(kind: Job["kind"], share: string, details: Job["details"] = {}): Job {
    this.#counts[kind] += 1;
    const job: Job = {
      id: `${kind}-${this.#counts[kind]}`,
      kind,
      share,
      details,
      startedAtMs: this.#clock.wallMs(),
      doneMs: this.#clock.monotonicMs() + jobMs,
    };
    this.#jobs.set(job.id, job);
    return job;
  }

  get(kind: Job["kind"], id: string): Job | undefined {
    const job = this.#jobs.get(id);
    return job?.kind === kind ? job : undefined;
  }

  isDone(job: Job): boolean {
    return this.#clock.monotonicMs() >= job.doneMs;
  }

  /** The last collection of a share that is done. */
  lastCollection(share: string): Job | undefined {
    return [...this.#jobs.values()].findLast((job) => job.kind === "gc" && job.share === share && this.isDone(job));
  }
}
