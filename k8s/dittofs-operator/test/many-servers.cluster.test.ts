import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertFigure } from "./acceptance/assert-figure.ts";
import { labProcesses, machineShare } from "./acceptance/machine-share.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { sampleNames, sampleServer } from "./acceptance/sample-server.ts";
import { serverTimes } from "./acceptance/server-times.ts";
import { isUpkeep, requestCounts } from "./cluster/audited-requests.ts";

const childCount = 9;
const mostRequests = Math.round(1.2 * childCount + 5);

const lab = await enterOperatedLab();
const end = new AbortController();
const times = await serverTimes(lab.cluster, end.signal);
let operator = await lab.startOperator();
after(async () => {
  end.abort();
  await operator.stop();
  await lab.node.stop();
});

test("servers that come one after the other start at once, in one go and with few requests", async (t) => {
  const names = sampleNames(20, "single");
  await operator.untilActing();
  const made: number[] = [];
  const ready: number[] = [];
  const counts: number[] = [];
  for (const name of names) {
    const mark = await lab.audit.mark();
    const appliedMs = performance.now();
    await lab.cluster.apply(sampleServer(name));
    await times.untilReady([name]);
    const requests = (await lab.operatorRequests(mark)).filter((request) => !isUpkeep(request));
    made.push((times.statefulSet.get(name) ?? Number.NaN) - appliedMs);
    ready.push((times.ready.get(name) ?? Number.NaN) - appliedMs);
    counts.push(requests.length);
    if (name === names.at(-1)) t.diagnostic(`${name}: ${JSON.stringify(requestCounts(requests))}`);
  }
  t.diagnostic(`from apply to the StatefulSet ${spread(made)} ms, to Ready ${spread(ready)} ms`);
  t.diagnostic(`requests until Ready ${spread(counts)}, at most ${mostRequests}`);
  assertFigure(t, "median from apply to the StatefulSet", { value: median(made), limit: 500, unit: "ms" });
  assertFigure(t, "median from apply to Ready", { value: median(ready), limit: 5_000, unit: "ms" });
  assert.ok(Math.max(...counts) <= mostRequests);
  await lab.untilQuiet();
  await assertStartedOnce(names);
});

test("100 servers that come at once become Ready in one go, and then it is quiet", async (t) => {
  await operator.stop();
  operator = await lab.startOperator();
  await operator.untilActing();
  const names = sampleNames(100, "many");
  const share = machineShare([...labProcesses(lab.directory), operator.pid, process.pid]);
  const mark = await lab.audit.mark();
  const appliedMs = performance.now();
  await Promise.all(names.map((name) => lab.cluster.apply(sampleServer(name))));
  await times.untilReady(names);
  const readyMs = performance.now() - appliedMs;
  const ownReadyMs = readyMs * share();
  const { cpuMs } = operator.usage();
  const requests = (await lab.operatorRequests(mark)).filter((request) => !isUpkeep(request));
  const { residentBytes, peakResidentBytes } = operator.usage();
  t.diagnostic(
    `all Ready after ${Math.round(readyMs)} ms, ${Math.round(ownReadyMs)} ms without the time that other programs took`,
  );
  t.diagnostic(`${cpuMs} ms of CPU from the operator's start on`);
  t.diagnostic(
    `${(requests.length / names.length).toFixed(1)} requests each: ${JSON.stringify(requestCounts(requests))}`,
  );
  t.diagnostic(`${mebibytes(residentBytes)} MiB resident, ${mebibytes(peakResidentBytes)} MiB at the peak`);
  assert.ok(requests.length <= names.length * mostRequests);
  assertFigure(t, "100 servers Ready", { value: ownReadyMs, limit: 10_000, unit: "ms" });
  assertFigure(t, "CPU of the operator", { value: cpuMs, limit: 5_000, unit: "ms" });
  await lab.untilQuiet();
  await assertStartedOnce(names);
});

async function assertStartedOnce(names: readonly string[]): Promise<void> {
  const statefulSets = await lab.cluster.list({ apiVersion: "apps/v1", kind: "StatefulSet" });
  for (const name of names) {
    const statefulSet = statefulSets.find(({ metadata }) => metadata.name === name);
    assert.equal(statefulSet?.metadata.generation, 1, name);
    assert.equal(lab.node.revisions("default", name).length, 1, name);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(Math.round);
  return `${least}..${middle}..${most}`;
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
