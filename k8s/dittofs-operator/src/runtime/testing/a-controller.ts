import { startController } from "../controller.ts";
import { silentInstruments } from "../instruments.ts";
import { ManualClock } from "../manual-clock.ts";
import type { Outcome } from "../outcome.ts";
import { WorkQueue } from "../queue.ts";
import { RateLimiter } from "../rate-limiter.ts";
import { RecordingLog } from "./recording-log.ts";

type Reconcile = (key: string, signal: AbortSignal) => Promise<Outcome>;

/** A started controller on virtual time. `passes` lists each pass as `key at milliseconds`. */
export function aController(
  reconcile: Reconcile,
  options: { readonly workers?: number; readonly leadership?: AbortSignal } = {},
) {
  const clock = new ManualClock();
  const log = new RecordingLog();
  const random = { fraction: () => 0.5, bytes: (count: number) => new Uint8Array(count) };
  const limiter = new RateLimiter<string>(clock, random);
  const queue = new WorkQueue<string>({ name: "test", clock, limiter, instruments: silentInstruments });
  const passes: string[] = [];
  const controller = startController({
    name: "test",
    workers: 4,
    queue,
    clock,
    log,
    instruments: silentInstruments,
    timeoutMs: 120_000,
    ...options,
    reconcile: (key, signal) => {
      passes.push(`${key} at ${clock.monotonicMs()}`);
      return reconcile(key, signal);
    },
  });
  return { clock, controller, limiter, log, passes, queue };
}
