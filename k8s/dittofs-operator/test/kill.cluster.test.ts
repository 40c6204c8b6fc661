import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { type EndState, endStates } from "./acceptance/end-states.ts";
import { enterOperatedLab } from "./acceptance/operated-lab.ts";
import { sampleNames, sampleServer, serverRef } from "./acceptance/sample-server.ts";
import { seededRandom } from "./acceptance/seeded-random.ts";
import { hangMs } from "./cluster/hang.ts";

/** Each kill meets ten servers at ten moments of their own; KILLS=50 for more. */
const kills = Number(process.env["KILLS"] ?? 5);
const seed = Number(process.env["SEED"] ?? randomInt(2 ** 31));
const names = sampleNames(10, "killed");
const longestOffsetMs = 400;
const longestKillMs = 700;

const lab = await enterOperatedLab();
// The Lease of a killed leader would take 15 s each time; who takes over is proved elsewhere.
const start = async () => await lab.startOperator({ args: ["--leader-election", "off"] });
let operator = await start();
const end = new AbortController();
const credentials = followCredentials(end.signal);
after(async () => {
  end.abort();
  await operator.stop();
  await lab.node.stop();
});

const steps = [
  { what: "create", take: async (name: string) => void (await lab.cluster.apply(sampleServer(name))) },
  { what: "change", take: async (name: string) => void (await lab.cluster.apply(sampleServer(name, changed))) },
  { what: "delete", take: async (name: string) => await lab.cluster.delete(serverRef(name)) },
] as const;
/** A restart, an object of the server's, and a child that goes. */
const changed = {
  logging: { level: "DEBUG" },
  shares: [{ name: "/export", defaultPermission: "read" }],
  smb: { enabled: false },
};
type Step = (typeof steps)[number];

test(`killed at ${kills * names.length} moments of creation, change and deletion, it ends in the same state`, async (t) => {
  await operator.untilActing();
  const wanted = await undisturbed();
  const random = seededRandom(seed);
  const moments: number[] = [];
  const next = new Map<string, number>();
  for (const [index, name] of names.entries()) next.set(name, await begun(name, index % steps.length, wanted));
  for (let kill = 0; kill < kills; kill += 1) {
    const due = new Map(names.map((name) => [name, stepAt(next.get(name) ?? 0)]));
    const offsets = names.map(() => random() * longestOffsetMs);
    const killMs = random() * longestKillMs;
    moments.push(Math.round(killMs));
    await Promise.all([
      ...names.map(async (name, index) => {
        await wait(offsets[index]);
        await due.get(name)?.take(name);
      }),
      killAfter(killMs),
    ]);
    await untilState(due, wanted);
    for (const name of names) next.set(name, (next.get(name) ?? 0) + 1);
  }
  t.diagnostic(`SEED=${seed}; killed after ${moments.join(", ")} ms`);
  t.diagnostic(`${credentials.secrets.size} credentials, ${credentials.changes.length} of them changed`);
  assert.deepEqual(credentials.changes, []);
  assert.ok(credentials.secrets.size >= 2 * names.length);
  await lab.untilQuiet();
});

function stepAt(index: number): Step {
  return steps[index % steps.length] as Step; // the index is within
}

/** The garbage collector begins when the server is gone. */
const collectedLast = { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "calm-config" };

/** The states after each step when nobody disturbs. */
async function undisturbed(): Promise<ReadonlyMap<Step, EndState>> {
  const wanted = new Map<Step, EndState>();
  for (const step of steps) {
    await step.take("calm");
    if (step.what === "delete") await lab.cluster.untilGone(collectedLast);
    await lab.untilQuiet();
    wanted.set(step, (await endStates(lab, ["calm"])).get("calm") ?? {});
  }
  return wanted;
}

/** Brings a new server to where it has made so many steps, undisturbed. */
async function begun(name: string, count: number, wanted: ReadonlyMap<Step, EndState>): Promise<number> {
  for (const step of steps.slice(0, count)) {
    await step.take(name);
    await untilState(new Map([[name, step]]), wanted);
  }
  return count;
}

async function killAfter(afterMs: number): Promise<void> {
  await wait(afterMs);
  await operator.stop("SIGKILL");
  operator = await start();
}

async function untilState(due: ReadonlyMap<string, Step>, wanted: ReadonlyMap<Step, EndState>): Promise<void> {
  const deadlineMs = Date.now() + hangMs;
  for (;;) {
    const states = await endStates(lab, [...due.keys()]);
    const wrong = [...due].find(([name, step]) => !isSame(states.get(name), wanted.get(step)));
    if (wrong === undefined) return;
    const [name, step] = wrong;
    if (Date.now() > deadlineMs)
      assert.deepEqual(states.get(name), wanted.get(step), `${name} after ${step.what}, SEED=${seed}`);
    await wait(100);
  }
}

function isSame(state: EndState | undefined, wanted: EndState | undefined): boolean {
  try {
    assert.deepEqual(state, wanted);
    return true;
  } catch {
    return false;
  }
}

/** Remembers every generated credential from its first sight on. */
function followCredentials(signal: AbortSignal) {
  const secrets = new Map<string, string>();
  const changes: string[] = [];
  const follow = async (): Promise<void> => {
    for await (const event of lab.cluster.events({ apiVersion: "v1", kind: "Secret" }, signal)) {
      if (event.type === "synced" || event.object.metadata.labels?.["instance"] === undefined) continue;
      const { name } = event.object.metadata;
      const data = JSON.stringify(event.object["data"]);
      if (secrets.has(name) && secrets.get(name) !== data) changes.push(name);
      if (event.type === "gone") changes.push(`${name} is gone`);
      secrets.set(name, data);
    }
  };
  void follow();
  return { secrets, changes };
}
