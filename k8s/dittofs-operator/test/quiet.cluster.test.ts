import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { sampleNames, sampleServer } from "./acceptance/sample-server.ts";
import { untilReady } from "./acceptance/until-ready.ts";
import { isUpkeep, requestCounts } from "./cluster/audited-requests.ts";

/** QUIET_SECONDS=300 watches for longer, at the polling interval that users get. */
const quietSeconds = Number(process.env["QUIET_SECONDS"] ?? 10);
const spec = process.env["QUIET_SECONDS"] === undefined ? { adapterDiscovery: { pollingInterval: "2s" } } : {};
const count = 20;

const lab = await enterOperatedLab();
let operator = await lab.startOperator();
after(async () => {
  await operator.stop();
  await lab.node.stop();
});

for (const names of [sampleNames(1), sampleNames(count)]) {
  test(`a quiet cluster of ${names.length} costs no request`, async (t) => {
    for (const name of names) await lab.cluster.apply(sampleServer(name, spec));
    await untilReady(lab.cluster, names);
    await lab.untilQuiet();
    const polls = polled(names);
    const cpuMs = operator.usage().cpuMs;
    const mark = await lab.audit.mark();
    await wait(quietSeconds * 1000);
    const requests = await lab.operatorRequests(mark);
    t.diagnostic(`${quietSeconds} s: ${JSON.stringify(requestCounts(requests))} at the API server`);
    t.diagnostic(`${polled(names) - polls} at the file servers, ${operator.usage().cpuMs - cpuMs} ms of CPU`);
    t.diagnostic(`${mebibytes(operator.usage().residentBytes)} MiB resident`);
    assert.deepEqual(requestCounts(requests.filter((request) => !isUpkeep(request))), {});
    assert.ok(polled(names) - polls >= names.length, "no look at the file servers fell into the time");
    if (names.length === 1) assert.ok(operator.usage().residentBytes < 75 * 1024 ** 2, "it takes too much memory");
  });
}

test(`an operator that starts with ${count} servers lists, watches, reads each password once, and writes nothing`, async (t) => {
  const mark = await lab.audit.mark();
  await operator.stop();
  operator = await lab.startOperator();
  const polls = polled(sampleNames(count));
  while (polled(sampleNames(count)) < polls + count) await wait(20);
  await lab.untilQuiet();
  const requests = await lab.operatorRequests(mark);
  t.diagnostic(JSON.stringify(requestCounts(requests)));
  const reads = requestCounts(requests.filter((each) => !isUpkeep(each) && each.verb !== "list"));
  assert.deepEqual(reads, { "get /apis/security.openshift.io": 1, "get secrets": count });
});

function polled(names: readonly string[]): number {
  const lengths = names.map((name) => lab.node.double("default", name)?.requests.length ?? 0);
  return lengths.reduce((sum, length) => sum + length, 0);
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(1);
}
