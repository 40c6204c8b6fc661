import { randomUUID } from "node:crypto";

export interface Job {
  readonly id: string;
  readonly kind: "gc" | "warm";
  readonly share: string;
  readonly startedAt: string;
  readonly result: Readonly<Record<string, unknown>>;
}

/** Garbage collections and warm-ups; they are done at once, and forgotten when the process ends. */
export class Jobs {
  readonly #jobs = new Map<string, Job>();

  add(job: Omit<Job, "id">): Job {
    const added = { id: randomUUID(), ...job };
    this.#jobs.set(added.id, added);
    return added;
  }

  get(kind: Job["kind"], share: string, id: string): Job | undefined {
    const job = this.#jobs.get(id);
    return job?.kind === kind && job.share === share ? job : undefined;
  }

  last(kind: Job["kind"], share: string): Job | undefined {
    return [...this.#jobs.values()].findLast((job) => job.kind === kind && job.share === share);
  }
}
