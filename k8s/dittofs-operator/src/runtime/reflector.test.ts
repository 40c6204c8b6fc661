import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ApiFailure } from "./kubernetes-api.ts";
import { ManualClock } from "./manual-clock.ts";
import { startReflector } from "./reflector.ts";
import { Store } from "./store.ts";
import { aFailure, FakeListWatch } from "./testing/fake-list-watch.ts";
import { RecordingLog } from "./testing/recording-log.ts";

const resource = { group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", isNamespaced: true };

function aReflector(prepare: (server: FakeListWatch) => void = () => {}) {
  const clock = new ManualClock();
  const server = new FakeListWatch(clock);
  prepare(server);
  const log = new RecordingLog();
  const store = new Store({ indexers: {}, transform: (object) => object });
  const told: string[] = [];
  const options = { api: server, resource, query: { shape: "full" }, store, clock, log } as const;
  const listener = { isBroken: false };
  const reflector = startReflector({
    ...options,
    random: { fraction: () => 0.5 },
    onChange: ({ name }, before, after) => {
      told.push(`${before === undefined ? "+" : after === undefined ? "-" : "~"}${name}`);
      if (listener.isBroken) throw new Error("broken");
    },
  });
  return { clock, server, log, store, told, reflector, listener };
}

const names = (store: Store) => store.all().map((object) => object.metadata.name);

async function synced(prepare: (server: FakeListWatch) => void = () => {}) {
  const all = aReflector(prepare);
  await all.clock.advance(2_000);
  assert.equal(all.reflector.hasSynced(), true);
  all.server.requests.length = 0;
  all.told.length = 0;
  return all;
}

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
    const { server, store } = await synced((it) => {
      it.pageSize = 2;
      for (const name of ["a", "b", "c", "d", "e"]) it.put(name);
    });
    assert.deepEqual(names(store), ["a", "b", "c", "d", "e"]);
    server.cut(aFailure("expired"));
  });

  test("follows what happens", async () => {
    const { clock, server, store, told } = await synced();
    server.put("a");
    server.put("a");
    server.put("b");
    server.delete("a");
    await clock.advance(0);
    assert.deepEqual(told, ["+a", "~a", "+b", "-a"]);
    assert.deepEqual(names(store), ["b"]);
  });

  test("sends nothing but its watch while all is quiet", async () => {
    const { clock, server } = await synced();
    for (let minute = 0; minute < 7; minute++) {
      server.bookmark();
      await clock.advance(60_000);
    }
    assert.deepEqual(server.requests, []);
  });

  test("takes ten thousand events in one burst, each once (defect 15)", async () => {
    const { clock, server, store, told } = await synced();
    for (let round = 0; round < 10_000; round++) server.put(`object-${round % 100}`);
    await clock.advance(0);
    assert.equal(told.length, 10_000);
    assert.equal(store.size, 100);
  });
});

describe("a reflector whose watch ends (defect 1)", () => {
  test("an end by the server: it goes on at once from where it was", async () => {
    const { clock, server, log } = await synced();
    server.put("a");
    await clock.advance(0);
    server.cut();
    await clock.advance(0);
    assert.deepEqual(server.requests, ["watch from 2"]);
    assert.deepEqual(log.notable, []);
  });

  test("a bookmark counts as a place to go on from", async () => {
    const { clock, server } = await synced();
    server.bookmark();
    await clock.advance(0);
    server.cut();
    await clock.advance(0);
    assert.deepEqual(server.requests, ["watch from 2"]);
  });

  test("an end within a second and without a word is a failure: it waits", async () => {
    const { clock, server } = await synced();
    server.cut();
    await clock.advance(10);
    server.cut();
    await clock.advance(700);
    assert.deepEqual(server.requests, ["watch from 1"]);
    await clock.advance(100);
    assert.deepEqual(server.requests, ["watch from 1", "watch from 1"]);
  });

  test("a broken connection: it waits, goes on from where it was and says so", async () => {
    const { clock, server, told, log } = await synced();
    server.cut(aFailure("unreachable"));
    server.put("a");
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["watch from 1"]);
    assert.deepEqual(told, ["+a"]);
    assert.deepEqual(log.notable, ["warn: not up to date, trying again", "info: up to date again"]);
  });

  test("a connection gone silent: after three minutes it lists anew", async () => {
    const { clock, server, store, reflector } = await synced();
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
    const { clock, server } = await synced();
    for (let second = 2; second < 455; second += 1) {
      for (const stream of server.watches) stream.push({ type: "bookmark", resourceVersion: "1" });
      await clock.advance(1_000);
    }
    assert.deepEqual(server.requests, ["watch from 1"]);
  });

  test("a process that was stopped for an hour lists anew", async () => {
    const { clock, server, store } = await synced((it) => it.put("a"));
    server.compact();
    for (const stream of server.watches) stream.isDeaf = true;
    server.delete("a");
    clock.stall(3_600_000);
    await clock.advance(2_000);
    assert.deepEqual(names(store), []);
  });
});

