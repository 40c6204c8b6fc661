import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aSyncedReflector } from "./testing/a-reflector.ts";
import { aFailure } from "./testing/fake-list-watch.ts";

/** A reflector whose watch broke and has failed for so many tries that it waits for half a minute. */
async function aTiredReflector() {
  const all = await aSyncedReflector();
  for (let count = 0; count < 7; count++) all.server.watchFaults.push(aFailure("unreachable"));
  all.server.cut(aFailure("unreachable"));
  await all.clock.advance(800 + 1_600 + 3_200 + 6_400 + 12_800 + 25_600);
  all.server.requests.length = 0;
  return all;
}

describe("a reflector among others of one API server", () => {
  test("that waits for half a minute tries within a second when another gets through", async () => {
    const { clock, server, recovery } = await aTiredReflector();
    server.watchFaults.length = 0;
    await clock.advance(5_000);
    assert.deepEqual(server.requests, []);
    recovery.announce();
    await clock.advance(400);
    assert.deepEqual(server.requests, ["watch from 1"]);
  });

  test("that is turned away by a server that has just returned begins with short waits", async () => {
    const { clock, server, recovery } = await aTiredReflector();
    server.watchFaults.splice(0, 7, aFailure("forbidden", 403), aFailure("forbidden", 403));
    await clock.advance(5_000);
    recovery.announce();
    await clock.advance(400 + 800 + 1_600);
    assert.deepEqual(server.requests, ["watch from 1", "watch from 1", "watch from 1"]);
    assert.equal(server.watchFaults.length, 0);
  });

  test("that was told how long to wait waits as long", async () => {
    const { clock, server, recovery } = await aSyncedReflector();
    server.watchFaults.push(aFailure("tooManyRequests", 429, 7_000));
    server.cut();
    await clock.advance(1_000);
    recovery.announce();
    await clock.advance(5_999);
    assert.equal(server.requests.length, 1);
    await clock.advance(1);
    assert.equal(server.requests.length, 2);
  });

  const rows = [
    { what: "a watch that gets through after one that failed", fails: ["unreachable"], tells: 1 },
    { what: "a list that gets through after one that failed", fails: ["expired", "list unreachable"], tells: 1 },
    { what: "a watch that ended as a watch ends", fails: [], tells: 0 },
  ] as const;
  for (const { what, fails, tells } of rows) {
    test(`tells the others ${tells} times: ${what}`, async (t) => {
      const { clock, server, recovery } = await aSyncedReflector();
      const announce = t.mock.method(recovery, "announce");
      for (const fault of fails) {
        if (fault === "list unreachable") server.listFaults.push(aFailure("unreachable"));
        else server.watchFaults.push(aFailure(fault));
      }
      server.cut();
      await clock.advance(20_000);
      assert.equal(announce.mock.callCount(), tells);
    });
  }

  test("that fails for ever tells nobody", async (t) => {
    const { clock, server, recovery } = await aTiredReflector();
    const announce = t.mock.method(recovery, "announce");
    for (let count = 0; count < 50; count++) server.watchFaults.push(aFailure("serverError", 500));
    await clock.advance(300_000);
    assert.ok(server.requests.length >= 9);
    assert.equal(announce.mock.callCount(), 0);
  });
});
