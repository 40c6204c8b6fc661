import assert from "node:assert/strict";
import { test } from "node:test";
import { keyedRunner } from "./keyed-runner.ts";

test("a key that is asked for while it runs is run once more, never twice at once, and others run beside it", async () => {
  const log: string[] = [];
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  const { ask, idle } = keyedRunner(async (key) => {
    log.push(`begin ${key}`);
    if (key === "a") await gates[runs++]?.promise;
    log.push(`end ${key}`);
  });
  for (const key of ["a", "a", "a", "b"]) ask(key);
  for (const gate of gates) {
    gate.resolve();
    await new Promise(setImmediate);
  }
  await idle();
  assert.deepEqual(log, ["begin a", "begin b", "end b", "end a", "begin a", "end a"]);
});
