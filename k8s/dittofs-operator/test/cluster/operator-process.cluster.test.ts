import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { requestCounts } from "./audited-requests.ts";
import { enterLab } from "./enter-lab.ts";
import { fakeNodeLab } from "./fake-node/fake-node.ts";
import { hangMs } from "./hang.ts";
import { installRights, operatorUser } from "./install-operator.ts";
import { startOperator } from "./operator-process.ts";

const lab = await enterLab("light", fakeNodeLab);
await installRights(lab.cluster);

/** Reads the files and asks the API as a program in a pod would, for a thing that is granted and one that is not. */
const inPod = `
const { readFileSync } = require("node:fs");
const { get } = require("node:https");
const read = (name) => readFileSync("/var/run/secrets/kubernetes.io/serviceaccount/" + name, "utf8");
const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
const status = (path) => new Promise((resolve) => get(
  { host, port, path, ca: read("ca.crt"), agent: false, headers: { authorization: "Bearer " + read("token") } },
  (response) => resolve(response.resume().statusCode)));
(async () => {
  const granted = await status("/apis/dittofs.dittofs.com/v1alpha1/dittoservers");
  const notGranted = await status("/api/v1/nodes");
  console.log(JSON.stringify({ namespace: read("namespace"), host: require("node:os").hostname(), granted, notGranted }));
})();
setInterval(() => {}, 1000);
process.on("SIGTERM", () => process.exit(7));
`;
const program = { command: [process.execPath, "-e", inPod] };

async function firstLine(log: () => string): Promise<unknown> {
  const deadline = Date.now() + hangMs;
  while (!log().includes("\n") && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
  return JSON.parse(log()) as unknown;
}

/** A signal reaches a process that runs on another core a moment after it was sent. */
async function stopped(pid: number): Promise<void> {
  const deadline = Date.now() + hangMs;
  while (!/\) T /.test(readFileSync(`/proc/${pid}/stat`, "utf8")) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

test("a program runs as the operator's service account, with its rights and no others", async () => {
  const before = await lab.audit.mark();
  const operator = await startOperator(lab, { ...program, name: "operator-a" });
  const seen = { namespace: "dittofs-system", host: "operator-a", granted: 200, notGranted: 403 };
  assert.deepEqual(await firstLine(operator.log), seen);
  const requests = await lab.audit.requests(before, await lab.audit.mark());
  assert.deepEqual(requestCounts(requests.filter(({ user }) => user === operatorUser)), {
    "list dittoservers": 1,
    "list nodes": 1,
  });
  assert.deepEqual(await operator.stop(), { code: 7, signal: null });
});

test("the mounts of its container are seen by nobody else", () => {
  assert.doesNotMatch(readFileSync("/proc/self/mountinfo", "utf8"), /dittofs-labs\S* \S*\/secrets\/kubernetes\.io/);
});

test("it can be paused, which costs it no CPU, go on, and be killed", async () => {
  const operator = await startOperator(lab, { ...program, name: "operator-b" });
  await firstLine(operator.log);
  operator.signal("SIGSTOP");
  await stopped(operator.pid);
  const { cpuMs, residentBytes } = operator.usage();
  assert.ok(residentBytes > 10_000_000);
  await operator.renewToken();
  assert.equal(operator.usage().cpuMs, cpuMs);
  operator.signal("SIGCONT");
  assert.deepEqual(await operator.stop("SIGKILL"), { code: null, signal: "SIGKILL" });
});

test("started again under its name, it has a log of its own", async () => {
  const operator = await startOperator(lab, { ...program, name: "operator-a" });
  await firstLine(operator.log);
  await operator.stop();
});
