import type { Clock } from "./clock.ts";
import { FailureLog } from "./failure-log.ts";
import type { ControllerInstruments, Instruments } from "./instruments.ts";
import type { Log } from "./log.ts";
import { type Consequence, consequence, type Outcome } from "./outcome.ts";
import type { WorkQueue } from "./queue.ts";
import { RETRY_BACKOFF } from "./rate-limiter.ts";

/** So long an aborted pass may take to come to its end before its worker leaves it alone. */
const ABORT_GRACE_MS = 5_000;

/** Passes that need no answer from outside would otherwise keep timers, probes and lease renewals waiting. */
const LONGEST_TURN_MS = 10;

export type ControllerOptions<Key extends string> = {
  readonly name: string;
  readonly queue: WorkQueue<Key>;
  /** Passes at the same time. */
  readonly workers: number;
  /**
   * One pass. It may throw or reject; that counts as a retry. `signal` aborts when the pass takes too long, when leadership
   * is lost, and at the end of a stop's patience.
   */
  readonly reconcile: (key: Key, signal: AbortSignal) => Promise<Outcome>;
  readonly clock: Clock;
  readonly log: Log;
  readonly instruments: Instruments;
  readonly timeoutMs: number;
  /** Aborted when this process no longer leads: nothing new is started and all passes are aborted, at once. */
  readonly leadership?: AbortSignal;
};

export interface RunningController {
  /**
   * Takes no more keys and waits for the running passes; after `patienceMs` their signals are aborted. Answers `abandoned`
   * when a pass ignores even that: then something of this process may still write, and a Lease must not be released.
   */
  stop(patienceMs: number): Promise<"drained" | "abandoned">;
}

/** Starts workers that take keys from the queue, run one pass for each, and put them back as its outcome says. */
export function startController<Key extends string>(options: ControllerOptions<Key>): RunningController {
  const controller = new Controller(options);
  controller.start();
  return controller;
}

class Controller<Key extends string> implements RunningController {
  readonly #options: ControllerOptions<Key>;
  readonly #log: Log;
  readonly #failures: FailureLog<Key>;
  readonly #instruments: ControllerInstruments;
  /** By key, because a key has one pass at a time; hung ones included. */
  readonly #passes = new Map<Key, AbortController>();
  readonly #whenIdle: (() => void)[] = [];
  #turnStartedMs: number;
  #isStopping = false;

  constructor(options: ControllerOptions<Key>) {
    this.#options = options;
    this.#log = options.log.child({ controller: options.name });
    this.#failures = new FailureLog(options.clock, this.#log);
    this.#instruments = options.instruments.controller(options.name, options.workers);
    this.#turnStartedMs = options.clock.monotonicMs();
  }

  start(): void {
    const { leadership, workers } = this.#options;
    if (leadership?.aborted === true) this.#interrupt();
    leadership?.addEventListener("abort", () => this.#interrupt(), { once: true });
    for (let worker = 0; worker < workers; worker++) void this.#work();
  }

  async stop(patienceMs: number): Promise<"drained" | "abandoned"> {
    this.#endIntake();
    await this.#idleWithin(patienceMs);
    this.#abortPasses("the operator is stopping");
    await this.#idleWithin(ABORT_GRACE_MS);
    if (this.#passes.size === 0) return "drained";
    this.#log.error("passes ignore their signal and are abandoned", { keys: [...this.#passes.keys()].slice(0, 20) });
    return "abandoned";
  }

  #interrupt(): void {
    this.#endIntake();
    this.#abortPasses("leadership is lost");
  }

  #endIntake(): void {
    this.#isStopping = true;
    this.#options.queue.close();
  }

  #abortPasses(why: string): void {
    for (const pass of this.#passes.values()) pass.abort(new Error(why));
  }

  async #idleWithin(durationMs: number): Promise<void> {
    if (this.#passes.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(durationMs, resolve);
      this.#whenIdle.push(() => {
        cancel();
        resolve();
      });
    });
  }

  async #work(): Promise<void> {
    const { queue } = this.#options;
    for (let key = await queue.take(); key !== undefined; key = await queue.take()) {
      await this.#yieldTurn();
      if (this.#isStopping) queue.done(key);
      else await this.#pass(key);
    }
  }

  async #yieldTurn(): Promise<void> {
    const { clock } = this.#options;
    if (clock.monotonicMs() - this.#turnStartedMs < LONGEST_TURN_MS) return;
    await new Promise<void>((resolve) => void clock.after(0, resolve));
    this.#turnStartedMs = clock.monotonicMs();
  }

  /** Ends when the pass does, or when it hangs: a hung pass holds its key but not its worker. */
  #pass(key: Key): Promise<void> {
    const { clock, timeoutMs } = this.#options;
    const startedMs = clock.monotonicMs();
    const abort = new AbortController();
    this.#passes.set(key, abort);
    this.#instruments.passStarted();
    return new Promise((releaseWorker) => {
      let isHung = false;
      let cancel = clock.after(timeoutMs, () => {
        abort.abort(new Error(`the pass took longer than ${timeoutMs} ms`));
        cancel = clock.after(ABORT_GRACE_MS, () => {
          isHung = true;
          this.#instruments.passHung(1);
          this.#log.error("pass ignores its signal and is left to itself", { key, timeoutMs });
          releaseWorker();
        });
      });
      const finishPass = (ending: Ending): void => {
        cancel();
        if (isHung) this.#instruments.passHung(-1);
        this.#finish(key, ending, clock.monotonicMs() - startedMs);
        releaseWorker();
      };
      void this.#ending(key, abort.signal).then(finishPass);
    });
  }

  /** Never rejects: whatever a pass throws becomes a value, so that it stays with its key. */
  async #ending(key: Key, signal: AbortSignal): Promise<Ending> {
    try {
      return { outcome: await this.#options.reconcile(key, signal) };
    } catch (error) {
      if (this.#isStopping) return { outcome: { kind: "conflict" } };
      if (signal.aborted) return { outcome: { kind: "retry", reason: "timed out" } };
      return { outcome: { kind: "retry", reason: "unexpected error" }, thrown: { error } };
    }
  }

  #finish(key: Key, { outcome, thrown }: Ending, durationMs: number): void {
    const { next, result, failure } = consequence(outcome);
    this.#instruments.passFinished(result, durationMs);
    const stepMs = this.#putBack(key, next);
    if (failure === undefined) {
      this.#failures.succeeded(key);
    } else {
      const fields = { durationMs: Math.round(durationMs), ...(thrown !== undefined && { err: thrown.error }) };
      this.#failures.failed(key, { ...failure, level: thrown === undefined ? failure.level : "error", fields, stepMs });
    }
    this.#options.queue.done(key);
    this.#passes.delete(key);
    if (this.#passes.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Answers for how long the same failure need not be told again. */
  #putBack(key: Key, next: Consequence["next"]): number {
    const { queue } = this.#options;
    switch (next.kind) {
      case "nothing":
        queue.forget(key);
        return RETRY_BACKOFF.longestMs;
      case "after":
        queue.forget(key);
        queue.addAfter(key, next.delayMs);
        return RETRY_BACKOFF.longestMs;
      case "backOff":
        return queue.addRateLimited(key, next.leastMs);
    }
  }
}

/** `thrown` is what the pass threw instead of giving an outcome; a defect of this program. */
type Ending = { readonly outcome: Outcome; readonly thrown?: { readonly error: unknown } };
