import assert from "node:assert/strict";
import { test } from "node:test";
import { anElection } from "./testing/an-election.ts";

test("a release lets the other lead within seconds, and the one that released writes nothing after it", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  const second = started("second");
  await clock.advance(10_000);
  const released = first.election.release();
  assert.ok(!first.election.isHeld(), "from the first moment");
  assert.ok(first.election.signal.aborted);
  await clock.advance(2_500);
  await released;
  assert.ok(second.election.isHeld());
  assert.deepEqual(server.holders, ["first", "", "second"]);
  assert.deepEqual(first.told, ["leading at 4"], "it did not lose, it gave");
  await clock.advance(60_000);
  assert.deepEqual(server.holders, ["first", "", "second"]);
});

test("a release that comes during a renewal still frees the Lease", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.way = { requestMs: 5, answerMs: 50, loses: "nothing" };
  await clock.advance(1_205);
  const released = first.election.release();
  await clock.advance(10_000);
  await released;
  assert.deepEqual(server.holders, ["first", ""]);
});

test("a renewal that arrives in the middle of the release does not undo it", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.way = { requestMs: 30, answerMs: 1, loses: "nothing" };
  await clock.advance(1_205);
  first.way = { requestMs: 5, answerMs: 50, loses: "nothing" };
  const released = first.election.release();
  await clock.advance(10_000);
  await released;
  assert.deepEqual(server.requests.slice(-5), ["get", "replace", "replace", "get", "replace"]);
  assert.deepEqual(server.holders, ["first", ""]);
});

test("a process that cannot prove that it is idle leaves its Lease to grow old", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  await first.election.abandon();
  await clock.advance(10_000);
  assert.deepEqual(server.holders, ["first"]);
  assert.ok(!first.election.isHeld());
});

test("a candidate that stops asks for nothing more, and leaves no timer", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  const second = started("second");
  await clock.advance(1_000);
  await second.election.release();
  await first.election.abandon();
  await clock.advance(5_000);
  server.requests.length = 0;
  await clock.advance(60_000);
  assert.deepEqual(server.requests, []);
  assert.equal(clock.timerCount, 0);
});
