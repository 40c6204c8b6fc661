import { spawn } from "node:child_process";
import { existsSync, globSync, rmSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { finished } from "node:stream/promises";
import type { EventData } from "node:test";
import { run } from "node:test";
import type { TestEvent } from "node:test/reporters";
import { spec } from "node:test/reporters";
import { styleText } from "node:util";
import { fakeNodeLab } from "../test/cluster/fake-node/fake-node.ts";
import { closeLabPool, leaveOneLab, openLabPool } from "../test/cluster/lab-pool.ts";
import { bundle } from "./bundle.ts";

/**
 * Runs the suites named on the command line side by side and reports them as one: a line per file, every failing and every skipped
 * test in full, and at the end the summary of Node's test runner over all of them.
 */
type Suite = {
  readonly files: readonly string[];
  readonly concurrency: number;
  /** Its figures mean something only when nothing runs beside. */
  readonly isAlone?: boolean;
  readonly fileTimeoutMs: number;
  /** What is told when it passes: each test where one takes long. */
  readonly tells: "tests" | "files";
  /** Brings what the suite needs, with its own progress; a failure has said its reason. */
  readonly setup?: readonly [program: string, ...args: string[]];
};
type SuiteResult = { readonly counts: Counts; readonly isGood: boolean };
type Counts = Omit<EventData.TestSummary["counts"], "topLevel">;

const isClusterTest = (file: string): boolean => file.endsWith(".cluster.test.ts");
const testFiles = globSync("{src,double,lab,test,scripts}/**/*.test.ts").toSorted();
const clusterFiles = testFiles.filter(isClusterTest);
const suiteNames = process.argv.slice(2);

/** One of these at a time has more to compute than a core can; the others wait for pods, Leases and intervals most of their time. */
const computingFiles = ["field-effects", "admission", "sweep", "fixed-point", "apply-child"];
/** Begun first, so that none of them is alone at the end. */
const longFiles = [
  "end-to-end-servers",
  "end-to-end",
  "growth",
  "leaders",
  "tls",
  "quiet",
  "rbac",
  "exposure",
  "demo",
  "bad-input",
  "outage",
  "kill",
  "databases",
];
/** It measures how fast the operator is with the whole machine. */
const aloneFiles = ["many-servers"];
const clusterName = (file: string): string => basename(file, ".cluster.test.ts");
const named = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => clusterFiles.filter((file) => clusterName(file) === name));
const otherFiles = clusterFiles.filter(
  (file) => ![...computingFiles, ...longFiles, ...aloneFiles].includes(clusterName(file)),
);

const setup = ["env", "LAB_POLICIES=yes", "lab/setup.sh", "full"] as const;
const cluster = { fileTimeoutMs: 900_000, tells: "tests", setup } as const;
const suites: ReadonlyMap<string, readonly Suite[]> = new Map([
  [
    "unit",
    [
      {
        files: ["scripts/unit-tests.ts", ...testFiles.filter((file) => /^test\/.*-faults\.test\.ts$/.test(file))],
        concurrency: 2,
        fileTimeoutMs: 420_000,
        tells: "files",
      },
    ],
  ],
  // Each file has a lab of its own while it runs, of the light form one that an earlier file has left.
  [
    "cluster",
    [
      { ...cluster, files: [...named(longFiles), ...otherFiles], concurrency: 4 },
      { ...cluster, files: named(computingFiles), concurrency: 1 },
      { ...cluster, files: named(aloneFiles), concurrency: 1, isAlone: true },
    ],
  ],
]);

/** A suite that cannot run counts as one test that failed. */
const unableToRun: Counts = { tests: 1, suites: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0 };
/** Nobody has to wonder for longer than this whether anything happens. */
const silenceMs = 10_000;
const startMs = performance.now();
const reporter = new spec();
reporter.pipe(process.stdout);

// What all programs of this run share: those that start later find what one has compiled.
process.env["NODE_COMPILE_CACHE"] ??= resolve(".cache/compiled");
// Doubles write their whole database after each change, and a disk makes that the longest part of a test.
if (existsSync("/dev/shm")) process.env["TMPDIR"] ??= "/dev/shm";

