import assert from "node:assert/strict";
import { test } from "node:test";
import { anElection } from "./testing/an-election.ts";
import { GOOD_WAY } from "./testing/lease-server.ts";

const SILENCE = { ...GOOD_WAY, loses: "requests" } as const;

test("the first of two leads at once, the other waits as long as the leader renews", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  const second = started("second");
  await clock.advance(3_600_000);
  assert.deepEqual(first.told, ["leading at 4"]);
  assert.deepEqual(second.told, []);
  assert.deepEqual(server.holders, ["first"]);
  assert.ok(first.election.isHeld());
  assert.ok(!second.election.isHeld());
});

test("the Lease says who, since when, for how long, and how often it changed hands, with six digits of a second", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(5_000);
  assert.deepEqual(server.spec(), {
    holderIdentity: "first",
    leaseDurationSeconds: 15,
    acquireTime: "2026-01-01T00:00:00.002000Z",
    renewTime: "2026-01-01T00:00:04.406000Z",
    leaseTransitions: 0,
  });
  first.process.isDead = true;
  started("second");
  await clock.advance(30_000);
  assert.equal(server.spec()["holderIdentity"], "second");
  assert.equal(server.spec()["leaseTransitions"], 1);
});

test("a quiet leader sends one request per renewal", async () => {
  const { clock, server, started } = anElection();
  started("first");
  await clock.advance(1_000);
  server.requests.length = 0;
  await clock.advance(22_000);
  assert.deepEqual(new Set(server.requests), new Set(["replace"]));
  assert.equal(server.requests.length, 10);
});

for (const crashAfterMs of [2_300, 3_000, 3_700, 4_300, 4_405, 9_999]) {
  test(`a leader killed after ${crashAfterMs} ms is followed by the other within 20 s, and not before its Lease is old`, async () => {
    for (const fraction of [0, 0.5, 0.999]) {
      const { clock, started } = anElection(() => fraction);
      const first = started("first");
      await clock.advance(500);
      const second = started("second");
      await clock.advance(crashAfterMs - 500);
      first.process.isDead = true;
      await clock.advance(20_000);
      const leadsAtMs = Number(second.told[0]?.replace("leading at ", ""));
      assert.ok(leadsAtMs <= crashAfterMs + 20_000, `leads at ${leadsAtMs}`);
      assert.ok(leadsAtMs >= crashAfterMs - 2_500 + 15_000, `leads at ${leadsAtMs}`);
    }
  });
}

test("a paused leader believes nothing when it wakes: it has lost before its first timer or answer runs", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  const second = started("second");
  await clock.advance(10_000);
  first.process.stop();
  await clock.advance(60_000);
  assert.deepEqual(second.told.length, 1);
  first.process.wake(() => {
    assert.ok(!first.election.isHeld());
    assert.ok(first.election.signal.aborted, "passes are told at the same time");
  });
  await clock.advance(60_000);
  assert.deepEqual(first.told, ["leading at 4", "lost at 70000"]);
  assert.deepEqual(server.holders, ["first", "second"], "it wrote nothing after it woke");
});

test("a leader whose machine slept has lost when it wakes, although its monotonic clock stood still", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(10_000);
  const beforeMs = first.process.monotonicMs();
  first.process.suspend();
  await clock.advance(60_000);
  first.process.wake(() => assert.ok(!first.election.isHeld()));
  assert.equal(first.process.monotonicMs(), beforeMs);
  assert.equal(first.told.length, 2);
});

test("a leader whose machine was held, so that its uptime says nothing either, has lost when it goes on", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(10_000);
  const beforeMs = first.process.uptimeMs();
  first.process.hold();
  await clock.advance(60_000);
  first.process.wake(() => assert.ok(!first.election.isHeld()));
  assert.equal(first.process.uptimeMs(), beforeMs);
});

test("a short pause costs nothing", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(10_000);
  first.process.stop();
  await clock.advance(7_000);
  first.process.wake(() => assert.ok(first.election.isHeld()));
  await clock.advance(60_000);
  assert.ok(first.election.isHeld());
});

test("a date that is set back or ahead by an hour on the candidate, or back on the leader, changes nothing", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  const second = started("second");
  await clock.advance(10_000);
  second.process.jumpWall(3_600_000);
  await clock.advance(20_000);
  second.process.jumpWall(-7_200_000);
  first.process.jumpWall(-3_600_000);
  await clock.advance(60_000);
  assert.deepEqual(server.holders, ["first"]);
  assert.ok(first.election.isHeld());
});

test("a date that jumps ahead on the leader looks like a sleep: it gives way", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(10_000);
  first.process.jumpWall(3_600_000);
  assert.ok(!first.election.isHeld());
  assert.equal(first.told.at(-1), "lost at 10000");
});

test("a date that is set back does not make leadership longer", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.way = SILENCE;
  first.process.jumpWall(-3_600_000);
  await clock.advance(30_000);
  assert.deepEqual(first.told, ["leading at 4", "lost at 10002"]);
});

