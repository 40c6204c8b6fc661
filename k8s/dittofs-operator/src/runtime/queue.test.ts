import assert from "node:assert/strict";
import { test } from "node:test";
import { silentInstruments } from "./instruments.ts";
import { ManualClock } from "./manual-clock.ts";
import { WorkQueue } from "./queue.ts";
import type { Random } from "./random.ts";
import { RateLimiter } from "./rate-limiter.ts";

const noJitter: Random = { fraction: () => 0.5, bytes: (count) => new Uint8Array(count) };

function aQueue(): {
  readonly clock: ManualClock;
  readonly limiter: RateLimiter<string>;
  readonly queue: WorkQueue<string>;
} {
  const clock = new ManualClock();
  const limiter = new RateLimiter<string>(clock, noJitter);
  const queue = new WorkQueue<string>({ name: "test", clock, limiter, instruments: silentInstruments });
  return { clock, limiter, queue };
}

/** Takes what is ready now, in order; each key stays running. */
async function takeReady(queue: WorkQueue<string>): Promise<(string | undefined)[]> {
  const count = queue.load().depth;
  return Promise.all(Array.from({ length: count }, () => queue.take()));
}

test("an event during a pass of the same key brings one more pass, never a parallel one, and is never lost", async () => {
  const { queue } = aQueue();
  queue.add("a");
  assert.equal(await queue.take(), "a");
  queue.add("a");
  queue.add("a");
  assert.equal(queue.load().depth, 0, "not offered while it is running");
  queue.done("a");
  assert.deepEqual(await takeReady(queue), ["a"]);
  queue.done("a");
  assert.equal(queue.load().depth, 0);
});

test("two keys added in the same millisecond are both worked on", async () => {
  const { queue } = aQueue();
  queue.add("a");
  queue.add("b");
  assert.deepEqual(await takeReady(queue), ["a", "b"]);
});

test("a burst of ten thousand events for ten objects leaves ten keys in the queue", () => {
  const { queue } = aQueue();
  for (let event = 0; event < 10_000; event++) queue.add(`key-${event % 10}`);
  assert.equal(queue.load().depth, 10);
});

test("a key that is added again during each of its passes gets its turn only after every other key", async () => {
  const { queue } = aQueue();
  const turns: (string | undefined)[] = [];
  for (const key of ["hot", "b", "c", "d"]) queue.add(key);
  for (let turn = 0; turn < 8; turn++) {
    const key = await queue.take();
    assert.ok(key !== undefined);
    turns.push(key);
    queue.add("hot");
    queue.done(key);
    if (key !== "hot") queue.add(key);
  }
  assert.deepEqual(turns, ["hot", "b", "c", "d", "hot", "b", "c", "d"]);
});

test("of several delays of one key the earliest end counts", async () => {
  const { clock, queue } = aQueue();
  queue.addAfter("a", 100);
  queue.addAfter("a", 10);
  queue.addAfter("a", 50);
  await clock.advance(9);
  assert.equal(queue.load().depth, 0);
  await clock.advance(1);
  assert.deepEqual(await takeReady(queue), ["a"]);
  queue.done("a");
  await clock.advance(1_000);
  assert.deepEqual(queue.load(), { depth: 0, delayed: 0, runningMs: [] });
});

test("a plain addition supersedes a delayed one, whichever comes first", async () => {
  const { clock, queue } = aQueue();
  queue.addAfter("a", 10);
  queue.add("a");
  queue.addAfter("a", 20);
  assert.deepEqual(await takeReady(queue), ["a"]);
  queue.done("a");
  await clock.advance(1_000);
  assert.equal(queue.load().depth, 0);
});

test("a thousand delayed keys hold one timer", async () => {
  const { clock, queue } = aQueue();
  for (let key = 1; key <= 1_000; key++) queue.addAfter(`key-${key}`, key);
  assert.equal(clock.timerCount, 1);
  await clock.advance(1_000);
  assert.equal(queue.load().depth, 1_000);
  assert.equal(clock.timerCount, 0);
});

test("a delay beyond Node's longest timer does not fire at once", async () => {
  const { clock, queue } = aQueue();
  for (const delayMs of [2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY]) queue.addAfter(`after ${delayMs}`, delayMs);
  await clock.advance(24 * 3_600_000);
  assert.equal(queue.load().depth, 0);
  assert.equal(queue.load().delayed, 3);
});

test("a delay that is no number is none, so that no key is ever lost", () => {
  const { queue } = aQueue();
  queue.addAfter("a", Number.NaN);
  queue.addAfter("b", -5);
  assert.equal(queue.load().depth, 2);
});

test("a failed key comes back after its back-off, or later where the server asked for more time", async () => {
  const { clock, queue } = aQueue();
  queue.addRateLimited("a");
  queue.addRateLimited("b", 1_000);
  await clock.advance(5);
  assert.deepEqual(await takeReady(queue), ["a"]);
  await clock.advance(994);
  assert.equal(queue.load().depth, 0);
  await clock.advance(1);
  assert.deepEqual(await takeReady(queue), ["b"]);
});

test("first passes are not slowed by the shared retry rate: a thousand new keys are ready at once", () => {
  const { queue } = aQueue();
  for (let key = 0; key < 200; key++) queue.addRateLimited(`failing-${key}`);
  for (let key = 0; key < 1_000; key++) queue.add(`new-${key}`);
  assert.equal(queue.load().depth, 1_000);
});

test("a closed queue drops what waits, releases its takers, and takes nothing more; running passes can still end", async () => {
  const { clock, queue } = aQueue();
  queue.add("running");
  await queue.take();
  queue.addAfter("later", 10);
  const waiting = queue.take();
  queue.close();
  assert.equal(await waiting, undefined);
  queue.add("running");
  queue.addAfter("a", 5);
  queue.addRateLimited("b");
  queue.done("running");
  assert.equal(await queue.take(), undefined);
  assert.equal(clock.timerCount, 0);
  assert.deepEqual(queue.load(), { depth: 0, delayed: 0, runningMs: [] });
});

test("says how long keys have been running", async () => {
  const { clock, queue } = aQueue();
  queue.add("a");
  await queue.take();
  await clock.advance(30);
  assert.deepEqual(queue.load().runningMs, [30]);
});

test("a hundred thousand passes leave no key, no failure count and no timer behind", async () => {
  const { clock, limiter, queue } = aQueue();
  for (let pass = 0; pass < 100_000; pass++) {
    const key = `key-${pass}`;
    queue.addAfter(key, 3_600_000);
    queue.add(key);
    await queue.take();
    if (pass % 3 === 0) queue.addRateLimited(key);
    queue.add(key);
    queue.done(key);
    await queue.take();
    queue.forget(key);
    queue.done(key);
  }
  assert.deepEqual(queue.load(), { depth: 0, delayed: 0, runningMs: [] });
  assert.equal(limiter.size, 0);
  assert.equal(clock.timerCount, 0);
});
