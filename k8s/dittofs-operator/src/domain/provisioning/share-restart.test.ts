import assert from "node:assert/strict";
import { test } from "node:test";
import { type ShareRestartInputs, shareRestart } from "./share-restart.ts";

const rows: readonly {
  readonly name: string;
  readonly inputs: Partial<ShareRestartInputs>;
  readonly asked: ShareRestartInputs["before"];
  readonly isAsking: boolean;
  readonly waiting?: readonly string[];
}[] = [
  { name: "shares as they were loaded ask for nothing", inputs: { outdated: [] }, asked: undefined, isAsking: false },
  { name: "the first restart is asked for", inputs: {}, asked: { process: "p1", generation: 3 }, isAsking: true },
  {
    name: "it is asked for until the process has ended",
    inputs: { before: { process: "p1", generation: 3 } },
    asked: { process: "p1", generation: 3 },
    isAsking: true,
  },
  {
    name: "a process that starts and still has not loaded them is not ended again",
    inputs: { process: "p2", before: { process: "p1", generation: 3 } },
    asked: { process: "p1", generation: 3 },
    isAsking: false,
    waiting: ["/a"],
  },
  {
    name: "a later spec may ask for another restart",
    inputs: { process: "p2", generation: 4, before: { process: "p1", generation: 3 } },
    asked: { process: "p2", generation: 4 },
    isAsking: true,
  },
  {
    name: "a spec that changes while the process is about to end asks for no second restart of it",
    inputs: { generation: 4, before: { process: "p1", generation: 3 } },
    asked: { process: "p1", generation: 3 },
    isAsking: true,
  },
  {
    name: "what was asked for is remembered when all is well",
    inputs: { outdated: [], process: "p2", before: { process: "p1", generation: 3 } },
    asked: { process: "p1", generation: 3 },
    isAsking: false,
  },
];

for (const { name, inputs, asked, isAsking, waiting = [] } of rows) {
  test(name, () => {
    const given = { outdated: ["/a"], process: "p1", generation: 3, before: undefined, ...inputs };
    const decision = shareRestart(given);
    assert.deepEqual(decision.asked, asked);
    assert.equal(decision.outdated !== undefined, isAsking);
    assert.deepEqual(decision.waiting, waiting);
  });
}

test("of many shares some are named", () => {
  const outdated = ["/a", "/b", "/c", "/d", "/e", "/f", "/g"];
  const { outdated: because } = shareRestart({ outdated, process: "p", generation: 1, before: undefined });
  assert.match(because ?? "", /^settings of share \/a, \/b, \/c, \/d, \/e and 2 more changed/);
});