test("a renewal that hangs does not keep a leader leading: it has lost 10 s after its last renewal was sent", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.way = SILENCE;
  await clock.advance(30_000);
  assert.deepEqual(first.told, ["leading at 4", "lost at 10002"]);
});

test("a renewal counts from when it was sent, not from when its answer came", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.way = { requestMs: 10, answerMs: 3_000, loses: "nothing" };
  await clock.advance(4_500);
  first.way = SILENCE;
  await clock.advance(30_000);
  assert.equal(first.told.at(-1), "lost at 12204", "10 s after 2,204, although the answer came at 5,214");
});

test("a leader goes on through refused and failing calls of less than the deadline, and says it once", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  server.isDown = true;
  await clock.advance(6_000);
  server.isDown = false;
  await clock.advance(60_000);
  assert.ok(first.election.isHeld());
  assert.deepEqual(first.log.notable.slice(2), ["warn: the Lease call failed, trying again"]);
});

test("a conflict is looked into, not taken for a loss: somebody else's edit keeps the leader and its labels", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  server.edit((lease) => ({ ...lease, metadata: { ...lease.metadata, labels: { team: "storage" } }, extra: 1 }));
  await clock.advance(5_000);
  assert.ok(first.election.isHeld());
  assert.deepEqual(server.lease?.metadata.labels, { team: "storage" });
  assert.equal(server.lease?.["extra"], 1);
  assert.equal(server.spec()["renewTime"], "2026-01-01T00:00:04.410000Z");
  assert.equal(server.spec()["acquireTime"], "2026-01-01T00:00:00.002000Z");
});

test("a leader that finds another holder has lost at once, long before its deadline", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  server.edit((lease) => ({ ...lease, spec: { ...server.spec(), holderIdentity: "usurper" } }));
  await clock.advance(2_500);
  assert.match(first.told.at(-1) ?? "", /^lost at 22/);
});

test("a leader whose Lease is deleted makes it again", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  server.remove();
  await clock.advance(10_000);
  assert.ok(first.election.isHeld());
  assert.equal(server.spec()["holderIdentity"], "first");
});

test("an acquisition whose answer was lost is found at the next look", async () => {
  const { clock, server, candidate } = anElection();
  const first = candidate("first");
  first.way = { ...GOOD_WAY, loses: "answers" };
  server.isDown = false;
  first.election.start();
  await clock.advance(5_000);
  first.way = GOOD_WAY;
  await clock.advance(15_000);
  assert.ok(first.election.isHeld());
  assert.deepEqual(server.holders, ["first"]);
});

test("a candidate that was paused between claim and answer does not lead on that claim", async () => {
  const { clock, server, candidate } = anElection();
  const first = candidate("first");
  first.election.start();
  await clock.advance(3);
  assert.deepEqual(server.holders, ["first"], "the claim has arrived");
  first.process.stop();
  await clock.advance(11_000);
  first.process.wake(() => assert.ok(!first.election.isHeld()));
  await clock.advance(1);
  assert.ok(!first.election.isHeld());
  await clock.advance(10_000);
  assert.ok(first.election.isHeld(), "it leads on the next one");
});

test("a candidate whose date jumps during its claim leads on the next one", async () => {
  const { clock, started } = anElection();
  const first = started("first");
  await clock.advance(3);
  first.process.jumpWall(3_600_000);
  await clock.advance(1);
  assert.deepEqual(first.told, []);
  await clock.advance(5_000);
  assert.equal(first.told.length, 1);
  assert.ok(first.election.isHeld());
});

test("the holder's own duration counts, not the candidate's", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.process.isDead = true;
  server.edit((lease) => ({ ...lease, spec: { ...server.spec(), leaseDurationSeconds: 60 } }));
  const second = started("second");
  await clock.advance(60_000);
  assert.deepEqual(second.told, []);
  await clock.advance(5_000);
  assert.equal(second.told.length, 1);
});

test("a Lease with nonsense in its spec is waited for and then taken, with the fields that nobody knows kept", async () => {
  const { clock, server, started } = anElection();
  const first = started("first");
  await clock.advance(1_000);
  first.process.isDead = true;
  const spec = {
    holderIdentity: "odd",
    leaseDurationSeconds: -1,
    renewTime: 5,
    leaseTransitions: "many",
    strategy: "x",
  };
  server.edit((lease) => ({ ...lease, spec }));
  const second = started("second");
  await clock.advance(14_000);
  assert.deepEqual(second.told, []);
  await clock.advance(5_000);
  assert.ok(second.election.isHeld());
  assert.equal(server.spec()["leaseTransitions"], 1);
  assert.equal(server.spec()["strategy"], "x");
});

test("an API that is away makes one line in the log, not one per try, and its return is told once", async () => {
  const { clock, server, started } = anElection();
  server.isDown = true;
  const first = started("first");
  await clock.advance(600_000);
  assert.deepEqual(first.log.notable, ["warn: the Lease call failed, trying again"]);
  server.isDown = false;
  await clock.advance(50_000);
  assert.ok(first.election.isHeld());
  assert.equal(first.recovered.length, 1);
});
