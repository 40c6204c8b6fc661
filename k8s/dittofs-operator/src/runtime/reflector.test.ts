import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { aReflector, aSyncedReflector, names } from "./testing/a-reflector.ts";
import { aFailure } from "./testing/fake-list-watch.ts";

describe("a reflector in good times", () => {
  test("lists, then watches from the list's version", async () => {
    const { clock, server, store, told, reflector } = aReflector((it) => it.put("a"));
    assert.equal(reflector.hasSynced(), false);
    await clock.advance(0);
    assert.deepEqual(server.requests, ["list", "watch from 2"]);
    assert.deepEqual(names(store), ["a"]);
    assert.deepEqual(told, ["+a"]);
  });

  test("reads a long list page by page", async () => {
    const { server, store } = await aSyncedReflector((it) => {
      it.pageSize = 2;
      for (const name of ["a", "b", "c", "d", "e"]) it.put(name);
    });
    assert.deepEqual(names(store), ["a", "b", "c", "d", "e"]);
    server.cut(aFailure("expired"));
  });

  test("follows what happens", async () => {
    const { clock, server, store, told } = await aSyncedReflector();
    server.put("a");
    server.put("a");
    server.put("b");
    server.delete("a");
    await clock.advance(0);
    assert.deepEqual(told, ["+a", "~a", "+b", "-a"]);
    assert.deepEqual(names(store), ["b"]);
  });

  test("sends nothing but its watch while all is quiet", async () => {
    const { clock, server } = await aSyncedReflector();
    for (let minute = 0; minute < 7; minute++) {
      server.bookmark();
      await clock.advance(60_000);
    }
    assert.deepEqual(server.requests, []);
  });

  test("takes ten thousand events in one burst, each once (defect 15)", async () => {
    const { clock, server, store, told } = await aSyncedReflector();
    for (let round = 0; round < 10_000; round++) server.put(`object-${round % 100}`);
    await clock.advance(0);
    assert.equal(told.length, 10_000);
    assert.equal(store.size, 100);
  });
});

describe("a reflector whose watch ends (defect 1)", () => {
  test("an end by the server: it goes on at once from where it was", async () => {
    const { clock, server, log } = await aSyncedReflector();
    server.put("a");
    await clock.advance(0);
    server.cut();
    await clock.advance(0);
    assert.deepEqual(server.requests, ["watch from 2"]);
    assert.deepEqual(log.notable, []);
  });

  test("a bookmark counts as a place to go on from", async () => {
    const { clock, server } = await aSyncedReflector();
    server.bookmark();
    await clock.advance(0);
    server.cut();
    await clock.advance(0);
    assert.deepEqual(server.requests, ["watch from 2"]);
  });

  test("an end within a second and without a word is a failure: it waits", async () => {
    const { clock, server } = await aSyncedReflector();
    server.cut();
    await clock.advance(10);
    server.cut();
    await clock.advance(700);
    assert.deepEqual(server.requests, ["watch from 1"]);
    await clock.advance(100);
    assert.deepEqual(server.requests, ["watch from 1", "watch from 1"]);
  });

  test("a broken connection: it waits, goes on from where it was and says so", async () => {
    const { clock, server, told, log } = await aSyncedReflector();
    server.cut(aFailure("unreachable"));
    server.put("a");
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["watch from 1"]);
    assert.deepEqual(told, ["+a"]);
    assert.deepEqual(log.notable, ["warn: not up to date, trying again", "info: up to date again"]);
  });

  test("a connection gone silent: after three minutes it lists anew", async () => {
    const { clock, server, store, reflector } = await aSyncedReflector();
    for (const stream of server.watches) stream.isDeaf = true;
    server.put("a");
    await clock.advance(177_000);
    assert.deepEqual(server.requests, []);
    assert.equal(clock.monotonicMs() - (reflector.lastContactMs() ?? 0), 179_000);
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["list", "watch from 2"]);
    assert.deepEqual(names(store), ["a"]);
    assert.equal(server.watches.length, 1);
  });

  test("a watch that outlives its time is replaced, although it still speaks", async () => {
    const { clock, server } = await aSyncedReflector();
    for (let second = 2; second < 455; second += 1) {
      for (const stream of server.watches) stream.push({ type: "bookmark", resourceVersion: "1" });
      await clock.advance(1_000);
    }
    assert.deepEqual(server.requests, ["watch from 1"]);
  });

  test("a process that was stopped for an hour lists anew", async () => {
    const { clock, server, store } = await aSyncedReflector((it) => it.put("a"));
    server.compact();
    for (const stream of server.watches) stream.isDeaf = true;
    server.delete("a");
    clock.stall(3_600_000);
    await clock.advance(2_000);
    assert.deepEqual(names(store), []);
  });
});

describe("a reflector that missed something (defect 3)", () => {
  test("an object deleted and one replaced meanwhile: ends first, each once", async () => {
    const { clock, server, told } = await aSyncedReflector((it) => {
      it.put("deleted");
      it.put("kept");
      it.put("replaced", { uid: "first" });
    });
    server.cut(aFailure("expired"));
    server.delete("deleted");
    server.delete("replaced");
    server.put("replaced", { uid: "second" });
    server.put("created");
    await clock.advance(2_000);
    assert.deepEqual(told, ["-deleted", "-replaced", "+replaced", "+created"]);
  });
});

describe("a reflector that is stopped", () => {
  test("in a watch: it closes it and does nothing more", async () => {
    const { clock, server, reflector } = await aSyncedReflector();
    await reflector.stop();
    assert.equal(server.watches.length, 0);
    assert.equal(clock.timerCount, 0);
    await clock.advance(3_600_000);
    assert.deepEqual(server.requests, []);
  });

  test("in a pause: it ends at once", async () => {
    const { clock, server, reflector } = aReflector((it) => it.listFaults.push(aFailure("unreachable")));
    await clock.advance(100);
    await reflector.stop();
    assert.equal(clock.timerCount, 0);
    assert.deepEqual(server.requests, ["list"]);
  });

  test("in a list: it opens no watch and says nothing more", async () => {
    const { server, reflector, told, log } = aReflector((it) => it.put("a"));
    await reflector.stop();
    assert.deepEqual(told, []);
    assert.deepEqual(log.notable, []);
    assert.deepEqual(server.requests, ["list"]);
  });

  test("nothing grows over ten thousand reconnects (defect 12)", async () => {
    const { clock, server, reflector } = await aSyncedReflector();
    const timers = clock.timerCount;
    for (let round = 0; round < 10_000; round++) {
      server.streams.splice(0, server.streams.length - 1);
      server.bookmark();
      await clock.advance(0);
      server.cut();
      await clock.advance(0);
    }
    await clock.advance(1_000);
    assert.equal(server.watches.length, 1);
    assert.equal(clock.timerCount, timers);
    await reflector.stop();
  });
});
