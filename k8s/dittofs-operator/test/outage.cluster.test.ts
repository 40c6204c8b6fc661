import assert from "node:assert/strict";
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { sampleNames, sampleServer } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { isUpkeep, isWrite, requestCounts } from "./cluster/audited-requests.ts";

const names = sampleNames(3);
/** Shorter than a leader's patience, and longer. */
const shortMs = 5000;
const longMs = 13_000;
/** For nine watches and one Lease, each tried again after 0.8 s, 1.6 s and so on: with room for chance. */
const mostTriesPerSecond = 10;
const mostLinesPerSecond = 6;

const lab = await enterOperatedLab();
let operator = await lab.startOperator();
after(async () => {
  await operator.stop("SIGKILL");
  await lab.node.stop();
});

test("when API server and etcd are killed and come again, the operator goes on by itself", async (t) => {
  await Promise.all(names.map((name) => lab.cluster.apply(sampleServer(name))));
  await untilReady(lab.cluster, names);
  await lab.untilQuiet();
  const isEnded = isOver(operator.ending());

  await controlPlaneDies();
  const tries = await triesSoFar();
  const lines = operator.log().split("\n").length;
  await wait(shortMs);
  const triesIn = (await triesSoFar()) - tries;
  const linesIn = operator.log().split("\n").length - lines;
  t.diagnostic(`${triesIn} tries to reach the API server and ${linesIn} lines of log in ${shortMs} ms`);
  const backMs = await controlPlaneComes();
  const mark = await lab.audit.mark();
  await lab.cluster.apply(sampleServer("late"));
  await untilReady(lab.cluster, ["late"], 40_000);
  t.diagnostic(`a server that is applied then is Ready after ${Math.round(performance.now() - backMs)} ms`);
  await lab.untilQuiet();
  const requests = await lab.operatorRequests(mark);
  t.diagnostic(JSON.stringify(requestCounts(requests)));
  assert.equal(await isEnded(), false);
  assert.ok(triesIn <= (mostTriesPerSecond * shortMs) / 1000);
  assert.ok(linesIn <= (mostLinesPerSecond * shortMs) / 1000);
  const others = requests.filter((each) => isWrite(each) && !isUpkeep(each) && !each.name.startsWith("late"));
  assert.deepEqual(requestCounts(others.filter(({ resource }) => resource !== "events")), {});
});

test("in a longer outage it gives its leadership up, and the next process goes on", async (t) => {
  const lines = operator.log().split("\n").length;
  await controlPlaneDies();
  const ending = operator.ending();
  await wait(longMs);
  const linesIn = operator.log().split("\n").length - lines;
  const { code } = await ending;
  t.diagnostic(`${linesIn} lines of log in ${longMs} ms, the process ended with ${code}`);
  assert.ok(linesIn <= (mostLinesPerSecond * longMs) / 1000);
  assert.notEqual(code, 0);

  const backMs = await controlPlaneComes();
  operator = await lab.startOperator();
  const mark = await lab.audit.mark();
  await lab.cluster.apply(sampleServer("later"));
  await untilReady(lab.cluster, ["later", "late", ...names], 40_000);
  t.diagnostic(`a server that is applied then is Ready after ${Math.round(performance.now() - backMs)} ms`);
  await lab.untilQuiet();
  const writes = (await lab.operatorRequests(mark)).filter((each) => isWrite(each) && !isUpkeep(each));
  assert.deepEqual(
    writes.filter(({ name, resource }) => !name.startsWith("later") && resource !== "events"),
    [],
  );
});

async function controlPlaneDies(): Promise<void> {
  for (const name of ["apiserver", "etcd"]) await lab.stopProcess(name);
}

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

function isOver(promise: Promise<unknown>): () => Promise<boolean> {
  const over = promise.then(() => true);
  return async () => await Promise.race([over, Promise.resolve(false)]);
}