describe("a reflector whose version is too old", () => {
  test("410 instead of a watch: it lists anew", async () => {
    const { clock, server, told } = await synced((it) => it.put("a"));
    server.watchFaults.push(aFailure("expired", 410));
    server.cut();
    server.delete("a");
    await clock.advance(2_000);
    assert.deepEqual(server.requests, ["watch from 2", "list", "watch from 3"]);
    assert.deepEqual(told, ["-a"]);
  });

  test("410 within the watch: it lists anew, and that is no trouble to speak of", async () => {
    const { clock, server, told, log } = await synced((it) => it.put("a"));
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
    const { clock, server, store, told, reflector } = await synced((it) => it.put("a"));
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
      const { clock, server } = await synced();
      server.watchFaults.push(failure);
      server.cut();
      await clock.advance(waitsMs - 1);
      assert.deepEqual(server.requests, ["watch from 1"]);
      await clock.advance(1);
      assert.deepEqual(server.requests, ["watch from 1", "watch from 1"]);
    });
  }

  test("a kind that the cluster no longer serves is listed again until it is back", async () => {
    const { clock, server } = await synced();
    server.watchFaults.push(aFailure("notFound", 404));
    server.listFaults.push(aFailure("notFound", 404));
    server.cut();
    await clock.advance(10_000);
    assert.deepEqual(server.requests, ["watch from 1", "list", "list", "watch from 1"]);
  });

  test("an outage is two lines in the log, however often it tries", async () => {
    const { clock, server, log } = await synced();
    for (let count = 0; count < 50; count++) server.watchFaults.push(aFailure("unreachable"));
    server.cut();
    await clock.advance(50 * 30_000);
    assert.equal(server.watchFaults.length, 0);
    assert.deepEqual(log.notable.slice(0, 2), ["warn: not up to date, trying again", "info: up to date again"]);
    assert.ok(log.notable.slice(2).every((line) => line.includes("listing anew")));
  });

  test("a watch that never works is one line, also when the lists between do", async () => {
    const { clock, server, log, reflector } = await synced();
    for (let count = 0; count < 5; count++) server.watchFaults.push(aFailure("badRequest", 400));
    server.cut();
    await clock.advance(5_000);
    assert.equal(reflector.trouble()?.verb, "watch");
    await clock.advance(60_000);
    assert.deepEqual(log.notable, ["warn: not up to date, trying again", "info: up to date again"]);
  });

  test("after a time of health the waits begin anew", async () => {
    const { clock, server } = await synced();
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
    const { clock, server, log } = await synced();
    server.watchFaults.push(aFailure("unreachable"), aFailure("forbidden", 403));
    server.cut();
    await clock.advance(60_000);
    assert.equal(log.notable.length, 3);
  });
});

describe("a reflector that missed something (defect 3)", () => {
  test("an object deleted and one replaced meanwhile: ends first, each once", async () => {
    const { clock, server, told } = await synced((it) => {
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

describe("a reflector and defects of others", () => {
  test("a listener that throws stops nothing", async () => {
    const { clock, server, store, told, log, listener } = await synced();
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

describe("a reflector that is stopped", () => {
  test("in a watch: it closes it and does nothing more", async () => {
    const { clock, server, reflector } = await synced();
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
    const { clock, server, reflector } = await synced();
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
