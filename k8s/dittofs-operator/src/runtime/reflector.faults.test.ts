import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ApiFailure } from "./kubernetes-api.ts";
import { aReflector, aSyncedReflector, names } from "./testing/a-reflector.ts";
import { aFailure } from "./testing/fake-list-watch.ts";

describe("a reflector whose version is too old", () => {
  test("410 instead of a watch: it lists anew", async () => {
    const { clock, server, told } = await aSyncedReflector((it) => it.put("a"));
    server.watchFaults.push(aFailure("expired", 410));
    server.cut();
    server.delete("a");
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["watch from 2", "list", "watch from 3"]);
    assert.deepEqual(told, ["-a"]);
  });

  test("410 within the watch: it lists anew, and that is no trouble to speak of", async () => {
    const { clock, server, told, log } = await aSyncedReflector((it) => it.put("a"));
    server.cut();
    server.put("b");
    server.compact();
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["watch from 2", "list", "watch from 3"]);
    assert.deepEqual(told, ["+b"]);
    assert.deepEqual(log.notable, []);
  });

  test("a continue token that expired within a list: it begins the list again", async () => {
    const { clock, server, store } = aReflector((it) => {
      it.pageSize = 1;
      for (const name of ["a", "b"]) it.put(name);
      let pages = 0;
      it.beforePage = () => {
        if (++pages === 2) it.listFaults.push(aFailure("expired", 410));
      };
    });
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["list", "list (page 2)", "list", "list (page 2)", "watch from 3"]);
    assert.deepEqual(names(store), ["a", "b"]);
  });
});

describe("a reflector that cannot list (defect 2)", () => {
  test("tries for ever, with waits that double up to half a minute", async () => {
    const { clock, server, reflector } = aReflector((it) => {
      for (let count = 0; count < 1_000; count++) it.listFaults.push(aFailure("serverError", 500));
    });
    await clock.advance(0.8 * 1_000 * 31);
    assert.equal(server.requests.length, 6);
    await clock.advance(3_600_000);
    assert.equal(server.requests.length, 6 + 120);
    server.listFaults.length = 0;
    await clock.advance(30_000);
    assert.equal(reflector.hasSynced(), true);
  });

  test("a later list that fails keeps what is known", async () => {
    const { clock, server, store, told, reflector } = await aSyncedReflector((it) => it.put("a"));
    server.listFaults.push(aFailure("unreachable"), aFailure("timeout"));
    server.cut(aFailure("expired"));
    await clock.advance(3_000);
    assert.deepEqual(names(store), ["a"]);
    assert.equal(reflector.hasSynced(), true);
    assert.equal(reflector.trouble()?.verb, "list");
    await clock.advance(10_000);
    assert.equal(reflector.trouble(), undefined);
    assert.deepEqual(told, []);
  });

  test("a list without an end is given up", async () => {
    const { clock, reflector } = aReflector((it) => {
      it.list = async () => ({ ok: true, value: { items: [], resourceVersion: "1", continueToken: "again" } });
    });
    await clock.advance(0);
    assert.match(reflector.trouble()?.failure.message ?? "", /has no end/);
  });
});

