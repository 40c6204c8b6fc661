import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { assertFigure } from "./acceptance/assert-figure.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { sampleNames, sampleServer } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { isUpkeep, isWrite, requestCounts } from "./cluster/audited-requests.ts";

/** OUTAGE_SECONDS=13 for more than a leader's patience of 10 s: then it ends, and is started again as a kubelet would. */
const outageSeconds = Number(process.env["OUTAGE_SECONDS"] ?? 3);
const patienceMs = 10_000;
/** Tries are counted while the operator lives: its last renewal is up to 2.4 s older than the outage. */
const countedSeconds = Math.min(outageSeconds, 7);
/** Nine watches, their lists and one Lease, each tried again after 0.8 s, 1.6 s and so on, four times over at most. */
const mostTriesPerSecond = 20;
const mostLinesPerSecond = 6;
const names = sampleNames(3);

const lab = await enterOperatedLab();
let operator = await lab.startOperator();
after(async () => {
  await operator.stop("SIGKILL");
  await lab.node.stop();
});

test(`API server and etcd are killed and come again after ${outageSeconds} s: the operator goes on, without a storm`, async (t) => {
  await Promise.all(names.map((name) => lab.cluster.apply(sampleServer(name))));
  await untilReady(lab.cluster, names);
  await lab.untilQuiet();
  let [hasEnded, isOver] = [false, false];
  const ending = operator.ending().finally(() => (hasEnded = true));
  const killedMs = performance.now();

  for (const name of ["apiserver", "etcd"]) await lab.stopProcess(name);
  const before = { tries: await triesSoFar(), lines: linesSoFar() };
  await wait(countedSeconds * 1000);
  const tries = (await triesSoFar()) - before.tries;
  await wait((outageSeconds - countedSeconds) * 1000);
  const lines = linesSoFar() - before.lines;
  t.diagnostic(`${tries} tries to reach the API server and ${lines} lines of log`);
  assert.ok(tries <= mostTriesPerSecond * countedSeconds);
  assert.ok(lines <= mostLinesPerSecond * outageSeconds);
  const readyMs = await controlPlaneComes();
  const mark = await lab.audit.mark();
  // With its start the API server may be away for longer than was asked for, and the operator's patience ends when it is nearly back.
  const restarting = ending.then(async ({ code }) => {
    if (isOver) return;
    assert.equal(code, 1);
    assert.ok(readyMs - killedMs > patienceMs - 2500, "the operator ended in a short outage");
    operator = await lab.startOperator();
  });
  if (outageSeconds * 1000 > patienceMs) await restarting;

  await lab.cluster.apply(sampleServer("late"));
  await untilReady(lab.cluster, [...names, "late"]);
  const value = performance.now() - readyMs;
  assertFigure(t, "from the API server's return to a new server's Ready", {
    value,
    limit: hasEnded ? 20_000 : 5_000,
    unit: "ms",
  });
  const requests = await lab.operatorRequests(mark);
  t.diagnostic(JSON.stringify(requestCounts(requests)));
  const others = requests.filter((each) => isWrite(each) && !isUpkeep(each) && !each.name.startsWith("late"));
  assert.deepEqual(requestCounts(others), {});
  if (hasEnded) await restarting;
  isOver = true;
});

/** Answers when the API server was ready, in milliseconds of `performance.now()`. */
async function controlPlaneComes(): Promise<number> {
  for (const name of ["etcd", "apiserver"]) await lab.startProcess(name);
  for (;;) {
    const { status } = await lab.cluster.connection.send("GET", "/readyz").catch(() => ({ status: 0 }));
    if (status === 200) return performance.now();
    await wait(50);
  }
}

/** Requests of the operator to the API server, answered or not, by its own figures. */
async function triesSoFar(): Promise<number> {
  const [response] = (await once(get("http://127.0.0.1:8081/metrics"), "response")) as [IncomingMessage]; // Node's event
  const page = await text(response);
  const counts = page.split("\n").filter((line) => line.startsWith("rest_client_requests_total{"));
  assert.notEqual(counts.length, 0);
  return counts.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
}

function linesSoFar(): number {
  return operator.log().split("\n").length;
}