function suitesOf(name: string): readonly (readonly [name: string, suite: Suite])[] {
  const found = suites.get(name);
  if (found === undefined || found.some(({ files }) => files.length === 0))
    throw new Error(`no test files for the suite "${name}"`);
  return found.map((suite) => [name, suite]);
}

/** See `test/cluster/bundled.ts`. */
async function bundleOnce(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([bundle("operator", folder), bundle("dfs", folder)]);
  process.env["DITTOFS_BUNDLES"] = folder;
}

async function runSuite([name, suite]: readonly [name: string, suite: Suite]): Promise<SuiteResult> {
  if (!(await isReady(suite))) {
    console.error(`The ${name} tests cannot run here, so that this run fails; make test-unit needs no cluster.`);
    return { counts: unableToRun, isGood: false };
  }
  console.log(styleText("bold", `${name} tests: ${suite.files.length} files`));
  const stream = run({
    files: [...suite.files],
    concurrency: suite.concurrency,
    timeout: suite.fileTimeoutMs,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    signal: interruption.signal,
  });
  const events = stream as AsyncIterable<TestEvent>; // declared as a stream of any; its listeners say the type
  let result: SuiteResult | undefined;
  for await (const event of events) {
    noteRunning(event, suite);
    if (event.type !== "test:summary") report(event, suite);
    else if (event.data.file === undefined) result = { counts: event.data.counts, isGood: event.data.success };
    else console.log(fileLine(event.data.file, event.data));
  }
  if (result === undefined) throw new Error(`the suite "${name}" ended without a summary`);
  return result;
}

/** Suites that begin side by side need the same things once. */
const settingUp = new Map<Suite["setup"], Promise<boolean>>();

function isReady({ setup }: Suite): Promise<boolean> {
  const ready = settingUp.get(setup) ?? isSetUp(setup);
  settingUp.set(setup, ready);
  return ready;
}

async function isSetUp(setup: Suite["setup"]): Promise<boolean> {
  if (setup === undefined) return true;
  const [program, ...args] = setup;
  const { promise, resolve: ended, reject } = Promise.withResolvers<boolean>();
  spawn(program, args, { stdio: "inherit" })
    .on("error", reject)
    .on("exit", (code) => ended(code === 0));
  return await promise;
}

/** Files that run, with their start; the runner tells of a file when all files before it are told. */
const running = new Map<string, number>();
let silentSinceMs = startMs;

function noteRunning(event: TestEvent, suite: Suite): void {
  if (event.type === "test:dequeue" && resolve(event.data.name) === event.data.file)
    running.set(event.data.name, performance.now());
  if (event.type === "test:complete") running.delete(event.data.name);
  const isTold = event.type === "test:summary" || (event.type === "test:pass" && suite.tells === "tests");
  if (isTold) silentSinceMs = performance.now();
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
    (event.type === "test:pass" && (suite.tells === "tests" || (event.data.skip ?? event.data.todo) !== undefined)) ||
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

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => void interrupted());

/** The tests end their own labs; those that wait for the next one are ended here. */
async function interrupted(): Promise<never> {
  interruption.abort();
  await closeLabPool();
  process.exit(1);
}

const heartbeat = setInterval(breakSilence, silenceMs);
const wanted = suiteNames.flatMap(suitesOf);
if (suiteNames.includes("cluster")) {
  await bundleOnce(resolve(".cache/bundles"));
  openLabPool(resolve(".cache/labs"));
}
const results = await Promise.all(wanted.filter(([, { isAlone = false }]) => !isAlone).map(runSuite));
await leaveOneLab(JSON.stringify(fakeNodeLab));
for (const each of wanted.filter(([, { isAlone = false }]) => isAlone)) results.push(await runSuite(each));
await closeLabPool();
clearInterval(heartbeat);
// The reporter tells the failures once more when it ends; the counts are the last lines, as its own would be.
reporter.end();
await finished(reporter);
writeSummary(results);
process.exitCode = results.every((result) => result.isGood) ? 0 : 1;
