import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { after, test } from "node:test";
import { adminConnection } from "./admin-connection.ts";
import { clusterClient } from "./cluster-client.ts";
import { enterLab } from "./enter-lab.ts";
import { fakeNodeLab } from "./fake-node/fake-node.ts";
import { labDirectory, runLabScript } from "./lab-script.ts";

const own = await enterLab("light", fakeNodeLab);
const abandoned = `${own.name}-a`;
const other = `${own.name}-b`;
const script = async (lab: string, name: string, owner: number, ...args: readonly string[]): Promise<void> =>
  await runLabScript(name, args, { env: { LAB: lab, LAB_OWNER: String(owner) } });

after(async () => {
  for (const lab of [abandoned, other]) await script(lab, "down.sh", process.pid);
});

test("labs run side by side with the same addresses, and one whose owner was killed is ended by the next that starts", async () => {
  const owner = spawn("sleep", ["600"]);
  await script(abandoned, "up.sh", owner.pid ?? 0, "light");
  owner.kill("SIGKILL");
  await once(owner, "exit");
  await script(other, "up.sh", process.pid, "light");
  assertNoTrace(abandoned);
  const namespaces = await own.cluster.list({ apiVersion: "v1", kind: "Namespace" });
  assert.ok(namespaces.length > 0, "a lab whose owner lives was ended");
  // This process is in the network of its own lab, so that the same address with the other's certificates is refused.
  await assert.rejects(
    clusterClient(adminConnection(labDirectory(other))).list({ apiVersion: "v1", kind: "Namespace" }),
  );
});

test("a lab of which everything was killed leaves no trace when it is ended, and the others go on", async () => {
  for (const pid of markedProcesses(other)) process.kill(pid, "SIGKILL");
  rmSync(`${labDirectory(other)}/run`, { recursive: true });
  await script(other, "down.sh", process.pid);
  assertNoTrace(other);
  assert.ok((await own.cluster.list({ apiVersion: "v1", kind: "Namespace" })).length > 0);
});

function assertNoTrace(lab: string): void {
  assert.deepEqual(markedProcesses(lab), []);
  assert.ok(!existsSync(labDirectory(lab)));
  assert.doesNotMatch(readFileSync("/proc/self/mountinfo", "utf8"), new RegExp(`${lab}/`));
  assert.deepEqual(globSync(`/sys/fs/cgroup/{,*/}dittofs-lab-${lab}`), []);
}

function markedProcesses(lab: string): number[] {
  return globSync("/proc/[0-9]*/environ")
    .filter((file) => environment(file).includes(`\0DITTOFS_LAB=${lab}/`))
    .map((file) => Number(file.split("/")[2]));
}

/** A process may end between the listing and the reading. */
function environment(file: string): string {
  try {
    return `\0${readFileSync(file, "utf8")}`;
  } catch {
    return "";
  }
}
