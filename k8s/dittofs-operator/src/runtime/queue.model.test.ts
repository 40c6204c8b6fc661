import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { silentInstruments } from "./instruments.ts";
import { ManualClock } from "./manual-clock.ts";
import { WorkQueue } from "./queue.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** The queue as client-go describes it: two sets and a list, and a due time per delayed key. */
class Model {
  nowMs = 0;
  readonly queue: string[] = [];
  readonly dirty = new Set<string>();
  readonly processing = new Set<string>();
  readonly due = new Map<string, number>();
  readonly failures = new Map<string, number>();
  readonly taken: string[] = [];
  takers = 0;

  add(key: string): void {
    this.due.delete(key);
    if (this.dirty.has(key)) return;
    this.dirty.add(key);
    if (!this.processing.has(key)) this.queue.push(key);
    this.serve();
  }

  addAfter(key: string, delayMs: number): void {
    if (delayMs === 0) this.add(key);
    else if (!this.dirty.has(key) && this.nowMs + delayMs < (this.due.get(key) ?? Number.POSITIVE_INFINITY)) {
      this.due.delete(key);
      this.due.set(key, this.nowMs + delayMs);
    }
  }

  addRateLimited(key: string): void {
    const failures = (this.failures.get(key) ?? 0) + 1;
    this.failures.set(key, failures);
    this.addAfter(key, Math.min(5 * 2 ** (failures - 1), 300_000));
  }

  done(key: string): void {
    this.processing.delete(key);
    if (this.dirty.has(key)) this.queue.push(key);
    this.serve();
  }

  advance(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    for (;;) {
      const [next] = [...this.due].filter(([, dueMs]) => dueMs <= endMs).toSorted((a, b) => a[1] - b[1]);
      if (next === undefined) break;
      this.nowMs = Math.max(this.nowMs, next[1]);
      this.add(next[0]);
    }
    this.nowMs = endMs;
  }

  serve(): void {
    while (this.takers > 0) {
      const key = this.queue.shift();
      if (key === undefined) return;
      this.takers--;
      this.dirty.delete(key);
      this.processing.add(key);
      this.taken.push(key);
    }
  }
}

class Real {
  readonly clock = new ManualClock();
  /** A rate that no run exhausts would hide nothing: the shared bucket has its own test. */
  readonly limiter = new RateLimiter<string>(this.clock, {
    fraction: () => 0.5,
    bytes: (count) => new Uint8Array(count),
  });
  readonly queue = new WorkQueue<string>({
    name: "model",
    clock: this.clock,
    limiter: this.limiter,
    instruments: silentInstruments,
  });
  readonly taken: string[] = [];
}

type QueueCommand = fc.AsyncCommand<Model, Real>;

function command(
  name: string,
  run: (model: Model, real: Real) => void | Promise<void>,
  check?: (model: Readonly<Model>) => boolean,
): QueueCommand {
  return {
    check: (model) => check?.(model) ?? true,
    run: async (model, real) => {
      await run(model, real);
      await real.clock.advance(0);
      compare(model, real);
    },
    toString: () => name,
  };
}

function compare(model: Model, real: Real): void {
  const load = real.queue.load();
  assert.deepEqual(real.taken, model.taken, "keys are taken in the same order");
  assert.equal(load.depth, model.queue.length);
  assert.equal(load.delayed, model.due.size);
  assert.equal(load.runningMs.length, model.processing.size);
  assert.ok(real.clock.timerCount <= 1, "one timer at most");
}

const key = fc.constantFrom("a", "b", "c", "d", "e");
const commands = fc.commands(
  [
    key.map((k) =>
      command(`add ${k}`, (model, real) => {
        model.add(k);
        real.queue.add(k);
      }),
    ),
    fc.tuple(key, fc.constantFrom(0, 3, 7, 20, 100)).map(([k, delayMs]) =>
      command(`addAfter ${k} ${delayMs}`, (model, real) => {
        model.addAfter(k, delayMs);
        real.queue.addAfter(k, delayMs);
      }),
    ),
    key.map((k) =>
      command(`addRateLimited ${k}`, (model, real) => {
        model.addRateLimited(k);
        real.queue.addRateLimited(k);
      }),
    ),
    key.map((k) =>
      command(`forget ${k}`, (model, real) => {
        model.failures.delete(k);
        real.queue.forget(k);
      }),
    ),
    fc.constant(
      command("take", (model, real) => {
        model.takers++;
        model.serve();
        void real.queue.take().then((taken) => taken !== undefined && real.taken.push(taken));
      }),
    ),
    key.map((k) =>
      command(
        `done ${k}`,
        (model, real) => {
          model.done(k);
          real.queue.done(k);
        },
        (model) => model.processing.has(k),
      ),
    ),
    fc.constantFrom(1, 5, 11, 50).map((durationMs) =>
      command(`advance ${durationMs}`, async (model, real) => {
        model.advance(durationMs);
        await real.clock.advance(durationMs);
      }),
    ),
  ],
  { maxCommands: 60 },
);

test("the queue behaves as client-go's dirty and processing sets with a due time per key, and ends empty", async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const model = new Model();
      const real = new Real();
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await finishEverything(model, real);
      assert.deepEqual(real.queue.load(), { depth: 0, delayed: 0, runningMs: [] });
      assert.equal(real.limiter.size, 0);
      assert.equal(real.clock.timerCount, 0);
    }),
    { numRuns: 300 },
  );
});

/** No wake-up is lost: what was added is taken in the end, in the model's order. */
async function finishEverything(model: Model, real: Real): Promise<void> {
  model.advance(1_000_000);
  await real.clock.advance(1_000_000);
  while (model.queue.length > 0 || model.processing.size > 0) {
    const [running] = model.processing;
    if (running === undefined) {
      model.takers++;
      model.serve();
      void real.queue.take().then((taken) => taken !== undefined && real.taken.push(taken));
    } else {
      model.done(running);
      real.queue.done(running);
    }
    await real.clock.advance(0);
    compare(model, real);
  }
  for (const failed of model.failures.keys()) real.queue.forget(failed);
}
