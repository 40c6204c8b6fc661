import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "../runtime/manual-clock.ts";
import { accepts } from "./accepts.ts";
import { loopbackServer } from "./testing/loopback-server.ts";

test("says whether a port accepts connections", { timeout: 10_000 }, async () => {
  const server = await loopbackServer(() => undefined);
  const clock = new ManualClock();
  const { host, port } = server.target;
  const { signal } = new AbortController();
  assert.equal(await accepts(clock, { host, port }, signal), true);
  await server.close();
  assert.equal(await accepts(clock, { host, port }, signal), false);
  assert.equal(await accepts(clock, { host, port }, AbortSignal.abort()), false);
  assert.equal(clock.timerCount, 0, "no timer is left");
});
