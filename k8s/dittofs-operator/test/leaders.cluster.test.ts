import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { assertFigure } from "./acceptance/assert-figure.ts";
import { enterOperatedLab, type StartedOperator } from "./acceptance/operated-lab.ts";
import { sampleNames, sampleServer } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import type { AuditMark } from "./cluster/audit-log.ts";
import { type AuditedRequest, isWrite, requestCounts } from "./cluster/audited-requests.ts";
import { hangMs } from "./cluster/hang.ts";

/** PAUSE_SECONDS=60 for longer; a Lease that nobody renews ends after 15 s. */
const pauseSeconds = Number(process.env["PAUSE_SECONDS"] ?? 19);
const longestTakeoverMs = 20_000;

const lab = await enterOperatedLab();
const first = await lab.startOperator({ name: "operator-a", healthPort: 8081 });
await first.untilActing();
const second = await lab.startOperator({ name: "operator-b", healthPort: 8082 });
const third = await lab.startOperator({ name: "operator-c", healthPort: 8083 });
after(async () => {
  await Promise.all([first, second, third].map((operator) => operator.stop("SIGKILL")));
  await lab.node.stop();
});

test("of three operators one acts", async (t) => {
  const mark = await lab.audit.mark();
  await applied(sampleNames(3, "before"));
  const requests = await lab.operatorRequests(mark);
  t.diagnostic(`the leader: ${JSON.stringify(requestCounts(writesOf(first, requests)))}`);
  assert.ok(writesOf(first, requests).length >= 3 * 9);
  assert.deepEqual(requestCounts([...writesOf(second, requests), ...writesOf(third, requests)]), {});
});

test(`a leader that stood still for ${pauseSeconds} s writes nothing when it wakes, and ends`, async (t) => {
  const pausedMs = performance.now();
  first.signal("SIGSTOP");
  // Their events wait in its sockets: it would act on them first of all.
  const names = sampleNames(3, "meanwhile");
  await Promise.all(names.map((name) => lab.cluster.apply(sampleServer(name))));
  await untilReady(lab.cluster, names);
  const readyMs = performance.now() - pausedMs;
  await Promise.all(names.map((name) => lab.cluster.apply(sampleServer(name, { logging: { level: "DEBUG" } }))));
  await wait(Math.max(0, pauseSeconds * 1000 - (performance.now() - pausedMs)));
  const waking = await lab.audit.mark();
  first.signal("SIGCONT");
  const ending = await Promise.race([first.ending(), wait(hangMs, undefined, { ref: false })]);
  await wait(1000);
  await untilReady(lab.cluster, names);
  const requests = of(first, await lab.operatorRequests(waking));
  t.diagnostic(`the other's servers are Ready ${Math.round(readyMs)} ms after the pause began`);
  t.diagnostic(`woken it asks for ${JSON.stringify(requestCounts(requests))}`);
  assert.deepEqual(requestCounts(requests.filter(isWrite)), {});
  assert.equal(ending?.code, 1);
  assert.match(first.log(), /leadership/);
  assertFigure(t, "taken over", { value: readyMs, limit: longestTakeoverMs, unit: "ms" });
});

test("when the leader is killed, the other acts within 20 s", async (t) => {
  const [leader, other] = (await isActing(second)) ? [second, third] : [third, second];
  const mark = await lab.audit.mark();
  const killedMs = performance.now();
  await leader.stop("SIGKILL");
  await lab.cluster.apply(sampleServer("after"));
  await untilReady(lab.cluster, ["after"]);
  const readyMs = performance.now() - killedMs;
  t.diagnostic(`a new server is Ready ${Math.round(readyMs)} ms after the kill`);
  const requests = await lab.operatorRequests(mark);
  assert.deepEqual(requestCounts(writesOf(leader, requests)), {});
  assert.ok(writesOf(other, requests).length >= 9);
  assertFigure(t, "taken over", { value: readyMs, limit: longestTakeoverMs, unit: "ms" });

  async function isActing(operator: StartedOperator): Promise<boolean> {
    const since: AuditMark = { offset: 0 };
    return writesOf(operator, await lab.operatorRequests(since)).length > 0;
  }
});

async function applied(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => lab.cluster.apply(sampleServer(name))));
  await untilReady(lab.cluster, names);
}

function of(operator: StartedOperator, requests: readonly AuditedRequest[]): readonly AuditedRequest[] {
  return requests.filter(({ tokenId }) => tokenId === operator.tokenId());
}

/** Without those for the Lease, which everybody asks for. */
function writesOf(operator: StartedOperator, requests: readonly AuditedRequest[]): readonly AuditedRequest[] {
  return of(operator, requests).filter((request) => isWrite(request) && request.resource !== "leases");
}