describe("a reflector that is turned away (defect 8)", () => {
  const rows: readonly { readonly failure: ApiFailure; readonly waitsMs: number; readonly because: string }[] = [
    { failure: aFailure("forbidden", 403), waitsMs: 800, because: "a role may be granted later" },
    { failure: aFailure("unauthorized", 401), waitsMs: 800, because: "a token may be renewed" },
    { failure: aFailure("serverError", 503), waitsMs: 800, because: "it is overloaded" },
    { failure: aFailure("tooManyRequests", 429, 7_000), waitsMs: 7_000, because: "the server said for how long" },
    { failure: aFailure("serverError", 503, 5_000), waitsMs: 5_000, because: "the server said for how long" },
  ];
  for (const { failure, waitsMs, because } of rows) {
    test(`${failure.status} for a list is tried again after ${waitsMs} ms: ${because}`, async () => {
      const { clock, server, reflector } = aReflector((it) => it.listFaults.push(failure));
      await clock.advance(waitsMs - 1);
      assert.deepEqual(server.requests, ["list"]);
      assert.deepEqual(reflector.trouble()?.failure, failure);
      await clock.advance(1);
      assert.deepEqual(server.requests, ["list", "list", "watch from 1"]);
    });

    test(`${failure.status} for a watch is tried again after ${waitsMs} ms, without a list: ${because}`, async () => {
      const { clock, server } = await aSyncedReflector();
      server.watchFaults.push(failure);
      server.cut();
      await clock.advance(waitsMs - 1);
      assert.deepEqual(server.requests, ["watch from 1"]);
      await clock.advance(1);
      assert.deepEqual(server.requests, ["watch from 1", "watch from 1"]);
    });
  }

  test("a kind that the cluster no longer serves is listed again until it is back", async () => {
    const { clock, server } = await aSyncedReflector();
    server.watchFaults.push(aFailure("notFound", 404));
    server.listFaults.push(aFailure("notFound", 404));
    server.cut();
    await clock.advance(10_000);
    assert.deepEqual(server.requests, ["watch from 1", "list", "list", "watch from 1"]);
  });

  test("an outage is two lines in the log, however often it tries", async () => {
    const { clock, server, log } = await aSyncedReflector();
    for (let count = 0; count < 50; count++) server.watchFaults.push(aFailure("unreachable"));
    server.cut();
    await clock.advance(50 * 30_000);
    assert.equal(server.watchFaults.length, 0);
    assert.deepEqual(log.notable.slice(0, 2), ["warn: not up to date, trying again", "info: up to date again"]);
    assert.ok(log.notable.slice(2).every((line) => line.includes("listing anew")));
  });

  test("a watch that never works is one line, also when the lists between do", async () => {
    const { clock, server, log, reflector } = await aSyncedReflector();
    for (let count = 0; count < 5; count++) server.watchFaults.push(aFailure("badRequest", 400));
    server.cut();
    await clock.advance(5_000);
    assert.equal(reflector.trouble()?.verb, "watch");
    await clock.advance(60_000);
    assert.deepEqual(log.notable, ["warn: not up to date, trying again", "info: up to date again"]);
  });

  test("after a time of health the waits begin anew", async () => {
    const { clock, server } = await aSyncedReflector();
    for (let count = 0; count < 8; count++) server.watchFaults.push(aFailure("unreachable"));
    server.cut();
    await clock.advance(120_000);
    assert.equal(server.watchFaults.length, 0);
    server.requests.length = 0;
    server.cut(aFailure("unreachable"));
    await clock.advance(800);
    assert.deepEqual(server.requests, ["watch from 1"]);
  });

  test("another reason is another line", async () => {
    const { clock, server, log } = await aSyncedReflector();
    server.watchFaults.push(aFailure("unreachable"), aFailure("forbidden", 403));
    server.cut();
    await clock.advance(60_000);
    assert.equal(log.notable.length, 3);
  });
});

describe("a reflector and defects of others", () => {
  test("a listener that throws stops nothing", async () => {
    const { clock, server, store, told, log, listener } = await aSyncedReflector();
    listener.isBroken = true;
    server.put("a");
    server.put("b");
    await clock.advance(0);
    assert.deepEqual(told, ["+a", "+b"]);
    assert.deepEqual(names(store), ["a", "b"]);
    assert.deepEqual(log.notable, ["error: a listener failed", "error: a listener failed"]);
  });

  test("a client that throws is a defect, which is logged and outlived", async () => {
    const { clock, log, reflector } = aReflector((it) => {
      const { list } = it;
      it.list = () => {
        it.list = list;
        throw new Error("defect");
      };
    });
    await clock.advance(2_000);
    assert.equal(reflector.hasSynced(), true);
    assert.deepEqual(log.notable, ["error: a defect in the reflector, listing anew"]);
  });
});
