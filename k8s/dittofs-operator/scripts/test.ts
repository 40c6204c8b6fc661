import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative, resolve } from "node:path";
import { finished } from "node:stream/promises";
import type { EventData } from "node:test";
import { run } from "node:test";
import type { TestEvent } from "node:test/reporters";
import { spec } from "node:test/reporters";
import { styleText } from "node:util";

/**
 * Runs the suites named on the command line and reports them as one: a line per file, every failing and every skipped
 * test in full, and at the end the summary of Node's test runner over all of them.
 */
type Suite = {
  readonly files: readonly string[];
  readonly concurrency: number;
  readonly fileTimeoutMs: number;
  /** For suites whose single tests take long: each is told when it passes, not only its file. */
  readonly tellsEachTest: boolean;
  /** Brings what the suite needs, with its own progress; a failure has said its reason. */
  readonly setup?: readonly [program: string, ...args: string[]];
};
type SuiteResult = { readonly counts: Counts; readonly isGood: boolean };
type Counts = Omit<EventData.TestSummary["counts"], "topLevel">;

const isClusterTest = (file: string): boolean => file.endsWith(".cluster.test.ts");
const testFiles = globSync("{src,double,lab,test,scripts}/**/*.test.ts").toSorted();

const suites: ReadonlyMap<string, Suite> = new Map([
  [
    "unit",
    {
      files: testFiles.filter((file) => !isClusterTest(file)),
      concurrency: availableParallelism(),
      fileTimeoutMs: 420_000,
      tellsEachTest: false,
    },
  ],
  // A machine has one lab at a time, so that these files run one after the other.
  [
    "cluster",
    {
      files: testFiles.filter(isClusterTest),
      concurrency: 1,
      fileTimeoutMs: 900_000,
      tellsEachTest: true,
      setup: ["lab/setup.sh", "full"],
    },
  ],
]);

/** A suite that cannot run counts as one test that failed. */
const unableToRun: Counts = { tests: 1, suites: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0 };
/** Nobody has to wonder for longer than this whether anything happens. */
const silenceMs = 10_000;
const startMs = performance.now();
const reporter = new spec();
reporter.pipe(process.stdout);

async function runSuite(name: string): Promise<SuiteResult> {
  const suite = suites.get(name);
  if (suite === undefined || suite.files.length === 0) throw new Error(`no test files for the suite "${name}"`);
  if (!isReady(suite)) {
    console.error(`The ${name} tests cannot run here, so that this run fails; make test-unit needs no cluster.`);
    return { counts: unableToRun, isGood: false };
  }
  console.log(styleText("bold", `${name} tests: ${suite.files.length} files`));
  const stream = run({
    files: [...suite.files],
    concurrency: suite.concurrency,
    timeout: suite.fileTimeoutMs,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const events = stream as AsyncIterable<TestEvent>; // declared as a stream of any; its listeners say the type
  let result: SuiteResult | undefined;
  for await (const event of events) {
    noteRunning(event);
    if (event.type !== "test:summary") report(event, suite);
    else if (event.data.file === undefined) result = { counts: event.data.counts, isGood: event.data.success };
    else console.log(fileLine(event.data.file, event.data));
  }
  if (result === undefined) throw new Error(`the suite "${name}" ended without a summary`);
  return result;
}

function isReady({ setup }: Suite): boolean {
  if (setup === undefined) return true;
  const [program, ...args] = setup;
  return spawnSync(program, args, { stdio: "inherit" }).status === 0;
}

/** Files that run, with their start; the runner tells of a file when all files before it are told. */
const running = new Map<string, number>();
let silentSinceMs = startMs;

function noteRunning(event: TestEvent): void {
  if (event.type === "test:dequeue" && resolve(event.data.name) === event.data.file)
    running.set(event.data.name, performance.now());
  if (event.type === "test:complete") running.delete(event.data.name);
  if (event.type === "test:summary" || event.type === "test:pass") silentSinceMs = performance.now();
}

function breakSilence(): void {
  const nowMs = performance.now();
  if (nowMs - silentSinceMs < silenceMs || running.size === 0) return;
  const files = Array.from(
    running,
    ([file, since]) => `${relative(".", file)} (${((nowMs - since) / 1000).toFixed(0)} s)`,
  );
  console.log(styleText("gray", `  still running: ${files.join(", ")}`));
}

/** Passing tests are told by file; what the runner counts at a suite's end comes without a file and is added up below. */
function report(event: TestEvent, suite: Suite): void {
  const isTold =
    event.type === "test:fail" ||
    event.type === "test:stdout" ||
    event.type === "test:stderr" ||
    (event.type === "test:pass" && (suite.tellsEachTest || (event.data.skip ?? event.data.todo) !== undefined)) ||
    (event.type === "test:diagnostic" && event.data.file !== undefined);
  if (isTold) reporter.write(event);
}

function fileLine(file: string, { counts, duration_ms, success }: EventData.TestSummary): string {
  const sign = success ? styleText("green", "✔") : styleText("red", "✖");
  return `${sign} ${relative(".", file)} ${styleText("gray", `${counts.tests} in ${(duration_ms / 1000).toFixed(1)} s`)}`;
}

function writeSummary(results: readonly SuiteResult[]): void {
  const sum = (count: (counts: Counts) => number): number =>
    results.reduce((total, { counts }) => total + count(counts), 0);
  const lines = {
    tests: sum((each) => each.tests),
    suites: sum((each) => each.suites),
    pass: sum((each) => each.passed),
    fail: sum((each) => each.tests - each.passed - each.cancelled - each.skipped - each.todo),
    cancelled: sum((each) => each.cancelled),
    skipped: sum((each) => each.skipped),
    todo: sum((each) => each.todo),
    duration_ms: Math.round(performance.now() - startMs),
  };
  for (const [name, value] of Object.entries(lines)) console.log(`ℹ ${name} ${value}`);
}

const heartbeat = setInterval(breakSilence, silenceMs);
const results: SuiteResult[] = [];
for (const name of process.argv.slice(2)) results.push(await runSuite(name));
clearInterval(heartbeat);
// The reporter tells the failures once more when it ends; the counts are the last lines, as its own would be.
reporter.end();
await finished(reporter);
writeSummary(results);
process.exitCode = results.every((result) => result.isGood) ? 0 : 1;
