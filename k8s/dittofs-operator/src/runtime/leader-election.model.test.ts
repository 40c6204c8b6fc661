import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { anElection, type Candidate } from "./testing/an-election.ts";
import { GOOD_WAY, type Way } from "./testing/lease-server.ts";

/** So often the world is checked while time passes. */
const STEP_MS = 100;

/** Processes that run for leadership; one that lost, or was killed, comes back as another process, as a pod would. */
class Cluster {
  readonly election;
  readonly candidates: Candidate[];
  #started = 0;

  constructor(size: number, fractions: readonly number[]) {
    let draw = 0;
    this.election = anElection(() => fractions[draw++ % fractions.length] ?? 0);
    this.candidates = Array.from({ length: size }, () => this.#start());
  }

  at(index: number): Candidate {
    const candidate = this.candidates[index % this.candidates.length];
    assert.ok(candidate !== undefined);
    return candidate;
  }

  /** Those that would write at this moment. A paused process cannot ask; it is asked when it wakes, before anything else runs. */
  leaders(): readonly Candidate[] {
    return this.candidates.filter(({ process, election }) => process.isRunning && election.isHeld());
  }

  check(): void {
    assert.ok(this.leaders().length <= 1, "two processes would write at the same time");
  }

  async pass(durationMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += STEP_MS) {
      await this.election.clock.advance(STEP_MS);
      this.check();
      this.candidates.forEach(({ process, election }, index) => {
        if (process.isDead || (process.isRunning && election.signal.aborted)) this.candidates[index] = this.#start();
      });
    }
  }

  wake(candidate: Candidate): void {
    candidate.process.wake(() => this.check());
  }

  /** A renewal that is under way may still arrive and hold the Lease for a process that leads no more: only then is all well. */
  async heal(): Promise<void> {
    for (const candidate of this.candidates) {
      candidate.way = GOOD_WAY;
      this.wake(candidate);
    }
    this.election.server.isDown = false;
    while (this.election.server.underWay > 0) await this.pass(STEP_MS);
  }

  #start(): Candidate {
    return this.election.started(`process-${++this.#started}`);
  }
}

type Step = { readonly name: string; readonly run: (cluster: Cluster) => void | Promise<void> };

const who = fc.nat(2);
const way = fc.record<Way>({
  requestMs: fc.constantFrom(1, 300, 3_000, 14_000),
  answerMs: fc.constantFrom(1, 300, 3_000, 14_000),
  loses: fc.constantFrom("nothing", "requests", "answers"),
});

const passes = (durationMs: number): Step => ({
  name: `${durationMs} ms pass`,
  run: (cluster) => cluster.pass(durationMs),
});
const suspends = (index: number): Step => ({
  name: `suspend ${index}`,
  run: (cluster) => cluster.at(index).process.suspend(),
});
const dateOf = (index: number, byMs: number): Step => ({
  name: `date of ${index} jumps ${byMs}`,
  run: (cluster) => cluster.at(index).process.jumpWall(byMs),
});
const wayOf = (index: number, next: Way): Step => ({
  name: `way of ${index}: ${JSON.stringify(next)}`,
  run: (cluster) => void (cluster.at(index).way = next),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(500, 2_000, 5_000, 9_000, 14_000, 20_000).map(passes),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(who, way).map(([index, next]) => wayOf(index, next)),
  },
  {
    weight: 2,
    arbitrary: who.map((index) => ({
      name: `way of ${index} heals`,
      run: (cluster: Cluster) => void (cluster.at(index).way = GOOD_WAY),
    })),
  },
  {
    weight: 2,
    arbitrary: who.map((index) => ({
      name: `stop ${index}`,
      run: (cluster: Cluster) => cluster.at(index).process.stop(),
    })),
  },
  {
    weight: 2,
    arbitrary: who.map(suspends),
  },
  {
    weight: 4,
    arbitrary: who.map((index) => ({
      name: `wake ${index}`,
      run: (cluster: Cluster) => cluster.wake(cluster.at(index)),
    })),
  },
  {
    weight: 1,
    arbitrary: who.map((index) => ({
      name: `kill ${index}`,
      run: (cluster: Cluster) => void (cluster.at(index).process.isDead = true),
    })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(who, fc.constantFrom(-3_600_000, -5_000, 5_000, 3_600_000))
      .map(([index, byMs]) => dateOf(index, byMs)),
  },
  {
    weight: 1,
    arbitrary: who.map((index) => ({
      name: `${index} releases`,
      run: (cluster: Cluster) => void (cluster.at(index).process.isRunning && cluster.at(index).election.release()),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((isDown) => ({
      name: `server is ${isDown ? "down" : "up"}`,
      run: (cluster: Cluster) => void (cluster.election.server.isDown = isDown),
    })),
  },
);

/** The renewal of the first leader arrives six seconds after that leader has lost, and is good: nobody was faster. */
const lateRenewal = [passes(500), wayOf(0, { requestMs: 14_000, answerMs: 1, loses: "nothing" }), passes(9_000)];
/** The sleep and the correction of the date hide each other on all clocks but the uptime. */
const sleepUnderAnEarlierDate = [passes(500), suspends(0), dateOf(0, -3_600_000), passes(20_000)];

const history = fc.array(
  step.map((made) => Object.assign(made, { toString: () => made.name })),
  { maxLength: 40 },
);

test("whatever happens to processes, clocks and network: never two that would write, and soon one when all is well", async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.integer({ min: 2, max: 3 }),
      fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 1 }),
      async (steps, size, fractions) => {
        const cluster = new Cluster(size, fractions);
        for (const { run } of steps) {
          await run(cluster);
          cluster.check();
        }
        await cluster.heal();
        // One that lost while it slept ends first; then one Lease duration, one period, and the calls.
        await cluster.pass(20_000);
        assert.equal(cluster.leaders().length, 1, "nobody leads 20 s after everything is well");
      },
    ),
    { numRuns: 80, examples: [lateRenewal, sleepUnderAnEarlierDate].map((steps) => [steps, 2, [0]]) },
  );
});
